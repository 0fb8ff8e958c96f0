"""What must be true before a person may decide a step of a review (四眼: four eyes)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from workflows.enums import ReferralConclusion, ScanStatus, Step, SubmissionStatus
from workflows.models.people import has_role, organ_of
from workflows.rules import failures

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


def scan_is_finished(act: Reviewing) -> str | None:
    from workflows.settling import current_scans

    scans = current_scans(act.submission)
    submitted = {row.page_id: row.digest for row in act.submission.pages.all()}
    done = {s.page_id for s in scans if s.status == ScanStatus.DONE}
    covered = {s.page_id for s in scans if s.digest == submitted.get(s.page_id)}
    if not submitted.keys() <= done:
        return _("The check for secrets and personal data is not finished: wait, or start it here.")
    if not submitted.keys() <= covered:
        return _("The check looked at other content than was submitted: start it again.")
    return None


def findings_are_settled(act: Reviewing) -> str | None:
    from workflows.settling import findings_of

    left = list(findings_of(act.submission).open()[:NAMED])
    if not left:
        return None
    places = "；".join(f"{finding.get_kind_display()}（{finding.where}）" for finding in left)
    return _("Findings are not settled yet (%(number)s): %(places)s") % {
        "number": findings_of(act.submission).open().count(),
        "places": places,
    }


def nothing_is_left_to_mask(act: Reviewing) -> str | None:
    from workflows.settling import findings_of

    number = findings_of(act.submission).asked().count()
    if number:
        return _(
            "%(number)s findings are to be masked or removed: return the piece to its drafter."
        ) % {"number": number}
    return None


def answer_from_above_allows_it(act: Reviewing) -> str | None:
    for referral in act.submission.referrals.select_related("answer"):
        answer = getattr(referral, "answer", None)
        if answer is None:
            return _("%(office)s has been asked; its answer is due by %(day)s.") % {
                "office": referral.get_sent_to_display(),
                "day": referral.due_on,
            }
        if answer.conclusion == ReferralConclusion.NOT_PUBLIC:
            return _("%(office)s answered that this must not be public: return the piece.") % {
                "office": referral.get_sent_to_display()
            }
    return None


#: How many open findings are named in one sentence.
NAMED = 5
#: What approval waits for besides, from the confidentiality review on; returning stays possible.
APPROVAL_RULES = [
    scan_is_finished,
    findings_are_settled,
    nothing_is_left_to_mask,
    answer_from_above_allows_it,
]


def why_not_approve(act: Reviewing) -> list[str]:
    """What approval of this step still waits for, besides REVIEW_RULES."""
    return [] if act.step == Step.DEPARTMENT else failures(APPROVAL_RULES, act)
