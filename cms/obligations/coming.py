"""What the public is told of due dates ahead and of those that were missed, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from catalogue_standards.calendar import site_calendar
from catalogue_standards.models import EditionItem, Obligation
from catalogue_standards.working_days import WorkingCalendar
from cms.models import ItemPage
from cms.obligations.board import Moment
from cms.visibility import frame

SHOWN = 4


def late_for_the_public(moment: Moment) -> Q:
    """What its rhythm has left overdue; drafts and noted events do not count (docs/duties.md)."""
    return Q(public_closes_at__isnull=False, public_closes_at__lte=moment.now)


def soon_for_the_public(moment: Moment) -> Q:
    return Q(public_due_on__isnull=False, public_due_on__lte=moment.soon) & ~late_for_the_public(
        moment
    )


@dataclass(frozen=True)
class ComingRow:
    """One due date of an item: `organs` share it; `days` are working days, left or too late."""

    entry: EditionItem
    page: ItemPage | None
    organ_name: str
    organs: int
    due_on: date
    days: int
    is_soon: bool
    provisional: bool


@dataclass(frozen=True)
class Coming:
    ahead: list[ComingRow]
    late: list[ComingRow]


def coming(moment: Moment) -> Coming:
    """The next due dates, and those missed longest; five queries for any number."""
    late = late_for_the_public(moment)
    dated = Obligation.objects.exclude(public_due_on=None)
    ahead = _shared(dated.exclude(late))
    missed = _shared(dated.filter(late))
    items = {row["item"] for row in [*ahead, *missed]}
    rows = EditionItem.objects.in_force().filter(item__in=items).select_related("edition_domain")
    entries = {row.item_id: row for row in rows}
    pages = {page.item_id: page for page in frame(ItemPage).filter(item__in=items)}
    told = _Telling(entries, pages, site_calendar(), moment)
    return Coming(list(told.rows(ahead)), list(told.rows(missed)))


def _shared(rows: QuerySet[Obligation]) -> list[Any]:
    """One line for all organs whose date under an item is the same."""
    return list(
        rows.order_by()
        .values("item", "public_due_on", "public_provisional")
        .annotate(organs=Count("pk"), organ_name=Min("organ__short_name"))
        .order_by("public_due_on", "item")[:SHOWN]
    )


@dataclass(frozen=True)
class _Telling:
    entries: dict[int, EditionItem]
    pages: dict[int, ItemPage]
    calendar: WorkingCalendar
    moment: Moment

    def rows(self, found: Iterable[Any]) -> Iterable[ComingRow]:
        today = timezone.localtime(self.moment.now).date()
        for row in found:
            if row["item"] in self.entries:
                due_on = row["public_due_on"]
                yield ComingRow(
                    self.entries[row["item"]],
                    self.pages.get(row["item"]),
                    row["organ_name"],
                    row["organs"],
                    due_on,
                    abs(self.calendar.working_days_between(today, due_on).days),
                    due_on <= self.moment.soon,
                    row["public_provisional"],
                )
