"""Submit a draft for review."""

from __future__ import annotations

from catalogue_standards.actions.base import EditionAction, EditionRefused
from catalogue_standards.edition_rules import SUBMIT_RULES
from catalogue_standards.enums import EditionAct, EditionStatus
from catalogue_standards.history import note
from catalogue_standards.models import Edition


class SubmissionRefused(EditionRefused):
    """The draft is not complete, or not a draft."""


class SubmitEditionAction(EditionAction):
    """From here on the edition is fixed, so that what is approved is what was read."""

    rules = SUBMIT_RULES
    refusal = SubmissionRefused

    def apply(self) -> Edition:
        note(self.edition, EditionAct.SUBMITTED, self.user)
        return self.move(status=EditionStatus.IN_REVIEW)
