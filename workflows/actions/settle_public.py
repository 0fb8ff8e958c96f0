"""Decide on what a second look found in a public piece and that may stay there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from workflows.actions.settle import write_settlements
from workflows.enums import Outcome, Role
from workflows.models import has_role
from workflows.revisits import open_findings
from workflows.rules import ReviewRefused, failures
from workflows.settling_rules import OUTCOME_RULES, Settling

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from wagtail.models import Page

    from workflows.models import Finding


def is_a_reviewer(act: Settling) -> str | None:
    if not has_role(act.user, Role.CONFIDENTIALITY_REVIEWER):
        return _("Findings in what is public are settled by the confidentiality reviewers.")
    return None


def may_stay(act: Settling) -> str | None:
    if act.outcome in (Outcome.MASKED, Outcome.REMOVED):
        return _("What must go is public now: take the piece down, and have it corrected.")
    return None


SETTLING_PUBLIC_RULES = [is_a_reviewer, *OUTCOME_RULES, may_stay]


class SettlePublicAction:
    """One outcome for the open findings with these keys in the public `page`."""

    def __init__(
        self,
        page: Page,
        keys: Iterable[int],
        user: User | None,
        outcome: str,
        *,
        ground: str = "",
        note: str = "",
    ) -> None:
        self.page = page
        self.keys = list(keys)
        self.user = user
        self.outcome = outcome
        self.ground = ground if outcome == Outcome.JUSTIFIED else ""
        self.note = note.strip()[:300]

    def check(self) -> list[Finding]:
        """The findings to settle; raise ReviewRefused with every reason."""
        findings = list(open_findings().filter(scan__page=self.page, pk__in=self.keys))
        act = Settling(None, findings, self.outcome, self.ground, self.note, self.user)
        if sentences := failures(SETTLING_PUBLIC_RULES, act):
            raise ReviewRefused(sentences, self.page, self.user)
        return findings

    @transaction.atomic
    def execute(self) -> int:
        """Returns how many findings were settled."""
        return write_settlements(self, self.page, self.check())
