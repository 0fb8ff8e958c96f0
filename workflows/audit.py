"""Writing the audit log.

An entry is written inside the transaction of the act that it records, so that neither is kept
without the other. It is sealed into the chain of hashes right after that transaction: a lock on
the end of the chain is then held for one moment only, never while pages are locked as well.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection, models, transaction
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import GroupCollectionPermission, GroupPagePermission, WorkflowPage

from workflows.models.audit import AuditEntry, AuditSeal, ChainHead
from workflows.models.names import display_name

BATCH = 500


class About(NamedTuple):
    """What an entry is about, where there is no instance at hand: model label, key and name."""

    kind: str
    key: str
    label: str


def record(
    action: str,
    subject: models.Model | About | None = None,
    *,
    actor: Any = None,
    details: dict[str, Any] | None = None,
    label: str = "",
    at: datetime | None = None,
) -> AuditEntry:
    """Add an entry about `subject`, shown as `label` if that is given, to the log.

    `actor` is a user; without one it is the person whom Wagtail's admin is serving, if any.
    """
    person = actor or get_active_log_context().user
    known = person is not None and person.pk is not None
    about = subject if isinstance(subject, About) else _about(subject)
    entry = AuditEntry.objects.create(
        at=at or timezone.now(),
        actor_id=person.pk if known else None,
        actor_name=storable(display_name(person) if known else "")[:150],
        action=action,
        object_type=about.kind,
        object_id=about.key[:64],
        object_label=storable(label or about.label)[:255],
        details=plain(details or {}),
    )
    _seal_after_commit(entry.pk)
    return entry


def _about(subject: models.Model | None) -> About:
    if subject is None:
        return About("", "", "")
    return About(subject._meta.label_lower, str(subject.pk or ""), _named(subject))


def _named(subject: models.Model) -> str:
    """Wagtail's rows about a place name themselves in English; `details` say which row it is."""
    match subject:
        case GroupPagePermission():
            return f"{subject.group}：{subject.page.title}"
        case GroupCollectionPermission():
            return f"{subject.group}：{subject.collection.name}"
        case WorkflowPage():
            return f"{subject.workflow}：{subject.page.title}"
    return str(subject)


def storable(text: str) -> str:
    """Text that both databases take and give back unchanged, whatever a stranger typed."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def plain(value: Any) -> Any:
    """`value` in the kinds of JSON that both databases give back unchanged; the rest as text."""
    if isinstance(value, dict):
        return {storable(str(key)): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    if value is None or isinstance(value, bool | int):
        return value
    return storable(str(value))


def entry_hash(entry: AuditEntry, sequence: int, previous_hash: str) -> str:
    """SHA-256, 64 hexadecimal digits, of an entry in canonical JSON, its place and the hash before."""
    row = {
        "sequence": sequence,
        "previous_hash": previous_hash,
        "id": entry.pk,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "actor_name": entry.actor_name,
        "action": entry.action,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "object_label": entry.object_label,
        "details": entry.details,
    }
    text = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class _Sealing:
    """Seals what one transaction wrote, all of it at once."""

    entries: list[int] = field(default_factory=list)

    def __call__(self) -> None:
        for start in range(0, len(self.entries), BATCH):
            seal(self.entries[start : start + BATCH])


def _seal_after_commit(key: int) -> None:
    # A savepoint that is undone takes its entries along, and with them a sealing asked for in it.
    for _savepoints, waiting, *_ in connection.run_on_commit:
        if isinstance(waiting, _Sealing):
            waiting.entries.append(key)
            return
    # Robust: what could not be sealed now is sealed by the nightly check.
    transaction.on_commit(_Sealing([key]), robust=True)


def seal_left_over() -> int:
    """Seal entries whose process died between commit and sealing; returns how many there were."""
    number = 0
    while keys := list(
        AuditEntry.objects.filter(seal=None).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        number += seal(keys)
    return number


@transaction.atomic
def seal(keys: Sequence[int]) -> int:
    """Put the entries of these keys at the end of the chain; returns how many were still open."""
    head, _new = ChainHead.objects.select_for_update().get_or_create(pk=1)
    seals = []
    for entry in AuditEntry.objects.filter(pk__in=keys, seal=None).order_by("pk"):
        previous, head.sequence = head.hash, head.sequence + 1
        head.hash = entry_hash(entry, head.sequence, previous)
        seals.append(
            AuditSeal(sequence=head.sequence, entry=entry, previous_hash=previous, hash=head.hash)
        )
    if seals:
        AuditSeal.objects.bulk_create(seals)
        head.save(update_fields=["sequence", "hash"])
    return len(seals)
