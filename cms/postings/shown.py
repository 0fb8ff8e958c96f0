"""Which channels a piece was posted on, and which its item still asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, OuterRef, Subquery

from catalogue_standards.models import Channel, ItemChannel, Obligation
from cms.models import DisclosurePage, Posting
from cms.prepared import Prepared

#: Being public on this site is being posted here.
HERE = frozenset({"website"})


_CONFIRMED = Prepared(
    lambda page: (
        Posting.objects.confirmed()
        .filter(page=page)
        .values_list("channel__name", "place", "posted_on")
    ),
    int,
)


_UNDER = Prepared(
    lambda item: (
        Posting.objects.confirmed()
        .filter(page__live=True, page__disclosurepage__item=item)
        .order_by("channel__position", "channel__name")
        .values_list("channel__name")
        .annotate(number=Count("page", distinct=True), last=Max("posted_on"))
    ),
    int,
)


@dataclass(frozen=True)
class ConfirmedPosting:
    channel_name: str
    place: str
    posted_on: date


@dataclass(frozen=True)
class PostedUnder:
    """So many pieces of an item were posted on a channel, the last one on that day."""

    channel_name: str
    number: int
    last: date


def confirmed_on(page_id: int) -> list[ConfirmedPosting]:
    """What the public reads of the other channels of a piece."""
    return [ConfirmedPosting(*row) for row in _CONFIRMED(page_id)]


def posted_under(item_id: int) -> list[PostedUnder]:
    """The other channels of an item's pieces, for its public page."""
    return [PostedUnder(*row) for row in _UNDER(item_id)]


def missing_on(pages: Collection[int], entry_id: int | None) -> dict[int, list[Channel]]:
    """The channels that the item requires and that each of these pieces lacks; two queries."""
    required = _required([entry_id] if entry_id else []).get(entry_id or 0, [])
    recorded = _recorded(pages) if required else {}
    return {key: [c for c in required if c.pk not in recorded.get(key, ())] for key in pages}


def missing_for(rows: Iterable[Obligation]) -> dict[int, list[Channel]]:
    """The same of the newest piece of each obligation, by its key; three queries for any number."""
    rows = list(rows)
    newest = (
        DisclosurePage.objects.live()
        .filter(item=OuterRef("item"), organ=OuterRef("organ"))
        .order_by("-first_published_at", "-pk")
        .values("pk")[:1]
    )
    known = Obligation.objects.filter(pk__in=[row.pk for row in rows], pieces__gt=0)
    pieces = dict(known.annotate(newest=Subquery(newest)).values_list("pk", "newest"))
    required = _required([row.entry_id for row in rows])
    recorded = _recorded([key for key in pieces.values() if key])
    return {
        row.pk: [c for c in required.get(row.entry_id, []) if c.pk not in recorded.get(piece, ())]
        for row in rows
        if (piece := pieces.get(row.pk))
    }


def _required(entries: Collection[int]) -> Mapping[int, list[Channel]]:
    found: dict[int, list[Channel]] = {}
    rows = ItemChannel.objects.filter(edition_item__in=entries, required=True)
    for row in rows.exclude(channel__code__in=HERE).select_related("channel"):
        found.setdefault(row.edition_item_id, []).append(row.channel)
    return found


def _recorded(pages: Collection[int]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = Posting.objects.counting().filter(page__in=pages).order_by()
    for page, channel in rows.values_list("page", "channel"):
        found.setdefault(page, set()).add(channel)
    return found
