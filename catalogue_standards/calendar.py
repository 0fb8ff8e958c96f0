"""The working-day calendar of this installation: the packaged years and those entered here."""

from __future__ import annotations

from catalogue_standards.models import ArrangedDay, HolidayArrangement
from catalogue_standards.working_days import WorkingCalendar


def site_calendar() -> WorkingCalendar:
    """A calendar with every arrangement that administrators have entered (two queries)."""
    overrides = dict(ArrangedDay.objects.values_list("date", "is_working"))
    years = HolidayArrangement.objects.values_list("year", flat=True)
    return WorkingCalendar(overrides, frozenset(years))
