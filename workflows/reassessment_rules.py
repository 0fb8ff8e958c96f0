"""What must be true before a closed page is decided on anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from workflows.enums import Ground, Reassessed, Role
from workflows.models import ReassessedPage, has_role, organ_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

DECIDING = (Role.DEPARTMENT_REVIEWER, Role.CONFIDENTIALITY_REVIEWER)


class Reassessing(NamedTuple):
    """`user` decides on `entry`."""

    entry: ReassessedPage
    user: AbstractBaseUser | None
    decision: str
    ground: str
    reason: str


def answers_for_it(act: Reassessing) -> str | None:
    own = organ_of(act.user)
    holds = any(has_role(act.user, role) for role in DECIDING)
    if not holds or own is None or not act.entry.organ.path.startswith(own.path):
        return _("The head of its organ decides, or a confidentiality reviewer of the county.")
    return None


def is_undecided(act: Reassessing) -> str | None:
    if act.entry.decided_at:
        return _("%(name)s has decided on this page already.") % {"name": act.entry.decided_by}
    return None


def has_a_decision(act: Reassessing) -> str | None:
    if act.decision not in Reassessed.values:
        return _("Choose a decision.")
    return None


def rests_on_a_ground(act: Reassessing) -> str | None:
    if act.decision in (Reassessed.KEEP, Reassessed.IN_PART) and act.ground not in Ground.values:
        return _("What stays closed, wholly or in part, needs a ground from the law.")
    return None


def says_why(act: Reassessing) -> str | None:
    if not act.reason:
        return _("Give the reason in a sentence.")
    return None


REASSESSMENT_RULES = [
    answers_for_it,
    is_undecided,
    has_a_decision,
    rests_on_a_ground,
    says_why,
]
