"""The form on which pieces are drafted: it says at once what would be refused later."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.admin.forms import WagtailAdminPageForm

from catalogue_standards.enums import Level, OrganKind
from catalogue_standards.models import EditionItem, Organ
from cms.item_choices import item_choices
from workflows.enums import Determination
from workflows.models import organ_of
from workflows.rules import failures
from workflows.submission_rules import SUBMISSION_RULES, Offer


class PieceForm(WagtailAdminPageForm):
    """Checks the submission rules when the drafter presses “submit”, and keeps what was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.path:
            self.instance.offered_parent = self.parent_page
        own = organ_of(self.for_user)
        if "organ" in self.fields and own is not None:
            self.fields["organ"].queryset = Organ.objects.in_use().filter(
                Q(path__startswith=own.path) | Q(commissions_drafts=True)
            )
            if self.instance.pk is None and not self.initial.get("organ"):
                self.initial["organ"] = own.pk
        if self.instance.pk is None:
            self._begin_with_what_is_known(own)
        if "item" in self.fields:
            self.fields["item"].choices = item_choices(own)

    def _begin_with_what_is_known(self, own: Organ | None) -> None:
        if "determination" in self.fields:
            self.initial["determination"] = Determination.PROACTIVE
        if "level" in self.fields and own is not None and own.kind == OrganKind.TOWNSHIP:
            self.initial["level"] = Level.TOWNSHIP
        item = getattr(self.instance.parent_page(), "item", None)
        if "stage" in self.fields and item is not None:
            entry = EditionItem.objects.in_force().filter(item=item).first()
            self.initial["stage"] = entry.stage if entry else ""

    def is_submitting(self) -> bool:
        return any(name in self.data for name in ("action-submit", "action-restart-workflow"))

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_submitting() and not self.errors:
            for sentence in failures(SUBMISSION_RULES, Offer(self.instance, self.for_user)):
                self.add_error(None, sentence)
