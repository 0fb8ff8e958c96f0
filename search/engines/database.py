"""The site's own database as the engine of the public search: SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from django.db.models import FloatField, QuerySet, Value
from wagtail.search.backends import get_search_backend

from search.backends.database import DatabaseSearchResults
from search.counting import Counts, count_values, split_values
from search.engines.questions import COLUMNS, SEVERAL, Found, Question, entries_of
from search.models import Entry
from search.ranking import SCORE, by_date, by_relevance
from search.state import FILTERS
from search.validity import validity_case


class DatabaseEngine:
    """Wagtail's default search backend, which must be one of search.backends' two in the database."""

    def answer(self, question: Question, page: int, per_page: int) -> Found:
        counts = self._counts(question)
        kind = question.chosen.get("kind")
        total = counts["kind"].total() if kind is None else counts["kind"][kind]
        page = max(1, min(page, ceil(total / per_page)))
        entries = self.entries(question, (page - 1) * per_page, page * per_page) if total else []
        return Found(entries, total, page, counts)

    def entries(self, question: Question, start: int, stop: int) -> list[Entry]:
        found = self._ordered(question)
        # Only keys are put in order: whole rows, with their texts, would make sorting many slow.
        return entries_of(found.values_list("pk", flat=True)[start:stop])

    def suggestions(self, text: str, most: int) -> list[Entry]:
        rows = Entry.objects.select_related("page")
        return list(get_search_backend().autocomplete(text, rows)[:most])

    def _counts(self, question: Question) -> Counts:
        counts = self._counted(question, FILTERS)
        for name in question.chosen:
            counts |= self._counted(question, [name], but=name)
        return counts

    def _counted(self, question: Question, names: Sequence[str], but: str = "") -> Counts:
        rows = _filtered(question, but)
        if question.query is not None:
            rows = _searched(question, rows).query_compiler.matched()
        rows = rows.order_by().annotate(validity=validity_case(question.day))
        columns = {name: COLUMNS[name] for name in names}
        found = count_values(rows, list(columns.values()))
        return {
            name: split_values(found[column]) if name in SEVERAL else found[column]
            for name, column in columns.items()
        }

    def _ordered(self, question: Question) -> QuerySet[Entry]:
        rows = _filtered(question)
        if question.query is None:
            return rows.order_by(*by_date())
        if not question.by_relevance:
            return _searched(question, rows.order_by(*by_date())).get_queryset()
        # The engine puts its score in the place of this one.
        rows = rows.annotate(**{SCORE: Value(0.0, FloatField())})
        rows = rows.order_by(*by_relevance(question.texts, question.day))
        return _searched(question, rows).annotate_score(SCORE).get_queryset()


def _filtered(question: Question, but: str = "") -> QuerySet[Entry]:
    rows = Entry.objects.all()
    for name, condition in question.conditions.items():
        if name != but:
            rows = rows.filter(condition)
    return rows


def _searched(question: Question, rows: QuerySet[Entry]) -> DatabaseSearchResults:
    found: DatabaseSearchResults = get_search_backend().search(
        question.query,
        rows,
        fields=["title"] if question.title_only else None,
        order_by_relevance=False,
    )
    return found
