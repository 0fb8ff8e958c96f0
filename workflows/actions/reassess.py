"""Begin a year's reassessment, and decide on its pages (条例第十八条)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.audit import record
from workflows.audit_actions import AuditAction
from workflows.closed import closed_pages
from workflows.enums import Role
from workflows.models import ReassessedPage, Reassessment, has_role
from workflows.models.names import display_name
from workflows.reassessment_rules import REASSESSMENT_RULES, Reassessing
from workflows.rules import ReassessmentRefused, failures

if TYPE_CHECKING:
    from django.contrib.auth.models import User

BATCH = 500
BEGINNING = (Role.CONFIDENTIALITY_REVIEWER, Role.SECURITY_ADMIN)


class BeginReassessmentAction:
    def __init__(self, year: int, due_on: date, user: User | None) -> None:
        self.year = year
        self.due_on = due_on
        self.user = user

    def check(self) -> None:
        """Raise ReassessmentRefused with every reason."""
        sentences = []
        if not any(has_role(self.user, role) for role in BEGINNING):
            sentences.append(
                _("Confidentiality reviewers and security administrators begin a reassessment.")
            )
        if Reassessment.objects.filter(year=self.year).exists():
            sentences.append(
                _("The reassessment of %(year)s has begun already.") % {"year": self.year}
            )
        if self.due_on < timezone.localdate():
            sentences.append(_("The day by which it is due has passed: choose a later one."))
        if sentences:
            raise ReassessmentRefused(sentences, None, self.user)

    @transaction.atomic
    def execute(self) -> Reassessment:
        self.check()
        campaign = Reassessment.objects.create(
            year=self.year,
            due_on=self.due_on,
            started_at=timezone.now(),
            started_by=display_name(self.user),
        )
        ReassessedPage.objects.bulk_create(
            (
                ReassessedPage(
                    campaign=campaign,
                    page_id=closed.page_id,
                    title=closed.title,
                    organ_id=closed.organ_id,
                    determination=closed.determination,
                    extent=closed.extent,
                    ground=closed.ground,
                )
                for closed in closed_pages()
            ),
            batch_size=BATCH,
        )
        record(AuditAction.REASSESSMENT_BEGUN, campaign, actor=self.user)
        return campaign


class DecideReassessmentAction:
    def __init__(
        self, entry: ReassessedPage, user: User | None, decision: str, ground: str, reason: str
    ) -> None:
        self.entry = entry
        self.user = user
        self.decision = decision
        self.ground = ground
        self.reason = reason.strip()[:300]

    def check(self) -> None:
        """Raise ReassessmentRefused with every reason."""
        act = Reassessing(self.entry, self.user, self.decision, self.ground, self.reason)
        if sentences := failures(REASSESSMENT_RULES, act):
            raise ReassessmentRefused(sentences, self.entry, self.user)

    @transaction.atomic
    def execute(self) -> ReassessedPage:
        self.entry = ReassessedPage.objects.select_for_update().get(pk=self.entry.pk)
        self.check()
        self.entry.decision = self.decision
        self.entry.decided_ground = self.ground
        self.entry.reason = self.reason
        self.entry.decided_by = display_name(self.user)
        self.entry.decided_at = timezone.now()
        self.entry.save()
        record(
            AuditAction.REASSESSED,
            self.entry,
            actor=self.user,
            details={"decision": self.decision, "ground": self.ground, "reason": self.reason},
        )
        return self.entry
