"""Whether the audit log is as it was written."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from workflows.alarms import report
from workflows.audit import entry_hash, seal_left_over
from workflows.models import AlarmKind, AuditSeal, ChainHead

logger = logging.getLogger("workflows.audit")
CHUNK = 2000


@dataclass(frozen=True)
class Chain:
    """What verifying found: `rows` in order from the first, the hash of the last of them, and
    why the row after them is broken (a sentence), or None when all of the chain is whole."""

    rows: int
    last_hash: str
    broken: str | None = None


def verify_chain(
    checkpoint: tuple[int, str] | None = None, progress: Callable[[int], None] | None = None
) -> Chain:
    """Recompute every hash, from the first row to the last, and stop at the first broken one.

    `checkpoint` is a sequence number and its hash as noted earlier outside of this database; a
    chain that was rewritten as a whole agrees with itself, but not with it. `progress` is told
    the number of rows every 2,000.
    """
    seal_left_over()
    rows, previous = 0, ""
    seals = AuditSeal.objects.select_related("entry").order_by("sequence")
    for seal in seals.iterator(CHUNK):
        why = _broken(seal, rows + 1, previous, checkpoint)
        if why:
            return Chain(rows, previous, why)
        rows, previous = seal.sequence, seal.hash
        if progress is not None and rows % CHUNK == 0:
            progress(rows)
    return Chain(rows, previous, _cut_short(rows, previous, checkpoint))


def _broken(
    seal: AuditSeal, expected: int, previous: str, checkpoint: tuple[int, str] | None
) -> str | None:
    if seal.sequence != expected:
        return _("Row %(number)s is missing.") % {"number": expected}
    number = {"number": expected, "id": seal.entry_id}
    if seal.previous_hash != previous:
        return _("Row %(number)s (entry %(id)s) does not follow the row before it.") % number
    if seal.hash != entry_hash(seal.entry, seal.sequence, previous):
        return _("Row %(number)s (entry %(id)s) is not as it was written.") % number
    if checkpoint is not None and checkpoint[0] == expected and checkpoint[1] != seal.hash:
        return _("Row %(number)s (entry %(id)s) differs from the noted checkpoint.") % number
    return None


def _cut_short(rows: int, last: str, checkpoint: tuple[int, str] | None) -> str | None:
    head = ChainHead.objects.filter(pk=1).first() or ChainHead()
    wanted = max(head.sequence, checkpoint[0] if checkpoint else 0)
    if wanted > rows:
        return _("Row %(number)s is missing.") % {"number": rows + 1}
    if head.sequence < rows or head.hash != last:
        return _("The end of the chain is not the one noted at the last sealing.")
    return None


def alarm_on_broken_chain() -> str:
    """Nightly, by the worker. Returns the checkpoint SEQUENCE:HASH, or why the chain is broken."""
    chain = verify_chain()
    report(AlarmKind.AUDIT_LOG, {str(chain.rows + 1): chain.broken} if chain.broken else {})
    if chain.broken:
        logger.error("Audit log: %s", chain.broken)
        return chain.broken
    return f"{chain.rows}:{chain.last_hash}"
