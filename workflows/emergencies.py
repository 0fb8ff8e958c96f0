"""Emergency publications that wait for their review, and the alarm when they wait too long."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue_standards.calendar import WorkingCalendar, site_calendar
from workflows.alarms import report
from workflows.models import AlarmKind, EmergencyPublication

#: Working days within which a second person reviews what was published in an emergency.
REVIEW_WITHIN = 1


def review_due(publication: EmergencyPublication, calendar: WorkingCalendar) -> date:
    """The last day on which `publication` is reviewed in time."""
    published = timezone.localdate(publication.at)
    return calendar.add_working_days(published, REVIEW_WITHIN).date


def waiting(at_most: int) -> list[dict[str, Any]]:
    """Keys `publication`, `due`: the open emergency publications, oldest first."""
    calendar = site_calendar()
    rows = EmergencyPublication.objects.open().select_related("submission")[:at_most]
    return [{"publication": row, "due": review_due(row, calendar)} for row in rows]


def alarm_on_overdue() -> int:
    """Daily, by the worker, and at each review: raise and end alarms; returns how many are open."""
    today, calendar = timezone.localdate(), site_calendar()
    found = {}
    for publication in EmergencyPublication.objects.open().select_related("submission"):
        due = review_due(publication, calendar)
        if due < today:
            found[str(publication.pk)] = _(
                "%(title)s: published in an emergency by %(name)s; its review was due on %(date)s."
            ) % {
                "title": publication.submission.title,
                "name": publication.published_by_name,
                "date": due,
            }
    return report(AlarmKind.EMERGENCY, found)
