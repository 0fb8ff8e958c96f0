"""The engines' side of entries: written and removed with the rows, many at a time."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import prefetch_related_objects
from wagtail.search.backends import get_search_backends

from search import outbox
from search.models import Entry


def write(entries: Sequence[Entry]) -> None:
    """Put entries, whose rows are written, in the index of every engine.

    On a database engine that is done within the running transaction; the search server is told after it.
    """
    if entries:
        prefetch_related_objects(entries, "attached__content")
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(Entry, entries)
        outbox.note(entry.pk for entry in entries)


def remove(entries: Sequence[Entry]) -> None:
    """Take entries out of every index; must come before their rows are deleted."""
    for backend in get_search_backends(with_auto_update=True):
        for entry in entries:
            backend.delete(entry)
