"""Answers a state of the search page: the results of its page, their number, and the filters' counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from django.db.models import FloatField, Q, QuerySet, Value
from modelsearch.query import And, SearchQuery
from wagtail.search.backends import get_search_backend

from search.conditions import condition
from search.counting import Counts, count_values, split_values
from search.found import matched_rows, part_of
from search.models import Entry
from search.ranking import SCORE, by_date, by_relevance
from search.state import FILTERS, SearchState
from search.synonyms import Synonyms, can_be_broadened
from search.validity import conditions as validity_conditions
from search.validity import validity_case

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
    """One reader's question, put to the engine as often as its answer needs it."""

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
        self._conditions = {name: condition(name, code, day) for name, code in state.chosen.items()}

    @property
    def words(self) -> str:
        """What to mark in results."""
        return " ".join(self.synonyms.expand(text) for text in self.state.texts)

    def answer(self, per_page: int = PER_PAGE) -> Answer:
        """The state's page of results with counts; queries do not grow with what is found."""
        counts = self.counts()
        total = self.total(counts)
        page = max(1, min(self.state.page, ceil(total / per_page)))
        entries = self.entries((page - 1) * per_page, page * per_page) if total else []
        return Answer(entries, total, page, counts, self.words)

    def broadened(self) -> Asking | None:
        """The same question for any of its words, or None where that means nothing."""
        if self.broad or not can_be_broadened(self.state.texts):
            return None
        return Asking(self.state, self.day, self.synonyms, broad=True)

    def entries(self, start: int, stop: int) -> list[Entry]:
        """Results from place `start` to `stop`, in the state's order, with what is shown of them."""
        return part_of(self._found(ordered=True), start, stop)

    def total(self, counts: Counts) -> int:
        """How many results there are; free of cost where nothing is filtered by kind."""
        if "kind" not in self.state.chosen:
            return counts["kind"].total()
        return counts["kind"][self.state.chosen["kind"]]

    def counts(self) -> Counts:
        """For each filter what its values would leave: all filters count, but not the filter itself."""
        counts = self._counted(FILTERS)
        for name in self.state.chosen:
            counts |= self._counted([name], but=name)
        return counts

    def _counted(self, names: Sequence[str], but: str = "") -> Counts:
        results = self._found(but=but)
        rows = matched_rows(results)
        if rows is None:
            return {name: self._facet(results, name) for name in names}
        rows = rows.annotate(validity=validity_case(self.day))
        columns = [COLUMNS[name] for name in names]
        found = count_values(rows, columns)
        return {name: _single(name, found[COLUMNS[name]]) for name in names}

    def _facet(self, results: Any, name: str) -> Counter[str]:
        if name == "validity":
            return Counter(
                {
                    str(validity): self._found(but=name, where=where).count()
                    for validity, where in validity_conditions(self.day).items()
                }
            )
        found = {
            "" if value is None else str(value): number
            for value, number in results.facet(COLUMNS[name]).items()
        }
        return _single(name, Counter(found))

    def _found(self, *, ordered: bool = False, but: str = "", where: Q | None = None) -> Any:
        """What the engine finds under all filters but one: a queryset, or results like one."""
        rows: QuerySet[Entry] = Entry.objects.all()
        for name, its_condition in self._conditions.items():
            if name != but:
                rows = rows.filter(its_condition)
        if where is not None:
            rows = rows.filter(where)
        if not self.state.has_words:
            return rows.order_by(*by_date()) if ordered else rows
        queries = [self.synonyms.query(text, broad=self.broad) for text in self.state.texts]
        query = And(queries) if queries[1:] else queries[0]
        return self._ordered(rows, query) if ordered else self._searched(rows, query)

    def _ordered(self, rows: QuerySet[Entry], query: SearchQuery) -> Any:
        by_relevance_asked = self.state.order == "relevance"
        if not get_search_backend().query_compiler_class.HANDLES_ORDER_BY_EXPRESSIONS:
            # An engine outside the database: it has its own scores and orders by fields only.
            rows = rows.select_related("page", "organ").order_by("-published_at")
            return self._searched(rows, query, order_by_relevance=by_relevance_asked)
        if not by_relevance_asked:
            return self._searched(rows.order_by(*by_date()), query)
        # The engine puts its score in the place of this one.
        rows = rows.annotate(**{SCORE: Value(0.0, FloatField())})
        rows = rows.order_by(*by_relevance(self.state.texts, self.day))
        return self._searched(rows, query).annotate_score(SCORE)

    def _searched(
        self, rows: QuerySet[Entry], query: SearchQuery, *, order_by_relevance: bool = False
    ) -> Any:
        return get_search_backend().search(
            query,
            rows,
            fields=["title"] if self.state.title_only else None,
            order_by_relevance=order_by_relevance,
        )


def _single(name: str, counts: Counter[str]) -> Counter[str]:
    return split_values(counts) if name in ("channel", "level") else counts
