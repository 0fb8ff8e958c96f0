"""Record one person's decision at one step of a review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.audit import record
from workflows.audit_actions import AuditAction
from workflows.enums import AggregationRisk, Decision, Determination, Step, SubmissionStatus
from workflows.models import ConfidentialityForm, SignOff, Submission, organ_of
from workflows.models.names import display_name
from workflows.review_rules import REVIEW_RULES, Reviewing, why_not_approve
from workflows.rules import ReviewRefused, failures

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True)
class Review:
    """What the reviewer says; `answers` are the fields of ConfidentialityForm, at that step only."""

    decision: Decision
    opinion: str = ""
    answers: dict[str, Any] | None = None


class RecordReviewAction:
    def __init__(
        self, submission: Submission, step: Step, user: User | None, review: Review
    ) -> None:
        self.submission = submission
        self.step = step
        self.user = user
        self.review = review

    def check(self) -> None:
        """Raise ReviewRefused with every reason."""
        act = Reviewing(self.submission, self.step, self.user)
        sentences = failures(REVIEW_RULES, act) + self._incomplete()
        if self.review.decision == Decision.APPROVED:
            sentences += why_not_approve(act)
        if sentences:
            raise ReviewRefused(sentences, self.submission, self.user)

    def _incomplete(self) -> list[str]:
        if self.review.decision == Decision.RETURNED:
            return [] if self.review.opinion.strip() else [_("Say why the piece is returned.")]
        if self.step != Step.CONFIDENTIALITY:
            return []
        answers = self.review.answers
        if answers is None:
            return [_("Fill in the confidentiality review form: use the review screen.")]
        return unsafe_answers(answers)

    @transaction.atomic
    def execute(self) -> SignOff:
        # Two reviewers pressing at once: the second waits here and then finds the step decided.
        self.submission = Submission.objects.select_for_update().get(pk=self.submission.pk)
        self.check()
        organ = organ_of(self.user)
        sign_off = SignOff.objects.create(
            submission=self.submission,
            step=self.step,
            decision=self.review.decision,
            user=self.user,
            user_name=display_name(self.user),
            organ_name=organ.name if organ else "",
            at=timezone.now(),
            opinion=self.review.opinion,
            digest=self.submission.digest,
        )
        if self.review.answers is not None and self.step == Step.CONFIDENTIALITY:
            ConfidentialityForm.objects.create(sign_off=sign_off, **self.review.answers)
        if self.review.decision == Decision.RETURNED:
            self.submission.status = SubmissionStatus.RETURNED
            self.submission.ended_at = sign_off.at
            self.submission.save(update_fields=["status", "ended_at"])
        self._log(sign_off)
        return sign_off

    def _log(self, sign_off: SignOff) -> None:
        approved = sign_off.decision == Decision.APPROVED
        record(
            AuditAction.APPROVED if approved else AuditAction.RETURNED,
            self.submission,
            actor=self.user,
            details={
                "step": sign_off.step,
                "opinion": sign_off.opinion,
                "digest": sign_off.digest,
                "form": self.review.answers,
            },
        )


def unsafe_answers(answers: dict[str, Any]) -> list[str]:
    """Why these answers of the confidentiality form do not allow approval (条例第十四、十五条)."""
    sentences = []
    if answers["determination"] != Determination.PROACTIVE:
        sentences.append(
            _("Return the piece: only what is determined for proactive disclosure is approved.")
        )
    if answers["has_state_secret"] or answers["has_work_secret"]:
        sentences.append(_("Return the piece: it touches a state or work secret."))
    if answers["has_trade_secret"] and not answers.get("ground"):
        sentences.append(_("Name the ground on which a trade secret may be shown (Article 15)."))
    if answers["has_privacy"] and not answers.get("privacy_settled"):
        sentences.append(_("Say how personal data was masked, or why it must be shown."))
    if answers["aggregation_risk"] == AggregationRisk.PRESENT:
        sentences.append(_("Return the piece: the risk by aggregation is not settled."))
    return sentences
