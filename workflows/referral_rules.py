"""What must be true before a question is sent up, and before its answer is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from workflows.enums import ReferralConclusion, ReferredTo, Step
from workflows.queue import current_step
from workflows.review_rules import QUEUE_RULES, Reviewing
from workflows.rules import failures

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from workflows.models import Referral, Submission


class Referring(NamedTuple):
    submission: Submission
    user: AbstractBaseUser | None
    sent_to: str
    question: str


class Answering(NamedTuple):
    referral: Referral
    user: AbstractBaseUser | None
    conclusion: str
    text: str


def _reviews_it_now(submission: Submission, user: AbstractBaseUser | None) -> str | None:
    if current_step(submission) != Step.CONFIDENTIALITY:
        return _("Questions are sent up during the confidentiality review.")
    return (
        " ".join(failures(QUEUE_RULES, Reviewing(submission, Step.CONFIDENTIALITY, user))) or None
    )


def asked_by_its_reviewer(act: Referring) -> str | None:
    return _reviews_it_now(act.submission, act.user)


def asks_something(act: Referring) -> str | None:
    if act.sent_to not in ReferredTo.values or not act.question:
        return _("Choose who is asked, and write down the question.")
    return None


def nobody_is_asked_yet(act: Referring) -> str | None:
    if act.submission.referrals.filter(answer=None).exists():
        return _("A question is out already: record its answer first.")
    return None


def recorded_by_its_reviewer(act: Answering) -> str | None:
    return _reviews_it_now(act.referral.submission, act.user)


def is_still_open(act: Answering) -> str | None:
    if hasattr(act.referral, "answer"):
        return _("The answer is on record already.")
    return None


def answers_something(act: Answering) -> str | None:
    if act.conclusion not in ReferralConclusion.values or not act.text:
        return _("Choose the conclusion, and write down the answer.")
    return None


REFERRAL_RULES = [asked_by_its_reviewer, asks_something, nobody_is_asked_yet]
ANSWER_RULES = [recorded_by_its_reviewer, is_still_open, answers_something]
