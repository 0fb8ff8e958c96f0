"""What must be true before a piece may be translated."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from workflows.enums import Role
from workflows.models import has_role, organ_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


class Translating(NamedTuple):
    """`user` is about to begin the version of `page` in `locale`."""

    page: Page
    locale: Locale
    user: AbstractBaseUser | AnonymousUser


def is_a_piece(act: Translating) -> str | None:
    from cms.models import PublishedPiece

    if not isinstance(act.page, PublishedPiece):
        return _("Only pieces are translated; the system makes the pages above them.")
    return None


def by_a_drafter_of_its_organ(act: Translating) -> str | None:
    own, issuing = organ_of(act.user), getattr(act.page, "organ", None)
    if own is None or issuing is None or not has_role(act.user, Role.DRAFTER):
        return _("Only a drafter may begin a translation.")
    if own.answers_over(issuing) or issuing.commissions_drafts:
        return None
    return _("You draft for %(own)s and may not publish in the name of %(organ)s.") % {
        "own": own,
        "organ": issuing,
    }


def original_is_public(act: Translating) -> str | None:
    if not act.page.live:
        return _("The original is not public yet: it is published first, then translated.")
    return None


def not_translated_yet(act: Translating) -> str | None:
    if act.page.get_translations(inclusive=True).filter(locale=act.locale).exists():
        return _("There is a version in %(language)s already: open that one.") % {
            "language": act.locale.get_display_name()
        }
    return None


def policy_comes_first(act: Translating) -> str | None:
    policy = getattr(act.page, "policy", None)
    if policy is None or policy.get_translations().filter(locale=act.locale).exists():
        return None
    return _("Translate the policy “%(title)s” first: its interpretation stands below it.") % {
        "title": policy.title
    }


TRANSLATION_RULES = [
    is_a_piece,
    by_a_drafter_of_its_organ,
    original_is_public,
    not_translated_yet,
    policy_comes_first,
]
