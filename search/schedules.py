"""What the worker (django-q2) does for the search by the clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.utils import timezone
from django_q.models import Schedule

NIGHTLY = time(3, 30)


def ensure_schedule(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """After migrations: add the nightly check where it is missing; an hour set since then stays."""
    if sender.name != "search":
        return
    if Schedule._meta.db_table not in connections[using].introspection.table_names():
        return
    Schedule.objects.using(using).get_or_create(
        name="search_check",
        defaults={
            "func": "search.checking.nightly",
            "schedule_type": Schedule.DAILY,
            "next_run": _next(NIGHTLY),
        },
    )


def _next(hour: time) -> datetime:
    now = timezone.localtime()
    today = datetime.combine(now.date(), hour, tzinfo=now.tzinfo)
    return today if today > now else today + timedelta(days=1)
