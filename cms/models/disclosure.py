"""One published piece under an item of the catalogue."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from catalogue_standards.enums import Level, Stage
from catalogue_standards.models import EditionItem, Item
from cms.models.piece import PublishedPiece
from cms.panels import piece_panels


class DisclosurePage(PublishedPiece):
    template = "pages/disclosure.html"
    is_creatable = True
    parent_page_types = ["cms.ItemPage"]
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="disclosures", editable=False
    )
    stage = models.CharField(gettext_lazy("stage"), max_length=20, choices=Stage, blank=True)
    level = models.CharField(
        gettext_lazy("level"), max_length=20, choices=Level, default=Level.COUNTY
    )

    shown_with = (*PublishedPiece.shown_with, "item")
    content_panels = piece_panels(
        before=[FieldRowPanel([FieldPanel("stage"), FieldPanel("level")])]
    )

    class Meta:
        verbose_name = gettext_lazy("disclosure")
        verbose_name_plural = gettext_lazy("disclosures")

    def catalogue_item(self) -> Item | None:
        return self.item if self.item_id else None

    def ground_below(self, parent: Any) -> Hashable:
        return getattr(parent.specific, "item_id", None)

    def settle_below(self, parent: Any) -> bool:
        changed = self.item_id != parent.item_id
        self.item_id = parent.item_id
        return changed

    def own_failures(self) -> list[str]:
        sentences = super().own_failures()
        entries = EditionItem.objects.in_force().filter(item=self.item_id)
        if not entries.answered_by(self.organ).exists():
            sentences.append(
                _("%(organ)s does not answer for this item; choose the organ that does.")
                % {"organ": self.organ}
            )
        return sentences

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._take_item_from_parent()
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._take_item_from_parent()
        super().save(*args, **kwargs)

    def _take_item_from_parent(self) -> None:
        if self.item_id is None and (parent := self.parent_page()) is not None:
            self.item = parent.item
