"""What must be true before somebody may settle findings in a certain way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from workflows.copies import READ_BY_HAND
from workflows.enums import FindingKind, Outcome, ShownGround, Step
from workflows.queue import current_step
from workflows.review_rules import QUEUE_RULES, Reviewing
from workflows.rules import failures
from workflows.scanning import Kind, is_maskable

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from workflows.models import Finding, Submission


class Settling(NamedTuple):
    """`user` is about to decide on `findings` of `submission`, or of what is public already."""

    submission: Submission | None
    findings: list[Finding]
    outcome: str
    ground: str
    note: str
    user: AbstractBaseUser | None


def reviews_it_now(act: Settling) -> str | None:
    if act.submission is None or current_step(act.submission) != Step.CONFIDENTIALITY:
        return _("Findings are settled during the confidentiality review.")
    reviewing = Reviewing(act.submission, Step.CONFIDENTIALITY, act.user)
    return " ".join(failures(QUEUE_RULES, reviewing)) or None


def names_findings(act: Settling) -> str | None:
    if not act.findings:
        return _("Choose at least one finding.")
    return None


def has_an_outcome(act: Settling) -> str | None:
    if act.outcome not in Outcome.values:
        return _("Choose what becomes of the findings.")
    return None


def shown_on_a_ground(act: Settling) -> str | None:
    if act.outcome == Outcome.JUSTIFIED and act.ground not in ShownGround.values:
        return _("Choose the ground on which this may be shown.")
    return None


def marks_of_secrecy_are_not_shown(act: Settling) -> str | None:
    marked = any(finding.kind == FindingKind.SECRET_MARK for finding in act.findings)
    if marked and act.outcome == Outcome.JUSTIFIED:
        return _("What bears a mark of secrecy is never shown: return the piece.")
    return None


def read_by_a_person(act: Settling) -> str | None:
    unread = [finding for finding in act.findings if finding.kind == FindingKind.UNREADABLE]
    by_hand = act.ground == ShownGround.CHECKED_BY_HAND and act.outcome == Outcome.JUSTIFIED
    if by_hand and len(unread) < len(act.findings):
        return _("“Read by a person” is a ground only for files that cannot be checked.")
    if not unread or act.outcome in (Outcome.REMOVED, Outcome.REOPENED):
        return None
    if not by_hand:
        return _("A file that cannot be checked is read by a person, or taken out.")
    if any(f.rule.partition(".")[2] not in READ_BY_HAND for f in unread):
        return _("This file cannot be read at all: return the piece, so that it is replaced.")
    if not act.note.strip():
        return _("Say who read the file, and how.")
    return None


def can_be_masked(act: Settling) -> str | None:
    if act.outcome == Outcome.MASKED and not all(is_maskable(Kind(f.kind)) for f in act.findings):
        return _("Some of these cannot be masked: have them removed.")
    return None


#: What any decision on findings must say, wherever they were found.
OUTCOME_RULES = [
    names_findings,
    has_an_outcome,
    shown_on_a_ground,
    marks_of_secrecy_are_not_shown,
    read_by_a_person,
    can_be_masked,
]
SETTLING_RULES = [reviews_it_now, *OUTCOME_RULES]
