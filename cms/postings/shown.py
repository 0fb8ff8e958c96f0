"""Which channels a piece was posted on, and which its item still asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, OuterRef, Subquery

from catalogue_standards.models import Channel, ItemChannel, Obligation
from cms.models import DisclosurePage, Posting

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: Being public on this site is being posted here.
HERE = frozenset({"website"})


def confirmed_on(page_id: int) -> QuerySet[Posting]:
    """What the public reads of the other channels of a piece."""
    return Posting.objects.confirmed().filter(page=page_id).select_related("channel")


def posted_under(item_id: int) -> list[dict[str, Any]]:
    """Keys channel__name, number (of pieces posted there), last (a day): for an item's public page."""
    pieces = DisclosurePage.objects.live().filter(item=item_id)
    rows = Posting.objects.confirmed().filter(page__in=pieces.values("pk")).order_by()
    return list(
        rows.values("channel__name")
        .annotate(number=Count("page", distinct=True), last=Max("posted_on"))
        .order_by("channel__position", "channel__name")
    )


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
