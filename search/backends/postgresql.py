"""Wagtail's search in PostgreSQL's text search, for Chinese text.

Vectors and queries are written out here and never parsed by PostgreSQL's own parser and
dictionaries, which would take them apart again. `body` holds the whole text, its title under the
label A, so that one index answers a query whose words are partly in the title.
"""

from functools import reduce
from operator import add
from typing import Any

from django.contrib.postgres.search import SearchQuery as TextSearchQuery
from django.contrib.postgres.search import SearchRank, SearchVectorField
from django.db.models import (
    BigIntegerField,
    Case,
    Expression,
    F,
    FloatField,
    IntegerField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.db.models.query import QuerySet
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
    PostgresSearchResults,
)
from modelsearch.query import And, Boost, Fuzzy, Not, Or, Phrase, PlainText, SearchQuery

from search import weights
from search.backends.database import (
    ConstantCostIndex,
    ConstantCostRebuilder,
    DatabaseQueryCompiler,
    DatabaseSearchResults,
    EmptyQueriesMixin,
)
from search.backends.documents import Document, FieldText
from search.backends.matching import Match, match_of
from search.backends.suggestions import suggestion_words
from search.backends.vectors import Vector
from search.streams import SENTENCE_END, word_token
from search.terms import Sequence, Term, parse_phrase, parse_terms

TEXT_LABELS = "BCD"


class PostgreSQLWriter:
    """Expressions of the type tsquery. Tokens have only letters and digits; quotes keep them whole."""

    def __init__(self, labels: str = "") -> None:
        self.labels = labels

    def sequence(self, sequence: Sequence) -> str:
        tokens = list(sequence.tokens)
        written: list[str] = []
        distance = 1
        for place, token in enumerate(tokens):
            if token == SENTENCE_END:
                distance += 1
                continue
            if written:
                written.append(f"<{distance}>")
            distance = 1
            prefix = "*" if sequence.prefix and place == len(tokens) - 1 else ""
            suffix = f":{prefix}{self.labels}" if prefix or self.labels else ""
            written.append(f"'{token}'{suffix}")
        return "(" + " ".join(written) + ")"

    def all_of(self, expressions: list[str]) -> str:
        return "(" + " & ".join(expressions) + ")"

    def any_of(self, expressions: list[str]) -> str:
        return "(" + " | ".join(expressions) + ")"

    def but_not(self, expression: str, unwanted: str) -> str:
        return f"({expression} & !{unwanted})"


def ranked_sequences(query: SearchQuery) -> list[Sequence]:
    """Everything that a query wants, for ranking; nothing where it says itself what counts how much."""
    if isinstance(query, PlainText):
        return [each for term in parse_terms(query.query_string) for each in _ranked(term)]
    if isinstance(query, Phrase):
        term = parse_phrase(query.query_string)
        if term is None:
            return []
        words = [Sequence((word_token(part),)) for part in term.parts if len(part) > 1]
        return [*_ranked(term), *words]
    if isinstance(query, And | Or):
        wanted = [part for part in query.subqueries if not isinstance(part, Not)]
        found = [ranked_sequences(part) for part in wanted]
        return [each for part in found for each in part] if all(found) else []
    return []


def _ranked(term: Term) -> list[Sequence]:
    """What a term counts by: of a word its first pair, so that long words count no more than short ones."""
    if len(term.parts) > 1:
        return list(term.alternatives)
    return [
        Sequence(each.tokens[:1], each.prefix and len(each.tokens) == 1)
        for each in term.alternatives
    ]


class WrittenQuery(TextSearchQuery):
    """A tsquery as it stands, past the parser."""

    def __init__(self, expression: str) -> None:
        super().__init__(Value(expression), search_type="raw")
        self.written = expression

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s::tsquery", [self.written]


