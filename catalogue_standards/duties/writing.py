"""Writing obligations and due dates down: what is there already and the same is not touched."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from catalogue_standards.models import Due, Obligation

_DUE_FIELDS = ["since", "due_on", "closes_at", "provisional", "fulfilled_on", "reference", "title"]
_OBLIGATION_FIELDS = [
    "entry_id", "counting", "pieces", "newest_on", "due_on", "closes_at",
    "provisional", "public_due_on", "public_closes_at", "public_provisional",
]  # fmt: skip


def write_dues(scope: Q, wanted: Iterable[Due]) -> None:
    """Make the due dates within `scope` those that are wanted."""
    stored = {due.key: due for due in Due.objects.filter(scope)}
    new, changed = [], []
    for due in {due.key: due for due in wanted}.values():
        old = stored.pop(due.key, None)
        if old is None:
            new.append(due)
        elif _differs(old, due, _DUE_FIELDS):
            due.pk = old.pk
            changed.append(due)
    Due.objects.filter(pk__in=[due.pk for due in stored.values()]).delete()
    Due.objects.bulk_create(new, batch_size=500)
    Due.objects.bulk_update(changed, _DUE_FIELDS, batch_size=200)


def write_obligations(items: Collection[int], wanted: Iterable[Obligation], now: datetime) -> None:
    stored = {(row.item_id, row.organ_id): row for row in Obligation.objects.filter(item__in=items)}
    new, changed = [], []
    for row in wanted:
        row.computed_at = now
        old = stored.pop((row.item_id, row.organ_id), None)
        if old is None:
            new.append(row)
        elif _differs(old, row, _OBLIGATION_FIELDS):
            row.pk = old.pk
            changed.append(row)
    Obligation.objects.filter(pk__in=[row.pk for row in stored.values()]).delete()
    Obligation.objects.filter(item__in=items).update(computed_at=now)
    Obligation.objects.bulk_create(new, batch_size=500)
    fields = [field.removesuffix("_id") for field in _OBLIGATION_FIELDS]
    Obligation.objects.bulk_update(changed, fields, batch_size=200)


def _differs(old: Any, new: Any, fields: Iterable[str]) -> bool:
    return any(getattr(old, field) != getattr(new, field) for field in fields)
