"""Write the clearances that the last sign-off grants."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from catalogue_standards.models import Edition
from workflows.audit import record
from workflows.audit_actions import AuditAction
from workflows.digest import content_digest
from workflows.drafts import drafted_pages
from workflows.enums import ClearanceStatus, Step, SubmissionStatus
from workflows.models import Clearance, EmergencyPublication, Submission
from workflows.publication_rules import PUBLICATION_RULES, Publishing
from workflows.review_rules import APPROVAL_RULES, Reviewing, is_unchanged
from workflows.rules import PublicationRefused, failures


class GrantClearanceAction:
    """One clearance for each page of the submission, or none at all."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission

    def check(self) -> list[Clearance]:
        """The clearances to write; raise PublicationRefused when any page may not go public."""
        edition = Edition.objects.in_force()
        now = timezone.now()
        wanted = []
        last = Reviewing(self.submission, Step.SIGN_OFF, None)
        # What a review settles before approval is settled after the fact in an emergency.
        emergency = EmergencyPublication.objects.covers(self.submission)
        rules = [is_unchanged] if emergency else [is_unchanged, *APPROVAL_RULES]
        sentences = failures(rules, last)
        for page in drafted_pages(self.submission):
            clearance = Clearance(
                page_id=page.pk,
                title=page.title,
                locale_id=page.locale_id,
                digest=content_digest(page),
                submission=self.submission,
                determination=page.determination,
                extent=page.extent,
                item=page.catalogue_item(),
                edition=edition,
                granted_at=now,
            )
            sentences += failures(PUBLICATION_RULES, Publishing(page, clearance))
            wanted.append(clearance)
        if sentences:
            raise PublicationRefused(sentences, self.submission)
        return wanted

    @transaction.atomic
    def execute(self) -> list[Clearance]:
        wanted = self.check()
        Clearance.objects.filter(
            page_id__in=[clearance.page_id for clearance in wanted],
            status=ClearanceStatus.GRANTED,
        ).update(status=ClearanceStatus.SUPERSEDED)
        granted = Clearance.objects.bulk_create(wanted)
        self.submission.status = SubmissionStatus.CLEARED
        self.submission.ended_at = timezone.now()
        self.submission.save(update_fields=["status", "ended_at"])
        digests = {str(clearance.page_id): clearance.digest for clearance in granted}
        record(AuditAction.CLEARED, self.submission, details={"pages": digests})
        return granted
