"""Tells the search server what changed: what search.outbox noted, in order, in bulk, until it has it all.

A change is told by what is true when it is told: the entry as it is now, or that there is none. So it does
no harm to tell it twice, and two workers may tell at once.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from itertools import chain
from time import monotonic, sleep

from django.db.models import F
from django.utils import timezone

from search import rebuilding
from search.engines.bulk import BATCH, put
from search.engines.documents import removing, writing
from search.engines.questions import EngineFailure
from search.engines.server import Server, get_server
from search.models import Entry, UnsentChange

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 60
#: For so many seconds the worker waits itself before it tries again; for longer it comes back.
LONGEST_WAIT = 4


def deliver(seconds: float = 50) -> int:
    """Tell what waits, for about so long; returns how many changes were told. It never fails.

    A server that fails is tried again after one second, then two, four and so on, at most a minute. When
    all is told, an index that is being built is filled further.
    """
    server = get_server()
    if server is None:
        return 0
    until = monotonic() + seconds
    told = 0
    while True:
        batch = _due()
        if not batch:
            break
        try:
            told += _tell(server, batch)
        except EngineFailure as failure:
            pause = _postpone(batch[0])
            logger.warning("The search server is %s: again in %d s", failure, pause)
            if pause > LONGEST_WAIT or monotonic() + pause > until:
                return told
            sleep(pause)
        if monotonic() > until:
            return told
    if not UnsentChange.objects.filter(refused=False).exists():
        rebuilding.go_on_unattended(server, until)
    return told


def _due() -> list[UnsentChange]:
    """The oldest changes, when the first of them is due; then those refused before that are."""
    now = timezone.now()
    batch = list(UnsentChange.objects.filter(refused=False).order_by("pk")[:BATCH])
    if batch and not _is_due(batch[0].due_at, now):
        return []
    again = UnsentChange.objects.filter(refused=True, due_at__lte=now).order_by("pk")
    return batch or list(again[:BATCH])


def _is_due(due_at: datetime | None, now: datetime) -> bool:
    return due_at is None or due_at <= now


def _postpone(change: UnsentChange) -> int:
    """Let all wait for the first; returns for how many seconds."""
    pause = min(2 ** min(change.attempts, 10), LONGEST_PAUSE)
    UnsentChange.objects.filter(pk=change.pk).update(
        attempts=F("attempts") + 1, due_at=timezone.now() + timedelta(seconds=pause)
    )
    return pause


def _tell(server: Server, batch: list[UnsentChange]) -> int:
    versions = {change.page_id: change.pk for change in batch}
    entries = Entry.get_indexed_objects().in_bulk(versions)
    gone = versions.keys() - entries.keys()
    # Looked up after the changes were read: an index that is not there yet is filled with them.
    actions = chain.from_iterable(
        chain(writing(entries.values(), name, versions), removing(gone, name, versions))
        for name in rebuilding.targets(server)
    )
    refused = put(server, actions)
    told = [change.pk for change in batch if change.page_id not in refused]
    UnsentChange.objects.filter(pk__in=told).delete()
    for change in batch:
        if change.page_id in refused:
            _set_aside(change)
    return len(told)


def _set_aside(change: UnsentChange) -> None:
    logger.error("The search server refuses the document of page %d", change.page_id)
    UnsentChange.objects.filter(pk=change.pk).update(refused=True)
    _postpone(change)
