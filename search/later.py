"""Work that may wait for the commit, done once for everything a transaction changed."""

from __future__ import annotations

import threading

from django.db import transaction

from search import entries


class _Waiting(threading.local):
    def __init__(self) -> None:
        self.pages: set[int] = set()


_waiting = _Waiting()


def sync_page_later(pk: int) -> None:
    """For a catalogue page, which is made by the system and never holds a draft."""
    _waiting.pages.add(pk)
    transaction.on_commit(_sync, robust=True)


def no_longer_wait_for(ids: set[int]) -> None:
    """These pages were brought in step within the transaction."""
    _waiting.pages -= ids


def _sync() -> None:
    # The first call does the work of all; ids left by a transaction that was rolled back do no harm.
    pages, _waiting.pages = _waiting.pages, set()
    for batch in entries.batches(sorted(pages)):
        entries.sync_pages(batch)
