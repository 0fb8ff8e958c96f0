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
        submission = write_submission(self.page, self.user, self.workflow_state)
        record(
            AuditAction.SUBMITTED,
            submission,
            actor=self.user,
            details={
                "pages": [row.page_id for row in submission.pages.all()],
                "digest": submission.digest,
            },
        )
        return submission


def write_submission(
    page: GatedPageMixin, user: User | None, workflow_state: WorkflowState | None = None
) -> Submission:
    """Note what `user` hands in: `page` and its companions as drafted now, and who wrote them."""
    pages = [page, *page.companions()]
    digests = [submitted_digest(each) for each in pages]
    submission = Submission.objects.create(
        workflow_state_id=workflow_state.pk if workflow_state else None,
        lead_id=page.pk,
        title=page.title,
        organ_name=page.organ.name,
        submitted_by=user,
        submitted_by_name=display_name(user),
        drafting_organ=organ_of(user),
        submitted_at=timezone.now(),
        digest=combined_digest(zip(map(identity, pages), digests, strict=True)),
    )
    SubmittedPage.objects.bulk_create(
        SubmittedPage(
            submission=submission,
            page_id=each.pk,
            title=each.title,
            digest=digest,
            position=position,
        )
        for position, (each, digest) in enumerate(zip(pages, digests, strict=True))
    )
    authors = {user.pk} if user else set()
    authors.update(*(editors_since_clearance(each) for each in pages))
    submission.authors.set(authors)
    queue([request_scan(each, ScanOccasion.SUBMISSION, submission) for each in pages])
    return submission
