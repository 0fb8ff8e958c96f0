"""Record the review that follows an emergency publication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.actions.review import unsafe_answers
from workflows.audit import record
from workflows.audit_actions import AuditAction
from workflows.emergencies import alarm_on_overdue
from workflows.emergency_rules import AFTER_REVIEW_RULES, Looking
from workflows.enums import AfterDecision, ChangeReason, RegisterEvent
from workflows.models import AfterReview, EmergencyPublication, GatedPageMixin, organ_of
from workflows.models.names import display_name
from workflows.registering import enter
from workflows.rules import ReviewRefused, failures

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class AfterReviewAction:
    """`answers` are the fields of ConfidentialityForm; `kind` is why it is taken down."""

    def __init__(
        self,
        publication: EmergencyPublication,
        user: User | None,
        decision: AfterDecision,
        opinion: str = "",
        *,
        answers: dict[str, Any] | None = None,
        kind: ChangeReason | None = None,
    ) -> None:
        self.publication = publication
        self.user = user
        self.decision = decision
        self.opinion = opinion
        self.answers = answers
        self.kind = kind

    def why_not(self) -> list[str]:
        sentences = failures(AFTER_REVIEW_RULES, Looking(self.publication, self.user))
        if self.decision == AfterDecision.CONFIRMED:
            if self.answers is None:
                sentences.append(_("Answer the questions of the confidentiality review."))
            else:
                sentences += unsafe_answers(self.answers)
        return sentences

    def check(self) -> None:
        """Raise ReviewRefused with every reason."""
        sentences = self.why_not()
        if sentences:
            raise ReviewRefused(sentences, self.publication.submission, self.user)

    @transaction.atomic
    def execute(self) -> None:
        # Two reviewers pressing at once: the second waits here and finds it reviewed.
        locked = EmergencyPublication.objects.select_for_update().get(pk=self.publication.pk)
        self.publication = locked
        self.check()
        page = locked.submission.lead.specific if locked.submission.lead else None
        if self.decision == AfterDecision.TAKEN_DOWN and page is not None and page.live:
            from workflows.actions.take_down import TakeDownAction

            TakeDownAction(page, self.user, self.kind, self.opinion).execute()
            return
        self.write()
        if self.decision == AfterDecision.CONFIRMED and isinstance(page, GatedPageMixin):
            enter(
                page,
                RegisterEvent.CONFIRMED,
                by=self.user,
                kind=ChangeReason.EMERGENCY,
                reason=self.opinion,
                clearance=locked.submission.clearances.filter(page_id=page.pk).first(),
                digest=locked.digest,
            )

    def write(self) -> AfterReview:
        organ = organ_of(self.user)
        review = AfterReview.objects.create(
            publication=self.publication,
            decision=self.decision,
            opinion=self.opinion,
            answers=self.answers,
            user=self.user,
            user_name=display_name(self.user),
            organ_name=organ.name if organ else "",
            at=timezone.now(),
            digest=self.publication.digest,
        )
        record(
            AuditAction.AFTER_REVIEW,
            self.publication.submission,
            actor=self.user,
            details={
                "decision": self.decision,
                "opinion": self.opinion,
                "form": self.answers,
                "digest": self.publication.digest,
            },
        )
        alarm_on_overdue()
        return review
