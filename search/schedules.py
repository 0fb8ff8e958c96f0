"""What the worker (django-q2) does for the search by the clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.utils import timezone
from django_q.models import Schedule

NIGHTLY = time(3, 30)


#: Name -> function, and the hour of the night or None: each minute.
SCHEDULES: dict[str, tuple[str, time | None]] = {
    "search_check": ("search.checking.nightly", NIGHTLY),
    # What could not be told to the search server when it was changed.
    "search_deliver": ("search.delivering.deliver", None),
}


def ensure_schedules(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """After migrations: add what is missing; an hour set since then stays."""
    if sender.name != "search":
        return
    if Schedule._meta.db_table not in connections[using].introspection.table_names():
        return
    for name, (function, hour) in SCHEDULES.items():
        clock = (
            {"schedule_type": Schedule.DAILY, "next_run": _next(hour)}
            if hour
            else {"schedule_type": Schedule.MINUTES, "minutes": 1}
        )
        Schedule.objects.using(using).get_or_create(name=name, defaults={"func": function, **clock})


def _next(hour: time) -> datetime:
    now = timezone.localtime()
    today = datetime.combine(now.date(), hour, tzinfo=now.tzinfo)
    return today if today > now else today + timedelta(days=1)
