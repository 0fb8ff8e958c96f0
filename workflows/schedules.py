"""What the worker (django-q2) does by the clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.utils import timezone
from django_q.models import Schedule

#: Name -> function, its arguments as a Python literal, and the hour of the night or None: each minute.
SCHEDULES: dict[str, tuple[str, str, time | None]] = {
    "publish_scheduled": ("django.core.management.call_command", "('publish_scheduled',)", None),
    "verify_publication": ("workflows.verification.alarm_on_drift", "", time(2, 30)),
    "emergency_reviews": ("workflows.emergencies.alarm_on_overdue", "", time(8, 0)),
    "revisit": ("workflows.revisits.take_up_again", "", time(1, 0)),
    "verify_audit_log": ("workflows.audit_verification.alarm_on_broken_chain", "", time(3, 0)),
}


def ensure_schedules(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """After migrations: what is missing is added; the hours that an administrator set stay."""
    if sender.name != "workflows":
        return
    if Schedule._meta.db_table not in connections[using].introspection.table_names():
        return
    for name, (function, arguments, hour) in SCHEDULES.items():
        clock = (
            {"schedule_type": Schedule.DAILY, "next_run": _next(hour)}
            if hour
            else {
                "schedule_type": Schedule.MINUTES,
                "minutes": 1,
            }
        )
        Schedule.objects.using(using).get_or_create(
            name=name, defaults={"func": function, "args": arguments, **clock}
        )


def _next(hour: time) -> datetime:
    now = timezone.localtime()
    today = datetime.combine(now.date(), hour, tzinfo=now.tzinfo)
    return today if today > now else today + timedelta(days=1)
