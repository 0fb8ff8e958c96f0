"""Begin a draft: a new year's edition, or a numbered amendment of the one in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from catalogue_standards.actions.base import EditionAction, EditionRefused
from catalogue_standards.copying import copy_edition
from catalogue_standards.edition_rules import AMEND_RULES
from catalogue_standards.enums import EditionAct, EditionStatus
from catalogue_standards.history import note
from catalogue_standards.models import Edition

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class CopyRefused(EditionRefused):
    """A draft of that year cannot be begun, or not from that edition."""


class AmendmentRefused(EditionRefused):
    """The edition cannot be amended, or not now."""


class CopyEditionAction:
    """Begin the draft of `year` as a copy of `source`, or empty when `source` is None."""

    def __init__(
        self, year: int, title: str, user: User | None, source: Edition | None = None
    ) -> None:
        self.year = year
        self.title = title.strip()
        self.user = user
        self.source = source

    def check(self) -> None:
        """Raise CopyRefused with every reason."""
        sentences = []
        if not self.title:
            sentences.append(_("Give the edition a title."))
        if existing := Edition.objects.filter(year=self.year, amendment=0).first():
            sentences.append(
                _("%(year)s has its edition already, “%(edition)s”: continue or amend that one.")
                % {"year": self.year, "edition": existing}
            )
        if self.source and not _has_status(self.source, EditionStatus.IN_FORCE):
            sentences.append(_("A draft begins from the edition in force, or empty."))
        if sentences:
            raise CopyRefused(sentences)

    @transaction.atomic
    def execute(self) -> Edition:
        self.check()
        edition = Edition.objects.create(
            year=self.year,
            title=self.title,
            based_on=self.source,
            provenance=self.source.provenance if self.source else "",
        )
        if self.source:
            copy_edition(self.source, edition)
        note(edition, EditionAct.BEGUN, self.user)
        return edition


class AmendEditionAction(EditionAction):
    """Begin a numbered amendment of the edition in force.

    Its rows are those of the edition in force; or those of `restoring`, an edition superseded,
    when a change proved wrong and is taken back.
    """

    rules = AMEND_RULES
    refusal = AmendmentRefused

    def __init__(
        self,
        edition: Edition,
        user: User | None,
        reason: str,
        restoring: Edition | None = None,
    ) -> None:
        super().__init__(edition, user)
        self.reason = reason.strip()
        self.restoring = restoring

    def own_failures(self) -> list[str]:
        sentences = []
        if not self.reason:
            sentences.append(_("Say why the edition is amended: the reason stays on record."))
        if self.restoring and not _has_status(self.restoring, EditionStatus.SUPERSEDED):
            sentences.append(_("Only an edition that was in force before can be restored."))
        return sentences

    def apply(self) -> Edition:
        same_year = Edition.objects.filter(year=self.edition.year)
        number = (same_year.aggregate(last=Max("amendment"))["last"] or 0) + 1
        first = same_year.order_by("amendment").first() or self.edition
        amendment = Edition.objects.create(
            year=self.edition.year,
            amendment=number,
            title=_("%(title)s (amendment %(number)s)") % {"title": first.title, "number": number},
            based_on=self.edition,
            provenance=self.edition.provenance,
        )
        copy_edition(self.restoring or self.edition, amendment)
        note(amendment, EditionAct.AMENDED, self.user, self.reason)
        return amendment


def _has_status(edition: Edition, status: EditionStatus) -> bool:
    """As stored: the object at hand may have been read before another edition took force."""
    return Edition.objects.filter(pk=edition.pk, status=status).exists()
