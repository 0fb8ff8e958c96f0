"""What an article page shows beside its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q

from catalogue_standards.calendar import site_calendar
from catalogue_standards.models import Edition, EditionItem
from cms.comparison import comparable
from cms.duties import own_limits_of, timeliness
from cms.languages import OWN, reader_language
from cms.listings.common import ancestors_of
from cms.models import InterpretationPage, ItemPage, PolicyPage, PublishedPiece
from cms.models.structure import entry_in_force
from cms.page_cache.sharing import shared
from cms.postings.shown import confirmed_on
from cms.prepared import Prepared
from cms.visibility import frame, listed, publicly_visible
from workflows.enums import ClearanceStatus, RegisterEvent
from workflows.models import Clearance, EmergencyPublication, RegisterEntry

if TYPE_CHECKING:
    from datetime import datetime

    from catalogue_standards.models import Item


class Correction(NamedTuple):
    """A change after publication, as its note tells it."""

    at: datetime
    reason: str


_EDITION = Prepared(
    lambda page: (
        Clearance.objects.filter(page=page, status=ClearanceStatus.APPLIED)
        .exclude(item=None)
        .order_by()
        .values_list("edition")
    ),
    int,
)
_CORRECTIONS = Prepared(
    lambda page: (
        RegisterEntry.objects.filter(
            page=page, event__in=(RegisterEvent.CORRECTED, RegisterEvent.RESTORED)
        )
        .exclude(reason="")
        .order_by("at", "pk")
        .values_list("at", "reason")
    ),
    int,
)


def article_context(page: PublishedPiece) -> dict[str, Any]:
    """Keys: cleared_under (the edition), item_page, entry, timeliness, policy, interpretations,
    replaced_by, comparisons (pairs of policies, old and new), ancestors, corrections
    (oldest first), postings (confirmed, on other channels), emergency (under which
    it became public)."""
    item = page.catalogue_item()
    entry = _entry(item)
    policy = _policy(page)
    original = page.original() if reader_language() != OWN else None
    successors = _successors(policy) if policy else []
    return {
        "ancestors": ancestors_of(page),
        "cleared_under": _cleared_under(page),
        "item_page": _item_page(item) if item else None,
        "entry": entry,
        # The duty was met, or missed, by the original; a translation has none of its own.
        "timeliness": timeliness(
            entry,
            page.written_on,
            (original or page).published_at,
            shared("calendar", site_calendar),
            own_limits_of([page]).get((page.organ_id, entry.item_id), ()) if entry else (),
        ),
        "policy": policy,
        "interpretations": interpretations_of(policy) if policy else [],
        "original": original,
        "original_is_newer": _is_newer(original, page),
        "replaced_by": successors,
        "comparisons": comparable(policy, successors) if policy else [],
        "corrections": [Correction(*row) for row in _CORRECTIONS(page.pk)],
        "postings": confirmed_on(page.pk),
        "emergency": _emergency(page),
    }


def _cleared_under(page: PublishedPiece) -> Edition | None:
    """The edition under which this content was cleared; it stays, whatever binds later."""
    for (edition,) in _EDITION(page.pk):
        return shared(("edition", edition), Edition.objects.filter(pk=edition).first)
    return None


def _emergency(page: PublishedPiece) -> EmergencyPublication | None:
    """Few pages became public in one: which, is found out once for all."""
    pages = shared("emergencies", EmergencyPublication.objects.public_pages)
    return EmergencyPublication.objects.of_public_page(page) if page.pk in pages else None


def _successors(policy: PolicyPage) -> list[PolicyPage]:
    named = Q(replaces__translation_key=policy.translation_key)
    if policy.successor is not None:
        named |= Q(translation_key=policy.successor.translation_key)
    return list(listed(PolicyPage).filter(named))


def _entry(item: Item | None) -> EditionItem | None:
    return entry_in_force(item.pk) if item is not None else None


def _item_page(item: Item) -> ItemPage | None:
    return shared(("item page", item.pk), lambda: frame(ItemPage).filter(item=item).first())


def _policy(page: PublishedPiece) -> PolicyPage | None:
    if isinstance(page, PolicyPage):
        return page
    return page.policy if isinstance(page, InterpretationPage) else None


def interpretations_of(policy: PolicyPage) -> list[InterpretationPage]:
    """Its public interpretations; a translation without any of its own shows its original's."""
    own = list(publicly_visible(InterpretationPage).child_of(policy))
    original = policy.original() if not own and reader_language() != OWN else None
    return list(publicly_visible(InterpretationPage).child_of(original)) if original else own


def _is_newer(original: PublishedPiece | None, page: PublishedPiece) -> bool:
    changed, translated = getattr(original, "last_published_at", None), page.last_published_at
    return bool(changed and translated and changed > translated)
