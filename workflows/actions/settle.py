"""Decide on findings: each decision is a row of evidence of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from django.db import transaction
from django.utils import timezone

from workflows.audit import record
from workflows.audit_actions import AuditAction
from workflows.models import Settlement, Submission
from workflows.models.names import display_name
from workflows.rules import ReviewRefused, failures
from workflows.settling import findings_of
from workflows.settling_rules import SETTLING_RULES, Settling

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import Model

    from workflows.models import Finding


class SettleFindingsAction:
    """One outcome for the findings with these keys; keys of other submissions are ignored."""

    def __init__(
        self,
        submission: Submission,
        keys: Iterable[int],
        user: User | None,
        outcome: str,
        *,
        ground: str = "",
        note: str = "",
    ) -> None:
        self.submission = submission
        self.keys = list(keys)
        self.user = user
        self.outcome = outcome
        self.ground = ground if outcome == "justified" else ""
        self.note = note.strip()[:300]

    def check(self) -> list[Finding]:
        """The findings to settle; raise ReviewRefused with every reason."""
        findings = list(findings_of(self.submission).filter(pk__in=self.keys))
        act = Settling(self.submission, findings, self.outcome, self.ground, self.note, self.user)
        if sentences := failures(SETTLING_RULES, act):
            raise ReviewRefused(sentences, self.submission, self.user)
        return findings

    @transaction.atomic
    def execute(self) -> int:
        """Returns how many findings were settled."""
        self.submission = Submission.objects.select_for_update().get(pk=self.submission.pk)
        return write_settlements(self, self.submission, self.check())


class Decision(Protocol):
    """Who decides what of findings, and why."""

    user: User | None
    outcome: str
    ground: str
    note: str


def write_settlements(decision: Decision, subject: Model, findings: list[Finding]) -> int:
    """A row of evidence for each finding, and one in the log about `subject`; returns how many."""
    now = timezone.now()
    Settlement.objects.bulk_create(
        Settlement(
            finding=finding,
            outcome=decision.outcome,
            ground=decision.ground,
            note=decision.note,
            user=decision.user,
            user_name=display_name(decision.user),
            at=now,
        )
        for finding in findings
    )
    record(
        AuditAction.SETTLED,
        subject,
        actor=decision.user,
        details={
            "outcome": decision.outcome,
            "ground": decision.ground,
            "reason": decision.note,
            "findings": [finding.pk for finding in findings],
        },
    )
    return len(findings)
