"""What became public month by month."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils import timezone
from wagtail.models import Page

from catalogue_standards.working_days import SHANGHAI
from cms.figures.bars import YearChart, year_charts
from cms.models import PIECE_TYPES
from cms.visibility import listed

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

#: How many years are drawn; the file holds all of them.
DRAWN = 2


def published() -> PageQuerySet:
    """Every public piece once, of every kind."""
    return listed(Page).type(PIECE_TYPES).exclude(first_published_at=None)


def by_month() -> dict[tuple[int, int], int]:
    """How many pieces became public in each (year, month) of China's time; one query."""
    rows = (
        published()
        .order_by()
        .annotate(
            year=ExtractYear("first_published_at", tzinfo=SHANGHAI),
            month=ExtractMonth("first_published_at", tzinfo=SHANGHAI),
        )
        .values_list("year", "month")
        .annotate(number=Count("pk"))
    )
    return {(year, month): number for year, month, number in sorted(rows)}


def charts() -> list[YearChart]:
    """The last years, newest first."""
    today = timezone.localdate()
    return year_charts(by_month(), (today.year, today.month))[:DRAWN]


def of_month(year: int, month: int) -> PageQuerySet:
    """The pieces that became public in one month, newest first. ValueError for no month at all."""
    start = date(year, month, 1)
    end = date(year + month // 12, month % 12 + 1, 1)
    since, until = (datetime(day.year, day.month, 1, tzinfo=SHANGHAI) for day in (start, end))
    return published().filter(first_published_at__gte=since, first_published_at__lt=until)
