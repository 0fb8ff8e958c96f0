"""What must be true before an emergency publication, and before its review after the fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import submission_rules
from workflows.enums import RegisterEvent, Role
from workflows.models.people import has_role, organ_of
from workflows.registering import last_event
from workflows.rules import Rule
from workflows.submission_rules import Offer

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from workflows.models.emergency import EmergencyPublication
    from workflows.models.gated import GatedPageMixin

#: Who may review an emergency publication after the fact.
MAY_REVIEW = (Role.SIGNATORY, Role.CONFIDENTIALITY_REVIEWER)


class Emergency(NamedTuple):
    """`user` is about to publish `page`, as drafted now, before anyone has reviewed it."""

    page: GatedPageMixin
    user: AbstractBaseUser | AnonymousUser | None
    reason: str = ""


def published_by_the_named_role(act: Emergency) -> str | None:
    if not has_role(act.user, Role.EMERGENCY_PUBLISHER):
        return _("Only an emergency publisher may publish before review.")
    own = organ_of(act.user)
    if own is None or not own.answers_over(act.page.organ):
        return _("You may act only on what your own organ publishes, not %(organ)s.") % {
            "organ": act.page.organ
        }
    return None


def says_what_the_emergency_is(act: Emergency) -> str | None:
    if not act.reason.strip():
        return _("Say what the emergency is: the register keeps it.")
    return None


def goes_at_once(act: Emergency) -> str | None:
    if act.page.go_live_at and act.page.go_live_at > timezone.now():
        return _("This draft has a date on which it goes public: remove it first.")
    return None


def was_not_taken_down(act: Emergency) -> str | None:
    if not act.page.live and last_event(act.page.pk) in RegisterEvent.leaving():
        return _("This piece was taken down: it comes back through the review only.")
    return None


def _as_submitted(rule: Rule[Offer]) -> Rule[Emergency]:
    """A rule of submission that no emergency lifts."""

    def holds(act: Emergency) -> str | None:
        return rule(Offer(act.page, act.user))  # type: ignore[arg-type]

    return holds


MAY_PUBLISH_RULES: list[Rule[Emergency]] = [
    published_by_the_named_role,
    goes_at_once,
    was_not_taken_down,
    _as_submitted(submission_rules.travels_alone),
    _as_submitted(submission_rules.has_a_determination),
    _as_submitted(submission_rules.limited_extent_is_grounded),
    _as_submitted(submission_rules.complete_for_its_type),
    _as_submitted(submission_rules.companions_complete),
]
EMERGENCY_RULES = [*MAY_PUBLISH_RULES, says_what_the_emergency_is]


class Looking(NamedTuple):
    """`user` is about to review `publication` after the fact."""

    publication: EmergencyPublication
    user: AbstractBaseUser | AnonymousUser | None


def still_waits(act: Looking) -> str | None:
    if hasattr(act.publication, "review"):
        return _("This emergency publication was reviewed already.")
    return None


def reviewer_holds_a_role(act: Looking) -> str | None:
    if any(has_role(act.user, role) for role in MAY_REVIEW):
        return None
    return _("This is done by: %(roles)s.") % {
        "roles": "、".join(str(role.label) for role in MAY_REVIEW)
    }


def reviewer_acts_for_the_organ(act: Looking) -> str | None:
    own, drafting = organ_of(act.user), act.publication.submission.drafting_organ
    if own is None or drafting is None or not own.answers_over(drafting):
        return _("You may act only on what your own organ publishes, not %(organ)s.") % {
            "organ": act.publication.submission.organ_name
        }
    return None


def is_a_second_person(act: Looking) -> str | None:
    from workflows.drafts import authors_of

    publication, user = act.publication, act.user
    if user is None or user.pk == publication.published_by_id:
        return _("You published this yourself, so another person must review it.")
    if user.pk in authors_of(publication.submission):
        return _("You drafted or edited this piece, so another person must review it.")
    return None


AFTER_REVIEW_RULES: list[Rule[Looking]] = [
    still_waits,
    reviewer_holds_a_role,
    reviewer_acts_for_the_organ,
    is_a_second_person,
]
