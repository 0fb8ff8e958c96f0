"""What the public is told of an item: whether it is up to date, and when the next piece is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue_standards.enums import Counting
from catalogue_standards.models import Obligation
from cms.prepared import Prepared


class Mark(models.TextChoices):
    """The few words of the mark."""

    KEPT = "kept", _("Up to date")
    LATE = "late", _("Update overdue")
    PUBLISHED = "published", _("Published")
    NONE = "none", _("Nothing published yet")


@dataclass(frozen=True)
class OrganState:
    """One organ under the item; `next_on` is None where no date can be named beforehand."""

    organ_name: str
    mark: Mark
    newest_on: date | None
    next_on: date | None
    provisional: bool


@dataclass(frozen=True)
class ItemState:
    """An item over all its organs. `late` counts the organs whose update is overdue."""

    counting: Counting
    mark: Mark
    newest_on: date | None
    next_on: date | None
    provisional: bool
    late: int
    organs: tuple[OrganState, ...]


class _Told(NamedTuple):
    item_id: int
    organ_name: str
    counting: str
    pieces: int
    newest_on: date | None
    public_due_on: date | None
    public_closes_at: datetime | None
    public_provisional: bool


def _told() -> QuerySet[Obligation, Any]:
    return Obligation.objects.order_by("organ__path").values_list(
        "item",
        "organ__short_name",
        "counting",
        "pieces",
        "newest_on",
        "public_due_on",
        "public_closes_at",
        "public_provisional",
    )


_OF_ONE = Prepared(lambda item: _told().filter(item=item), int)


def states_of(items: Collection[int], now: datetime | None = None) -> dict[int, ItemState]:
    """By item; one query. What only the desk knows of, drafts and noted events, does not show."""
    now = now or timezone.now()
    by_item: dict[int, list[_Told]] = defaultdict(list)
    found = _OF_ONE(*items) if len(items) == 1 else _told().filter(item__in=items)
    for row in map(_Told._make, found):
        by_item[row.item_id].append(row)
    return {item: _item(rows, now) for item, rows in by_item.items()}


def items_marked(mark: Mark, now: datetime) -> QuerySet[Obligation, Any]:
    """The keys of the items that `states_of` gives this mark, as a subquery."""
    rows = Obligation.objects.order_by()
    late = rows.filter(public_closes_at__lte=now)
    published = rows.filter(pieces__gt=0)
    kept = published.filter(public_due_on__isnull=False)
    worse = {
        Mark.LATE: None,
        Mark.KEPT: late,
        Mark.PUBLISHED: late | kept,
        Mark.NONE: late | published,
    }
    found = {Mark.LATE: late, Mark.KEPT: kept, Mark.PUBLISHED: published, Mark.NONE: rows}[mark]
    above = worse[mark]
    if above is not None:
        found = found.exclude(item__in=above.values("item"))
    return found.values("item")


def _item(rows: list[_Told], now: datetime) -> ItemState:
    organs = tuple(_organ(row, now) for row in rows)
    late = sum(state.mark == Mark.LATE for state in organs)
    coming = [state for state in organs if state.next_on]
    first = min(coming, key=lambda state: state.next_on or date.max, default=None)
    return ItemState(
        counting=Counting(rows[0].counting),
        mark=_worst(state.mark for state in organs),
        newest_on=max((state.newest_on for state in organs if state.newest_on), default=None),
        next_on=first.next_on if first else None,
        provisional=bool(first and first.provisional),
        late=late,
        organs=organs,
    )


def _organ(row: _Told, now: datetime) -> OrganState:
    if row.public_closes_at and row.public_closes_at <= now:
        mark = Mark.LATE
    elif not row.pieces:
        mark = Mark.NONE
    else:
        mark = Mark.KEPT if row.public_due_on else Mark.PUBLISHED
    return OrganState(
        row.organ_name, mark, row.newest_on, row.public_due_on, row.public_provisional
    )


def _worst(marks: Iterable[Mark]) -> Mark:
    """Late where anyone is late; otherwise what holds of the organs that published."""
    found = set(marks)
    return next(mark for mark in (Mark.LATE, Mark.KEPT, Mark.PUBLISHED, Mark.NONE) if mark in found)