class PostgreSQLQueryCompiler(DatabaseQueryCompiler, PostgresSearchQueryCompiler):
    @property
    def writer(self) -> PostgreSQLWriter:  # type: ignore[override]
        is_text_only = self.fields is not None and "title" not in self.fields
        return PostgreSQLWriter(TEXT_LABELS if is_text_only else "")

    @property
    def vector(self) -> str:
        return "title" if self.fields is not None and set(self.fields) == {"title"} else "body"

    def matching(self, queryset: QuerySet[Any], match: Match) -> QuerySet[Any]:
        conditions: dict[str, Any] = {
            f"index_entries__{self.vector}": WrittenQuery(match.expression)
        }
        key = queryset.model._meta.pk
        while key.is_relation:
            key = key.target_field
        if isinstance(key, IntegerField):
            # An entry keeps its object's key as text. Led back to a number it finds the row by the
            # primary key. Entries of models with other keys are in the table too: only digits are cast.
            conditions["pk"] = Case(
                When(
                    index_entries__object_id__regex=r"^[0-9]+$",
                    then=Cast(F("index_entries__object_id"), BigIntegerField()),
                )
            )
        return queryset.filter(**conditions)

    def rank(self, query: SearchQuery) -> Expression:
        if not self.unfinished and (sequences := ranked_sequences(query)):
            # Every token by itself: PostgreSQL ranks a phrase the lower the longer it is, and reads
            # the vector again for every part of a sum.
            tokens = dict.fromkeys(
                (token, each.prefix and token == each.tokens[-1])
                for each in sequences
                for token in each.tokens
                if token != SENTENCE_END
            )
            written = [self.writer.sequence(Sequence((token,), last)) for token, last in tokens]
            return self._ranked(self.writer.any_of(written))
        if isinstance(query, Boost):
            return self.rank(query.subquery) * Value(float(query.boost))
        if isinstance(query, And | Or):
            parts = [self.rank(part) for part in query.subqueries if not isinstance(part, Not)]
            return reduce(add, parts) if parts else Value(0.0, FloatField())
        match = match_of(query, self.writer, unfinished=self.unfinished)
        if match.negated or not match.expression:
            return Value(0.0, FloatField())
        return self._ranked(match.expression)

    def _ranked(self, expression: str) -> Expression:
        return SearchRank(
            F(f"index_entries__{self.vector}"),
            WrittenQuery(expression),
            weights=weights.POSTGRESQL_LABELS,
            # Divided by the logarithm of the length: a long text is not better for being long.
            normalization=Value(1),
        )


class PostgreSQLAutocompleteQueryCompiler(PostgreSQLQueryCompiler):
    unfinished = True
    TARGET_SEARCH_FIELD_TYPE = PostgresAutocompleteQueryCompiler.TARGET_SEARCH_FIELD_TYPE

    @property
    def writer(self) -> PostgreSQLWriter:  # type: ignore[override]
        return PostgreSQLWriter()

    @property
    def vector(self) -> str:
        return "autocomplete"

    def get_search_fields_for_model(self) -> list[Any]:
        return self.queryset.model.get_autocomplete_search_fields()


class PostgreSQLSearchResults(DatabaseSearchResults, PostgresSearchResults):
    """As in SQLite; a search by similar spelling is left to Wagtail's own backend."""

    def get_queryset(self) -> QuerySet[Any]:
        if isinstance(self.query_compiler.query, Fuzzy):
            return PostgresSearchResults.get_queryset(self)
        return super().get_queryset()

    def _do_search(self) -> list[Any]:
        return PostgresSearchResults._do_search(self)

    def _do_count(self) -> int:
        if isinstance(self.query_compiler.query, Fuzzy):
            return PostgresSearchResults._do_count(self)
        return super()._do_count()


class SegmentedPostgreSQLIndex(ConstantCostIndex, PostgresIndex):
    def entry_values(self, document: Document) -> dict[str, Any]:
        title, body, autocomplete = Vector(), Vector(), Vector()
        for text in document.title:
            title.add_text(text.text, weights.TITLE_LABEL)
            body.add_text(text.text, weights.TITLE_LABEL)
        for text in document.body:
            body.add_text(text.text, weights.label_of(text.boost))
        autocomplete.add_words(suggestion_words(document.autocomplete))
        return {
            "title": _as_vector(title),
            "body": _as_vector(body),
            "autocomplete": _as_vector(autocomplete),
            "title_text": _plain(document.title),
            "body_text": _plain(document.body),
        }


def _as_vector(vector: Vector) -> Cast:
    return Cast(Value(vector.literal()), SearchVectorField())


def _plain(texts: list[FieldText]) -> str:
    """The text itself, for Wagtail's search by similar spelling; PostgreSQL stores no null characters."""
    return " ".join(text.text for text in texts).replace("\0", "")


class SegmentedPostgreSQLSearchBackend(EmptyQueriesMixin, PostgresSearchBackend):
    query_compiler_class = PostgreSQLQueryCompiler
    autocomplete_query_compiler_class = PostgreSQLAutocompleteQueryCompiler
    index_class = SegmentedPostgreSQLIndex
    results_class = PostgreSQLSearchResults
    rebuilder_class = ConstantCostRebuilder
    atomic_rebuilder_class = ConstantCostRebuilder


SearchBackend = SegmentedPostgreSQLSearchBackend
