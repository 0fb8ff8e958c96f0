"""Open a submission: note what is submitted, by whom, and everyone who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from workflows.audit import record
from workflows.audit_actions import AuditAction
from workflows.digest import combined_digest, identity, submitted_digest
from workflows.drafts import editors_since_clearance
from workflows.enums import ScanOccasion
from workflows.models import Submission, SubmittedPage, organ_of
from workflows.models.names import display_name
from workflows.rules import SubmissionRefused, failures
from workflows.scans import queue, request_scan
from workflows.submission_rules import SUBMISSION_RULES, Offer

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from wagtail.models import WorkflowState

    from workflows.models.gated import GatedPageMixin


class OpenSubmissionAction:
    """Called as the first review task starts, whichever door started the workflow."""

    def __init__(
        self, page: GatedPageMixin, workflow_state: WorkflowState, user: User | None
    ) -> None:
        self.page = page
        self.workflow_state = workflow_state
        self.user = user

    def check(self) -> None:
        """Raise SubmissionRefused with every reason."""
        sentences = failures(SUBMISSION_RULES, Offer(self.page, self.user))
        if sentences:
            raise SubmissionRefused(sentences, self.page, self.user)

    @transaction.atomic
    def execute(self) -> Submission:
        self.check()
        pages = [self.page, *self.page.companions()]
        digests = [submitted_digest(page) for page in pages]
        submission = Submission.objects.create(
            workflow_state_id=self.workflow_state.pk,
            lead_id=self.page.pk,
            title=self.page.title,
            organ_name=self.page.organ.name,
            submitted_by=self.user,
            submitted_by_name=display_name(self.user),
            drafting_organ=organ_of(self.user),
            submitted_at=timezone.now(),
            digest=combined_digest(zip(map(identity, pages), digests, strict=True)),
        )
        SubmittedPage.objects.bulk_create(
            SubmittedPage(
                submission=submission,
                page_id=page.pk,
                title=page.title,
                digest=digest,
                position=position,
            )
            for position, (page, digest) in enumerate(zip(pages, digests, strict=True))
        )
        authors = {self.user.pk} if self.user else set()
        authors.update(*(editors_since_clearance(page) for page in pages))
        submission.authors.set(authors)
        record(
            AuditAction.SUBMITTED,
            submission,
            actor=self.user,
            details={"pages": [page.pk for page in pages], "digest": submission.digest},
        )
        queue([request_scan(page, ScanOccasion.SUBMISSION, submission) for page in pages])
        return submission
