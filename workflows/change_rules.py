"""What must be true before a public piece is taken down, ended or moved.

Taking down is one person's act: harm lies in what is public. Coming back goes through the gate.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from workflows.enums import ChangeReason, ClearanceStatus, RegisterEvent, Role
from workflows.models.people import has_role, organ_of
from workflows.rules import Rule

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from wagtail.models import Page

    from workflows.models.gated import GatedPageMixin

#: Who may take down what their organ, or one below it, publishes.
MAY_TAKE_DOWN = (
    Role.DEPARTMENT_REVIEWER,
    Role.CONFIDENTIALITY_REVIEWER,
    Role.SIGNATORY,
    Role.EMERGENCY_PUBLISHER,
)
#: Ending a document's force, and moving it, are decisions of those who sign.
MAY_DECIDE = (Role.SIGNATORY,)


class Change(NamedTuple):
    """`user` is about to change the standing of `page`; `target` and `successor` where it has one."""

    page: GatedPageMixin
    user: AbstractBaseUser | AnonymousUser | None
    kind: ChangeReason | None = None
    words: str = ""
    on: date | None = None
    successor: Page | None = None
    target: Page | None = None


def is_public(change: Change) -> str | None:
    if not change.page.live:
        return _("“%(title)s” is not public.") % {"title": change.page.title}
    return None


def answers_for_it(change: Change) -> str | None:
    own = organ_of(change.user)
    if own is None or not own.answers_over(change.page.organ):
        return _("You may act only on what your own organ publishes, not %(organ)s.") % {
            "organ": change.page.organ
        }
    return None


def _held_by(*roles: Role) -> Rule[Change]:
    def holds_a_role(change: Change) -> str | None:
        if any(has_role(change.user, role) for role in roles):
            return None
        return _("This is done by: %(roles)s.") % {
            "roles": "、".join(str(role.label) for role in roles)
        }

    return holds_a_role


def _reason_among(*kinds: ChangeReason) -> Rule[Change]:
    def names_a_reason(change: Change) -> str | None:
        return None if change.kind in kinds else _("Choose the reason: the register keeps it.")

    return names_a_reason


def other_reasons_are_told(change: Change) -> str | None:
    if change.kind == ChangeReason.OTHER and not change.words.strip():
        return _("Say in words what the other reason is.")
    return None


def stays_readable(change: Change) -> str | None:
    if not change.page.text_outlives_it:
        return _("Only a policy is repealed, lapses or is replaced: take this piece down instead.")
    return None


def says_since_when(change: Change) -> str | None:
    if change.on is None:
        return _("Give the date from which it is no longer in force.")
    begun = change.page.in_force_since()
    if begun is not None and change.on < begun:
        return _("It cannot end before it took effect on %(date)s.") % {"date": begun}
    return None


def names_its_successor(change: Change) -> str | None:
    if change.kind == ChangeReason.REPLACED and change.successor is None:
        return _("Choose the document that replaces it.")
    other = change.successor
    if other is not None and (other.pk == change.page.pk or not other.live):
        return _("The document that replaces it must be another one, and public.")
    return None


def goes_where_it_may(change: Change) -> str | None:
    page, target = change.page, change.target
    if target is None:
        return _("Choose where it goes.")
    fits = type(target.specific) in page.allowed_parent_page_models()
    if not fits or target.pk == page.get_parent().pk:
        return _("It cannot stand there; choose another place of the same kind.")
    return None


def its_ground_goes_along(change: Change) -> str | None:
    page, target = change.page, change.target
    if not page.live or target is None:
        return None
    if page.ground_below(page.get_parent()) != page.ground_below(target):
        return _(
            "This piece was cleared on the ground of where it stands now. Take it down as filed in "
            "the wrong place, move it, and submit it again; its old address will lead to the new one."
        )
    return None


def was_public(change: Change) -> str | None:
    if not change.page.was_published:
        return _("“%(title)s” was never public: move it among the drafts.") % {
            "title": change.page.title
        }
    return None


def not_under_review(change: Change) -> str | None:
    if change.page.under_review:
        return _("This piece is under review: take it back first.")
    return None


MAY_TAKE_DOWN_RULES: list[Rule[Change]] = [is_public, _held_by(*MAY_TAKE_DOWN), answers_for_it]
MAY_END_RULES: list[Rule[Change]] = [
    is_public,
    stays_readable,
    _held_by(*MAY_DECIDE),
    answers_for_it,
]
MAY_MOVE_RULES: list[Rule[Change]] = [
    was_public,
    not_under_review,
    _held_by(*MAY_DECIDE),
    answers_for_it,
]

TAKE_DOWN_RULES = [
    *MAY_TAKE_DOWN_RULES,
    _reason_among(*ChangeReason.taking_down()),
    other_reasons_are_told,
]
END_RULES = [
    *MAY_END_RULES,
    _reason_among(*ChangeReason.ending()),
    says_since_when,
    names_its_successor,
]
MOVE_RULES = [
    *MAY_MOVE_RULES,
    _reason_among(*ChangeReason.moving()),
    other_reasons_are_told,
    goes_where_it_may,
    its_ground_goes_along,
]


def leaves_with_its_reason(page: GatedPageMixin) -> str | None:
    """For whatever saves `page` as not public: it leaves through the screen that asks why."""
    from workflows.models import Clearance

    if not Clearance.objects.filter(page_id=page.pk, status=ClearanceStatus.APPLIED).exists():
        return None
    return _(
        "“%(title)s” is public. Take it down on “Public pieces”: choose the piece, then “Take down”; "
        "the register keeps the reason."
    ) % {"title": page.title}


def is_no_evidence(page: GatedPageMixin) -> str | None:
    """For whatever removes `page`."""
    if page.was_published:
        return _(
            "“%(title)s” was public and stays on record. Take it down on “Public pieces” instead of "
            "removing it."
        ) % {"title": page.title}
    return None


def moves_with_its_reason(page: GatedPageMixin) -> str | None:
    """For whatever moves `page` in the tree."""
    if page.was_published:
        return _(
            "“%(title)s” was public. Move it on “Public pieces”: choose the piece, then “Move”; the "
            "register keeps the old address."
        ) % {"title": page.title}
    return None


ENDING_EVENTS = {
    ChangeReason.REPEALED: RegisterEvent.REPEALED,
    ChangeReason.LAPSED: RegisterEvent.LAPSED,
    ChangeReason.REPLACED: RegisterEvent.REPLACED,
}
