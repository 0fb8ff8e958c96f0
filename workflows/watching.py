"""Whether the checks that run by themselves do run, and what waits for the worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_q.models import Failure, OrmQ, Schedule, Task

#: What an auditor relies on, by the names of workflows/schedules.py.
CHECKS: dict[str, str | Promise] = {
    "verify_publication": _("What is public is what was cleared"),
    "verify_audit_log": _("The audit log is whole"),
    "emergency_reviews": _("Emergency publications are reviewed"),
    "revisit": _("Second look at what is public"),
}
#: A nightly check that is older than this did not run.
LATE = timedelta(hours=36)
FAILURES_SINCE = timedelta(days=7)


@dataclass(frozen=True)
class Check:
    """`at` is when it last ran, None for never; `state` is ok, failed, late or never."""

    label: str
    at: datetime | None
    state: str


def checks() -> list[Check]:
    """Two queries."""
    schedules = dict(Schedule.objects.filter(name__in=CHECKS).values_list("name", "task"))
    tasks = {task.pk: task for task in Task.objects.filter(pk__in=filter(None, schedules.values()))}
    return [
        _check(str(label), tasks.get(schedules.get(name) or "")) for name, label in CHECKS.items()
    ]


def _check(label: str, task: Any) -> Check:
    if task is None:
        return Check(label, None, "never")
    late = timezone.now() - task.stopped > LATE
    return Check(label, task.stopped, "late" if late else "ok" if task.success else "failed")


def worker() -> dict[str, Any]:
    """Keys `waiting` (tasks in the queue), `failed` (in the past week), `names` of those, `last`."""
    failures = Failure.objects.filter(stopped__gte=timezone.now() - FAILURES_SINCE)
    return {
        "waiting": OrmQ.objects.count(),
        "failed": failures.count(),
        "names": sorted({str(each) for each in failures.values_list("func", flat=True)[:50]}),
        "last": Task.objects.order_by("-stopped").values_list("stopped", flat=True).first(),
    }
