"""What the worker (django-q2) does for duties and pages by the clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.utils import timezone
from django_q.models import Schedule

#: Name -> function and hour. Reminders go out when the night's computation is done and work begins.
SCHEDULES: dict[str, tuple[str, time]] = {
    "recompute_obligations": ("cms.obligations.tasks.nightly", time(0, 20)),
    "forget_public_changes": ("cms.page_cache.version.forget_old_changes", time(0, 10)),
    "remind_of_duties": ("cms.obligations.reminders.remind", time(7, 30)),
}


def ensure_schedules(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """After migrations: add what is missing; the hours that an administrator set stay."""
    if sender.name != "cms":
        return
    if Schedule._meta.db_table not in connections[using].introspection.table_names():
        return
    for name, (function, hour) in SCHEDULES.items():
        Schedule.objects.using(using).get_or_create(
            name=name,
            defaults={
                "func": function,
                "schedule_type": Schedule.DAILY,
                "next_run": _next(hour),
            },
        )


def _next(hour: time) -> datetime:
    now = timezone.localtime()
    today = datetime.combine(now.date(), hour, tzinfo=now.tzinfo)
    return today if today > now else today + timedelta(days=1)
