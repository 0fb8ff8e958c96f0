"""Answers a state of the search page: the results of its page, their number, and the filters' counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from modelsearch.query import And, SearchQuery

from search.conditions import condition
from search.counting import Counts
from search.engines.choosing import get_engine
from search.engines.questions import Question
from search.models import Entry
from search.state import SearchState
from search.synonyms import Synonyms, can_be_broadened

PER_PAGE = 20


@dataclass(frozen=True)
class Answer:
    """`counts` are by filter and by the value of its column; `words` is the query for highlighting.

    `page` is the page of the entries, from 1: the last one where a later one was asked for.
    """

    entries: list[Entry]
    total: int
    page: int
    counts: Counts
    words: str


class Asking:
    """One reader's state as a question, put to whichever engine answers."""

    def __init__(
        self,
        state: SearchState,
        day: date,
        synonyms: Synonyms | None = None,
        *,
        broad: bool = False,
    ) -> None:
        self.state = state
        self.day = day
        self.broad = broad
        self.synonyms = synonyms or (Synonyms.kept() if state.has_words else Synonyms([]))

    @property
    def words(self) -> str:
        """What to mark in results."""
        return " ".join(self.synonyms.expand(text) for text in self.state.texts)

    @cached_property
    def question(self) -> Question:
        chosen = self.state.chosen
        return Question(
            query=self._query() if self.state.has_words else None,
            texts=self.state.texts,
            chosen=chosen,
            conditions={name: condition(name, code, self.day) for name, code in chosen.items()},
            title_only=self.state.title_only,
            by_relevance=self.state.order == "relevance",
            day=self.day,
        )

    def answer(self, per_page: int = PER_PAGE) -> Answer:
        """The state's page of results with counts."""
        found = get_engine().answer(self.question, self.state.page, per_page)
        return Answer(found.entries, found.total, found.page, found.counts, self.words)

    def entries(self, start: int, stop: int) -> list[Entry]:
        """Results from place `start` to `stop`, in the state's order, with what is shown of them."""
        return get_engine().entries(self.question, start, stop)

    def broadened(self) -> Asking | None:
        """The same question for any of its words, or None where that means nothing."""
        if self.broad or not can_be_broadened(self.state.texts):
            return None
        return Asking(self.state, self.day, self.synonyms, broad=True)

    def _query(self) -> SearchQuery:
        queries = [self.synonyms.query(text, broad=self.broad) for text in self.state.texts]
        return And(queries) if queries[1:] else queries[0]
