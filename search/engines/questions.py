"""What every engine is asked and answers, whichever it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Q
from modelsearch.query import SearchQuery

from search.counting import Counts
from search.models import Entry

#: The column that each filter counts by; validity is made of an entry's dates.
COLUMNS = {
    "kind": "kind",
    "domain": "domain_id",
    "organ": "organ_id",
    "stage": "stage",
    "year": "year",
    "channel": "channels",
    "level": "levels",
    "validity": "validity",
}
#: Columns that hold several codes, with commas between.
SEVERAL = ("channel", "level")


@dataclass(frozen=True)
class Question:
    """One question of a reader.

    `query` is None where there are no words; `texts` is what was typed, for the numbers in it;
    `chosen` are codes and `conditions` what they mean of entries, both by filter (search.state.FILTERS).
    """

    query: SearchQuery | None
    texts: tuple[str, ...]
    chosen: Mapping[str, str]
    conditions: Mapping[str, Q]
    title_only: bool
    by_relevance: bool
    day: date


@dataclass(frozen=True)
class Found:
    """One page of what was found.

    `page` is from 1, the last one where a later one was asked for. `counts` say for each filter what its
    values would leave: all filters count, but not the filter itself.
    """

    entries: list[Entry]
    total: int
    page: int
    counts: Counts


class EngineFailure(Exception):
    """The search server did not answer in time, not all, or not at all; the message is a reason in a word."""


class Engine(Protocol):
    """Every entry that comes back is one of the database, public now, with its page and organ."""

    def answer(self, question: Question, page: int, per_page: int) -> Found:
        """A page of results with counts; queries do not grow with what is found."""

    def entries(self, question: Question, start: int, stop: int) -> list[Entry]:
        """Results from place `start` to `stop`, in the question's order."""

    def suggestions(self, text: str, most: int) -> list[Entry]:
        """At most `most` entries whose title goes on as typed, also by pinyin initials."""


def entries_of(keys: Iterable[int]) -> list[Entry]:
    """The entries of these pages in this order, with page and organ; what is public no more is left out."""
    keys = list(keys)
    found = Entry.objects.select_related("page", "organ").in_bulk(keys)
    return [found[key] for key in keys if key in found]
