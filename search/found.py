"""What an engine found, as rows of the database where the engine is the database itself."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.db.models import QuerySet
from modelsearch.backends.base import BaseSearchResults

from search.backends.database import DatabaseSearchResults
from search.models import Entry

Found: TypeAlias = "BaseSearchResults | QuerySet[Entry]"


def matched_rows(found: Found) -> QuerySet[Entry] | None:
    """Everything that was found, in no order; None when an engine outside the database found it."""
    if isinstance(found, QuerySet):
        return found.order_by()
    if isinstance(found, DatabaseSearchResults):
        return found.query_compiler.matched().order_by()
    return None


def part_of(found: Found, start: int, stop: int) -> list[Entry]:
    """What was found from place `start` to `stop`, in its order, with page and organ.

    A database puts in order keys only: whole rows, with their texts, would make sorting many slow.
    """
    rows: Any = found.get_queryset() if isinstance(found, DatabaseSearchResults) else found
    if not isinstance(rows, QuerySet):
        return list(found[start:stop])
    keys = list(rows.values_list("pk", flat=True)[start:stop])
    entries = Entry.objects.select_related("page", "organ").in_bulk(keys)
    # One that was withdrawn between the two queries is left out.
    return [entries[key] for key in keys if key in entries]
