"""Raise what the nightly checks find, and end what they find no more."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from workflows.audit import record
from workflows.audit_actions import AuditAction
from workflows.models import Alarm, AlarmKind


@transaction.atomic
def report(kind: AlarmKind, found: Mapping[str, str]) -> int:
    """Make `found` (what it is about -> a sentence) the open alarms of `kind`.

    Returns how many there are. One that stays open keeps the date on which it was raised.
    """
    now = timezone.now()
    still_open = Alarm.objects.filter(kind=kind, ended_at=None)
    still_open.exclude(about__in=found).update(ended_at=now)
    known = set(still_open.values_list("about", flat=True))
    for about, sentence in found.items():
        if about not in known:
            alarm = Alarm.objects.create(
                kind=kind, about=about, sentence=sentence[:500], raised_at=now
            )
            record(AuditAction.ALARM_RAISED, alarm, details={"kind": kind, "about": about})
    return len(found)
