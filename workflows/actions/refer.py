"""Send a question up, and record what was answered (条例第十七条第三款)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from catalogue_standards.calendar import site_calendar
from workflows.audit import record
from workflows.audit_actions import AuditAction
from workflows.models import Referral, ReferralAnswer
from workflows.models.names import display_name
from workflows.referral_rules import ANSWER_RULES, REFERRAL_RULES, Answering, Referring
from workflows.rules import ReviewRefused, failures

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from workflows.models import Submission

#: Working days within which an office above answers; usual in local rules.
ANSWER_LIMIT = 15


class SendUpAction:
    """`sent_to` is a value of ReferredTo; approval waits until the answer is on record."""

    def __init__(
        self, submission: Submission, user: User | None, sent_to: str, question: str
    ) -> None:
        self.submission = submission
        self.user = user
        self.sent_to = sent_to
        self.question = question.strip()

    def check(self) -> None:
        """Raise ReviewRefused with every reason."""
        act = Referring(self.submission, self.user, self.sent_to, self.question)
        if sentences := failures(REFERRAL_RULES, act):
            raise ReviewRefused(sentences, self.submission, self.user)

    @transaction.atomic
    def execute(self) -> Referral:
        self.check()
        now = timezone.now()
        due = site_calendar().add_working_days(timezone.localtime(now).date(), ANSWER_LIMIT)
        referral = Referral.objects.create(
            submission=self.submission,
            sent_to=self.sent_to,
            question=self.question,
            user=self.user,
            user_name=display_name(self.user),
            at=now,
            due_on=due.date,
        )
        record(
            AuditAction.REFERRED,
            self.submission,
            actor=self.user,
            details={"sent_to": self.sent_to, "reason": self.question, "due": due.date},
        )
        return referral


class RecordAnswerAction:
    """`conclusion` is a value of ReferralConclusion."""

    def __init__(
        self,
        referral: Referral,
        user: User | None,
        conclusion: str,
        text: str,
        reference: str = "",
    ) -> None:
        self.referral = referral
        self.user = user
        self.conclusion = conclusion
        self.text = text.strip()
        self.reference = reference.strip()

    def check(self) -> None:
        """Raise ReviewRefused with every reason."""
        act = Answering(self.referral, self.user, self.conclusion, self.text)
        if sentences := failures(ANSWER_RULES, act):
            raise ReviewRefused(sentences, self.referral.submission, self.user)

    @transaction.atomic
    def execute(self) -> ReferralAnswer:
        self.check()
        answer = ReferralAnswer.objects.create(
            referral=self.referral,
            conclusion=self.conclusion,
            text=self.text,
            reference=self.reference,
            user=self.user,
            user_name=display_name(self.user),
            at=timezone.now(),
        )
        record(
            AuditAction.ANSWERED,
            self.referral.submission,
            actor=self.user,
            details={
                "conclusion": self.conclusion,
                "reason": self.text,
                "reference": self.reference,
            },
        )
        return answer
