"""Publish at once in an emergency; the review follows (突发事件应对法第七条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.models import WorkflowState

from workflows.actions.clear import GrantClearanceAction
from workflows.actions.publish import PublishClearedAction
from workflows.actions.submit import write_submission
from workflows.audit import record
from workflows.audit_actions import AuditAction
from workflows.emergency_rules import EMERGENCY_RULES, Emergency
from workflows.enums import SubmissionStatus
from workflows.models import (
    EmergencyPublication,
    GatedPageMixin,
    Scan,
    Submission,
    organ_of,
)
from workflows.models.names import display_name
from workflows.rules import PublicationRefused, failures
from workflows.scans import run_scan

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class EmergencyPublishAction:
    """`page` is the latest draft. A review under way ends; its sign-offs fall."""

    def __init__(self, page: GatedPageMixin, user: User | None, reason: str) -> None:
        self.page = page
        self.user = user
        self.reason = reason

    def check(self) -> None:
        """Raise PublicationRefused with every reason."""
        sentences = failures(EMERGENCY_RULES, Emergency(self.page, self.user, self.reason))
        if sentences:
            raise PublicationRefused(sentences, self.page, self.user)

    @transaction.atomic
    def execute(self) -> EmergencyPublication:
        self.check()
        self._end_reviews()
        submission = write_submission(self.page, self.user)
        organ = organ_of(self.user)
        publication = EmergencyPublication.objects.create(
            submission=submission,
            reason=self.reason.strip(),
            published_by=self.user,
            published_by_name=display_name(self.user),
            organ_name=organ.name if organ else "",
            at=timezone.now(),
            digest=submission.digest,
        )
        record(
            AuditAction.EMERGENCY,
            submission,
            actor=self.user,
            details={"reason": self.reason, "digest": submission.digest},
        )
        # Not by the worker: the public gets the cleaned copies of files, and gets them now.
        for key in Scan.objects.filter(submission=submission).values_list("pk", flat=True):
            run_scan(key)
        clearances = GrantClearanceAction(submission).execute()
        PublishClearedAction(clearances, user=self.user).execute()
        return publication

    def _end_reviews(self) -> None:
        for submission in Submission.objects.open().of_page(self.page):
            # First the submission, then Wagtail's state: no door but this one ends another's review.
            submission.status = SubmissionStatus.WITHDRAWN
            submission.ended_at = timezone.now()
            submission.save(update_fields=["status", "ended_at"])
            record(AuditAction.TAKEN_BACK, submission, actor=self.user)
            for state in WorkflowState.objects.filter(pk=submission.workflow_state_id):
                state.cancel(user=self.user)
