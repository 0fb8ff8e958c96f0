"""What may be done with an edition, by whom and when: the sentences beside the buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue_standards.enums import EditionStatus
from catalogue_standards.history import is_author
from catalogue_standards.models import (
    Edition,
    ItemBasis,
    ItemChannel,
    ItemSubject,
)
from catalogue_standards.models.fixing import why_fixed
from catalogue_standards.rules import Rule

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True)
class Acting:
    """A person about to do something with an edition."""

    edition: Edition
    user: User | None


def permitted(codename: str) -> Rule[Acting]:
    def may(acting: Acting) -> str | None:
        if acting.user and acting.user.has_perm(f"catalogue_standards.{codename}"):
            return None
        return _("Your account may not do this; ask a catalogue administrator.")

    return may


def still_a_draft(acting: Acting) -> str | None:
    return why_fixed(acting.edition)


def in_review(acting: Acting) -> str | None:
    if acting.edition.status == EditionStatus.IN_REVIEW:
        return None
    return _("“%(edition)s” is not in review.") % {"edition": acting.edition}


def not_yet_in_force(acting: Acting) -> str | None:
    if acting.edition.status in (EditionStatus.IN_REVIEW, EditionStatus.APPROVED):
        return None
    return _("Only an edition in review or approved can be returned.")


def is_approved(acting: Acting) -> str | None:
    if acting.edition.status == EditionStatus.APPROVED:
        return None
    return _("Only an approved edition can take force: have “%(edition)s” approved first.") % {
        "edition": acting.edition
    }


def is_in_force(acting: Acting) -> str | None:
    if acting.edition.status == EditionStatus.IN_FORCE:
        return None
    return _("Only the edition in force can be amended.")


def approved_by_another(acting: Acting) -> str | None:
    if not is_author(acting.edition, acting.user):
        return None
    return _(
        "You began, edited or submitted this edition: another administrator has to approve it."
    )


def no_amendment_open(acting: Acting) -> str | None:
    begun = Edition.objects.filter(
        based_on=acting.edition, year=acting.edition.year, status__in=EditionStatus.open()
    ).first()
    if begun is None:
        return None
    return _("“%(amendment)s” is begun already: finish or delete it first.") % {"amendment": begun}


def has_items(acting: Acting) -> str | None:
    if acting.edition.items.exists():
        return None
    return _("The edition has no items yet: enter or import them first.")


def every_item_has_an_organ(acting: Acting) -> str | None:
    number = _lacking(acting.edition, ItemSubject)
    return (
        None
        if not number
        else ngettext(
            "%(number)s item names no responsible organ: give it one, or drop it.",
            "%(number)s items name no responsible organ: give them one, or drop them.",
            number,
        )
        % {"number": number}
    )


def every_item_has_a_basis(acting: Acting) -> str | None:
    number = _lacking(acting.edition, ItemBasis)
    return (
        None
        if not number
        else ngettext(
            "%(number)s item cites no legal basis: add it.",
            "%(number)s items cite no legal basis: add it.",
            number,
        )
        % {"number": number}
    )


def every_item_has_a_channel(acting: Acting) -> str | None:
    number = _lacking(acting.edition, ItemChannel)
    return (
        None
        if not number
        else ngettext(
            "%(number)s item has no channel: mark at least one.",
            "%(number)s items have no channel: mark at least one each.",
            number,
        )
        % {"number": number}
    )


def every_item_has_a_limit(acting: Acting) -> str | None:
    number = acting.edition.items.filter(time_limit_text="").count()
    return (
        None
        if not number
        else ngettext(
            "%(number)s item has no time limit: write it.",
            "%(number)s items have no time limit: write it.",
            number,
        )
        % {"number": number}
    )


def lacking(entries: Any, part: Any) -> Any:
    """Those of `entries`, a queryset of EditionItem, without a row of the model `part`."""
    return entries.filter(~Exists(part.objects.filter(edition_item=OuterRef("pk"))))


def _lacking(edition: Edition, part: Any) -> int:
    number: int = lacking(edition.items, part).count()
    return number


EDIT_RULES: list[Rule[Acting]] = [permitted("change_edition"), still_a_draft]
DELETE_RULES: list[Rule[Acting]] = [permitted("delete_edition"), still_a_draft]
SUBMIT_RULES: list[Rule[Acting]] = [
    permitted("submit_edition"),
    still_a_draft,
    has_items,
    every_item_has_an_organ,
    every_item_has_a_basis,
    every_item_has_a_channel,
    every_item_has_a_limit,
]
APPROVE_RULES: list[Rule[Acting]] = [permitted("approve_edition"), in_review, approved_by_another]
RETURN_RULES: list[Rule[Acting]] = [permitted("approve_edition"), not_yet_in_force]
FORCE_RULES: list[Rule[Acting]] = [permitted("put_edition_in_force"), is_approved]
AMEND_RULES: list[Rule[Acting]] = [permitted("add_edition"), is_in_force, no_amendment_open]
