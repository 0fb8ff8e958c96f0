"""What must be true before a person may decide a step of a review (四眼: four eyes)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from workflows.enums import Step, SubmissionStatus
from workflows.models.people import has_role, organ_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from workflows.models.submissions import Submission


class Reviewing(NamedTuple):
    """`user` is about to decide `step` of `submission`."""

    submission: Submission
    step: Step
    user: AbstractBaseUser | AnonymousUser | None


def holds_the_role(act: Reviewing) -> str | None:
    if act.user is None or not has_role(act.user, act.step.role):
        return _("This step is decided by a %(role)s.") % {"role": act.step.role.label}
    return None


def acts_for_the_organ(act: Reviewing) -> str | None:
    own = organ_of(act.user)
    # A department's head answers for what the department drafts, in whosever name it is issued.
    drafting = act.submission.drafting_organ
    if own is None or drafting is None or not own.answers_over(drafting):
        return _("You may decide only on pieces that your own organ drafts, not %(organ)s.") % {
            "organ": drafting or act.submission.organ_name
        }
    return None


def is_no_author(act: Reviewing) -> str | None:
    from workflows.drafts import authors_of

    if act.user is not None and act.user.pk in authors_of(act.submission):
        return _("You drafted or edited this piece, so another person must review it.")
    return None


def has_not_decided_before(act: Reviewing) -> str | None:
    if act.user is not None and act.submission.sign_offs.filter(user=act.user.pk).exists():
        return _("You decided an earlier step of this submission; each step needs another person.")
    return None


def is_still_open(act: Reviewing) -> str | None:
    if act.submission.status != SubmissionStatus.OPEN:
        return _("This submission is no longer under review.")
    return None


def is_unchanged(act: Reviewing) -> str | None:
    from workflows.drafts import digests_now

    submitted = [row.digest for row in act.submission.pages.all()]
    if submitted != digests_now(act.submission):
        return _(
            "The content is no longer what was submitted. "
            "It must be taken back and submitted again."
        )
    return None


REVIEW_RULES = [
    is_still_open,
    holds_the_role,
    acts_for_the_organ,
    is_no_author,
    has_not_decided_before,
    is_unchanged,
]
#: Whether a person is shown a submission as theirs to decide: all but the costly last rule.
QUEUE_RULES = REVIEW_RULES[:-1]
