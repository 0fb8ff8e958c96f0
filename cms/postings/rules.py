"""What must be true before a posting is recorded, and before its department stands by it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.enums import Role
from workflows.models import has_role, organ_of
from workflows.rules import Rule
from workflows.scanning import scan_text

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from cms.models import Posting
    from workflows.models import GatedPageMixin

#: Who records what a department posted elsewhere.
RECORDERS = (Role.DRAFTER, Role.DEPARTMENT_REVIEWER)


class Recording(NamedTuple):
    page: GatedPageMixin
    user: AbstractBaseUser | AnonymousUser | None
    posted_on: date | None = None
    place: str = ""


class Deciding(NamedTuple):
    posting: Posting
    user: AbstractBaseUser | AnonymousUser | None
    confirmed: bool
    reason: str = ""


def is_public_here(act: Recording) -> str | None:
    if not act.page.live:
        return _(
            "Record other channels once the piece is public: what is not cleared is posted nowhere."
        )
    return None


def recorded_by_its_department(act: Recording) -> str | None:
    own = organ_of(act.user)
    drafts = any(has_role(act.user, role) for role in RECORDERS)
    its = own is not None and (own.answers_over(act.page.organ) or _drafted_by(act))
    return None if drafts and its else _("The department that drafted the piece records this.")


def _drafted_by(act: Recording) -> bool:
    return act.user is not None and act.page.owner_id == act.user.pk


def has_happened(act: Recording) -> str | None:
    if act.posted_on is not None and act.posted_on > timezone.localdate():
        return _("This date lies in the future: record it when it has happened.")
    return None


def place_names_nobody(act: Recording) -> str | None:
    # The place is public text that no confidentiality reviewer reads.
    if scan_text(act.place):
        return _(
            "The place holds personal data: name the place only, such as 临江镇政府门口公示栏."
        )
    return None


def confirmed_by_the_head(act: Deciding) -> str | None:
    own = organ_of(act.user)
    if own is None or not has_role(act.user, Role.DEPARTMENT_REVIEWER):
        return _("The head of the department confirms what was recorded.")
    if not own.answers_over(act.posting.organ):
        return _("You may act only on what your own organ publishes, not %(organ)s.") % {
            "organ": act.posting.organ
        }
    return None


def another_person(act: Deciding) -> str | None:
    if act.user is not None and act.posting.user_id == act.user.pk:
        return _("You recorded it: another person confirms it.")
    return None


def is_undecided(act: Deciding) -> str | None:
    if hasattr(act.posting, "decision"):
        return _("It is decided already: record it anew if it was wrong.")
    return None


def declined_with_a_reason(act: Deciding) -> str | None:
    if not act.confirmed and not act.reason:
        return _("Say what is wrong with it.")
    return None


MAY_RECORD_RULES: list[Rule[Recording]] = [is_public_here, recorded_by_its_department]
RECORD_RULES: list[Rule[Recording]] = [*MAY_RECORD_RULES, has_happened, place_names_nobody]
MAY_DECIDE_RULES: list[Rule[Deciding]] = [confirmed_by_the_head, another_person, is_undecided]
DECISION_RULES: list[Rule[Deciding]] = [*MAY_DECIDE_RULES, declined_with_a_reason]
