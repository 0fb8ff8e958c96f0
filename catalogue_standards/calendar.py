"""The working-day calendar of this installation: the packaged years and those entered here."""

from __future__ import annotations

from catalogue_standards.models import HolidayArrangement
from catalogue_standards.working_days import WorkingCalendar


def site_calendar() -> WorkingCalendar:
    """A calendar with every arrangement that administrators have entered (one query)."""
    rows = list(HolidayArrangement.objects.values_list("year", "days__date", "days__is_working"))
    overrides = {day: worked for _year, day, worked in rows if day is not None}
    return WorkingCalendar(overrides, frozenset(year for year, _day, _worked in rows))
