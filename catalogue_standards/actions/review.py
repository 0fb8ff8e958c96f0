"""Approve an edition, or return it with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalogue_standards.actions.base import EditionAction, EditionRefused
from catalogue_standards.edition_rules import APPROVE_RULES, RETURN_RULES
from catalogue_standards.enums import EditionAct, EditionStatus
from catalogue_standards.history import note
from catalogue_standards.models import Edition

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class ApprovalRefused(EditionRefused):
    """This person may not approve the edition, or it is not in review."""


class ReturnRefused(EditionRefused):
    """The edition cannot go back to being a draft, or not without a reason."""


class ApproveEditionAction(EditionAction):
    rules = APPROVE_RULES
    refusal = ApprovalRefused

    def apply(self) -> Edition:
        note(self.edition, EditionAct.APPROVED, self.user)
        return self.move(status=EditionStatus.APPROVED)


class ReturnEditionAction(EditionAction):
    """Make it a draft again. A date of force that was set falls with the approval."""

    rules = RETURN_RULES
    refusal = ReturnRefused

    def __init__(self, edition: Edition, user: User | None, reason: str) -> None:
        super().__init__(edition, user)
        self.reason = reason.strip()

    def own_failures(self) -> list[str]:
        if self.reason:
            return []
        return [_("Say why the edition is returned, so that its authors know what to change.")]

    def apply(self) -> Edition:
        note(self.edition, EditionAct.RETURNED, self.user, self.reason)
        return self.move(status=EditionStatus.DRAFT, in_force_from=None)
