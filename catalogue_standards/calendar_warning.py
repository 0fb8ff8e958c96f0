"""Warn while a year's holidays are unknown: its deadlines are provisional (暂定)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError, connections
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue_standards.calendar import site_calendar

# The State Council's notice comes out in November or December; from here on it is waited for.
WARN_FROM = (11, 1)


def missing_year(today: date | None = None) -> int | None:
    """This year, or from 1 November the next, if its arrangement has not been entered; else None."""
    today = today or timezone.localdate()
    calendar = site_calendar()
    if not calendar.covers(today.year):
        return today.year
    if (today.month, today.day) >= WARN_FROM and not calendar.covers(today.year + 1):
        return today.year + 1
    return None


@register(Tags.database)
def check_holidays(*, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """`manage.py check --database default` says which year is missing."""
    if not databases:
        return []
    try:
        if (
            "catalogue_standards_arrangedday"
            not in connections["default"].introspection.table_names()
        ):
            return []
        year = missing_year()
    except DatabaseError:
        return []
    if year is None:
        return []
    return [
        Warning(
            _("The holidays of %(year)s have not been entered.") % {"year": year},
            hint=_("Paste the State Council's notice in the admin, under Holidays."),
            id="catalogue_standards.W001",
        )
    ]
