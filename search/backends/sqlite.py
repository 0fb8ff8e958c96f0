"""Wagtail's search in SQLite's FTS5, for Chinese text."""

from collections.abc import Sequence as Items
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, F, FloatField, Func, IntegerField, Lookup, TextField
from django.db.models.functions import Cast
from django.db.models.query import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from modelsearch.backends.database.sqlite.sqlite import SQLiteIndex, SQLiteSearchBackend
from modelsearch.query import SearchQuery

from search import weights
from search.backends.database import (
    ConstantCostIndex,
    ConstantCostRebuilder,
    DatabaseQueryCompiler,
    DatabaseSearchResults,
    EmptyQueriesMixin,
)
from search.backends.documents import Document, FieldText
from search.backends.matching import Match
from search.backends.suggestions import suggestion_tokens
from search.streams import token_texts
from search.terms import Sequence

FULL_TEXT = "index_entries__sqliteftsindexentry__title"


class SQLiteWriter:
    """FTS5 expressions. Tokens have only letters and digits, and quotes make operators words."""

    def sequence(self, sequence: Sequence) -> str:
        words = " ".join(sequence.tokens)
        return f'"{words}"*' if sequence.prefix else f'"{words}"'

    def all_of(self, expressions: list[str]) -> str:
        return "(" + " AND ".join(expressions) + ")"

    def any_of(self, expressions: list[str]) -> str:
        return "(" + " OR ".join(expressions) + ")"

    def but_not(self, expression: str, unwanted: str) -> str:
        return f"({expression} NOT {unwanted})"


def _table(expression: Any, compiler: SQLCompiler) -> str:
    """The FTS5 table in this query as FTS5 wants it: the hidden column that has the table's name."""
    name = compiler.quote_name_unless_alias
    return f"{name(expression.alias)}.{name(expression.target.model._meta.db_table)}"


@TextField.register_lookup
class FullTextMatch(Lookup):
    """Rows of an FTS5 table that match a whole FTS5 query, which names its columns itself."""

    lookup_name = "fts5"

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        return f"{_table(self.lhs, compiler)} MATCH %s", (self.rhs,)


class BM25(Func):
    """The BM25 score of the current row, greater for better.

    FTS5 counts with its own totals of the index: they are kept at every write at no cost by size.
    """

    output_field = FloatField()

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, list[Any]]:
        table = _table(self.source_expressions[0], compiler)
        # Weights in the order of the table's columns: autocomplete, body, title.
        return f"-bm25({table}, %s, %s, %s)", [weights.BODY, weights.BODY, weights.TITLE]


class SQLiteQueryCompiler(DatabaseQueryCompiler):
    writer = SQLiteWriter()

    def columns(self) -> Items[str]:
        if self.fields is None:
            return ("title", "body")
        return sorted({"title" if name == "title" else "body" for name in self.fields})

    def matching(self, queryset: QuerySet[Any], match: Match) -> QuerySet[Any]:
        conditions: dict[str, Any] = {
            f"{FULL_TEXT}__fts5": f"{{{' '.join(self.columns())}}} : ({match.expression})"
        }
        key = queryset.model._meta.pk
        while key.is_relation:
            key = key.target_field
        if isinstance(key, IntegerField):
            # An entry keeps its object's key as text. Led back to a number it finds the row by the
            # primary key; the relation's own condition would read the whole table.
            conditions["pk"] = Cast(F("index_entries__object_id"), BigIntegerField())
        return queryset.filter(**conditions)

    def rank(self, query: SearchQuery) -> BM25:
        return BM25(F(FULL_TEXT))


class SQLiteAutocompleteQueryCompiler(SQLiteQueryCompiler):
    unfinished = True

    def columns(self) -> Items[str]:
        return ("autocomplete",)


class SegmentedSQLiteIndex(ConstantCostIndex, SQLiteIndex):
    def entry_values(self, document: Document) -> dict[str, Any]:
        return {
            "title": _joined(document.title),
            "body": _joined(document.body),
            "autocomplete": suggestion_tokens(document.autocomplete),
        }


def _joined(texts: list[FieldText]) -> str:
    return " ".join(token_texts(text.text) for text in texts)


class SegmentedSQLiteSearchBackend(EmptyQueriesMixin, SQLiteSearchBackend):
    """Boosts of fields and queries are not known to FTS5: all that counts is title or text."""

    query_compiler_class = SQLiteQueryCompiler
    autocomplete_query_compiler_class = SQLiteAutocompleteQueryCompiler
    index_class = SegmentedSQLiteIndex
    results_class = DatabaseSearchResults
    rebuilder_class = ConstantCostRebuilder
    atomic_rebuilder_class = ConstantCostRebuilder


SearchBackend = SegmentedSQLiteSearchBackend
