"""Notes what the search server must be told, in the transaction that changes it, and wakes the worker."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from search.engines.questions import EngineFailure
from search.engines.server import get_server
from search.models import UnsentChange

#: With more changes unsent than this, or one unsent for so long, the database knows better.
MOST_UNSENT = 500
LONGEST_UNSENT = timedelta(seconds=20)


class _Waiting(threading.local):
    any = False
    writes_unnoted = False


_waiting = _Waiting()


def note(pages: Iterable[int], *, removed: bool = False) -> None:
    """The entries of these pages were written or `removed`. To be called after it was done.

    The row of the entry is then locked, so that the notes on one page are numbered in the order in which
    they become true.
    """
    if get_server() is None or (_waiting.writes_unnoted and not removed):
        return
    UnsentChange.objects.bulk_create(UnsentChange(page_id=page) for page in pages)
    _waiting.any = True
    transaction.on_commit(_wake, robust=True)


@contextmanager
def writes_unnoted() -> Iterator[None]:
    """For this thread, when the whole index is built afterwards; what is removed is noted all the same."""
    _waiting.writes_unnoted = True
    try:
        yield
    finally:
        _waiting.writes_unnoted = False


def unsent_pages() -> set[int]:
    """Pages of which the index does not know the latest; one query.

    Raises EngineFailure when they are too many, or have been for too long.
    """
    rows = UnsentChange.objects.order_by("pk").values_list("page_id", "created_at")
    unsent = list(rows[: MOST_UNSENT + 1])
    if len(unsent) > MOST_UNSENT or (unsent and unsent[0][1] < timezone.now() - LONGEST_UNSENT):
        raise EngineFailure("behind")
    return {page for page, _created in unsent}


def _wake() -> None:
    # One call for all that a transaction noted; the worker comes by every minute without it.
    if _waiting.any:
        _waiting.any = False
        async_task("search.delivering.deliver", task_name="search-deliver")
