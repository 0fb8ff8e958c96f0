"""What must be true before a passage is commented on, and before a comment is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from workflows.enums import CommentState, SubmissionStatus
from workflows.review_rules import REVIEW_RULES, Reviewing
from workflows.rules import failures

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from workflows.enums import Step
    from workflows.models import PassageComment, Submission
    from workflows.passages import Passage

#: Characters of a comment, and of an answer.
LONGEST = 500


class Commenting(NamedTuple):
    submission: Submission
    step: Step | None
    user: AbstractBaseUser | None
    passage: Passage | None
    text: str


class AnsweringComment(NamedTuple):
    comment: PassageComment
    user: AbstractBaseUser | None
    state: str
    text: str


def written_by_its_reviewer(act: Commenting) -> str | None:
    if act.step is None:
        return _("This submission is no longer under review.")
    return " ".join(failures(REVIEW_RULES, Reviewing(act.submission, act.step, act.user))) or None


def is_about_a_passage(act: Commenting) -> str | None:
    if act.passage is None:
        return _("Choose the passage that the comment is about.")
    return None


def says_something(act: Commenting) -> str | None:
    if not act.text:
        return _("Write down what is to be changed, and why.")
    return None


def is_short(act: Commenting | AnsweringComment) -> str | None:
    if len(act.text) > LONGEST:
        return _("At most %(number)s characters.") % {"number": LONGEST}
    return None


def answered_by_its_drafters(act: AnsweringComment) -> str | None:
    from workflows.drafts import authors_of

    if act.user is None or act.user.pk not in authors_of(act.comment.submission):
        return _("Comments are answered by those who drafted the piece.")
    return None


def is_not_cleared(act: AnsweringComment) -> str | None:
    if act.comment.submission.status == SubmissionStatus.CLEARED:
        return _("The piece is cleared: its comments stay as they are.")
    return None


def says_what_became_of_it(act: AnsweringComment) -> str | None:
    if act.state not in CommentState.values:
        return _("Say whether you changed it or kept it.")
    if act.state == CommentState.KEPT and not act.text:
        return _("Say why it stays as it is.")
    return None


COMMENT_RULES = [written_by_its_reviewer, is_about_a_passage, says_something, is_short]
COMMENT_ANSWER_RULES = [
    answered_by_its_drafters,
    is_not_cleared,
    says_what_became_of_it,
    is_short,
]
