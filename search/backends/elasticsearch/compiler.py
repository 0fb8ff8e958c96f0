"""Searches as Elasticsearch queries."""

from collections.abc import Iterable
from typing import Any

from modelsearch.backends.elasticsearch9 import (
    Elasticsearch9SearchQueryCompiler,
)
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from search.backends.elasticsearch.mapping import (
    NUMBERS,
    ORDER,
    SUGGEST,
    TEXT_FIELDS,
    TITLE_FIELD,
    Mapping,
    text_field,
)
from search.terms import Sequence, Term, parse_phrase, parse_terms
from search.weights import LABELS

Query = dict[str, Any]

NOTHING: Query = {"match_none": {}}
# As many words may begin with the last character of a phrase.
MOST_EXPANSIONS = 1000


class QueryCompiler(Elasticsearch9SearchQueryCompiler):
    """A search on particular fields knows the title from the other texts, but not those from each other."""

    mapping_class = Mapping
    DEFAULT_OPERATOR = "and"
    unfinished = False

    def _remap_fields(self, fields: Iterable[str] | None) -> list[str]:
        """The text fields of the index in which to search."""
        if fields is None:
            return TEXT_FIELDS
        names = {name == "title" for name in fields}
        return [field for field in TEXT_FIELDS if (field == TITLE_FIELD) in names]

    def get_inner_query(self) -> Query:
        return self.written(self.query)

    def written(self, query: SearchQuery) -> Query:
        if isinstance(query, MatchAll):
            return {"match_all": {}}
        if isinstance(query, PlainText):
            terms = parse_terms(query.query_string, unfinished=self.unfinished)
            found = [self.term(term) for term in terms]
            return _joined(found, all_of=query.operator == "and") if found else NOTHING
        if isinstance(query, Phrase):
            phrase = parse_phrase(query.query_string)
            return self.term(phrase) if phrase else NOTHING
        if isinstance(query, Boost):
            return {"bool": {"must": [self.written(query.subquery)], "boost": query.boost}}
        if isinstance(query, Not):
            return {"bool": {"must_not": [self.written(query.subquery)]}}
        if isinstance(query, And | Or):
            found = [self.written(part) for part in query.subqueries]
            return _joined(found, all_of=isinstance(query, And))
        raise NotImplementedError(
            f"{type(query).__name__} queries are not supported by this engine."
        )

    def term(self, term: Term) -> Query:
        """A term is found in any of the fields, by any of its alternatives; each that is found counts."""
        found = [
            _sequence(field, alternative)
            for field in self.remapped_fields
            for alternative in term.alternatives
        ]
        if term.number and self.fields is None:
            found.append({"term": {NUMBERS: {"value": term.number, "boost": _boost(TITLE_FIELD)}}})
        return _joined(found, all_of=False)

    def get_content_type_filter(self) -> Query:
        return {"term": {"_django_content_type": self.mapping.get_content_type()}}

    def get_sort(self) -> list[Any]:
        """By relevance or as the queryset says; newer objects first among equals."""
        last = [{ORDER: {"order": "desc", "missing": "_last"}}, {"pk": "desc"}]
        if self.order_by_relevance:
            return ["_score", *last]
        if not self.queryset.ordered:
            return last
        return [
            *(
                {self.mapping.get_field_column_name(field): "desc" if reverse else "asc"}
                for reverse, field in self._get_order_by()
            ),
            *last,
        ]


class AutocompleteQueryCompiler(QueryCompiler):
    unfinished = True

    def _remap_fields(self, fields: Iterable[str] | None) -> list[str]:
        return [SUGGEST]


def _joined(queries: list[Query], *, all_of: bool) -> Query:
    if len(queries) == 1:
        return queries[0]
    if all_of:
        return {"bool": {"must": queries}}
    return {"bool": {"should": queries, "minimum_should_match": 1}}


def _boost(field: str) -> float:
    return {text_field(label): weight for label, weight in LABELS.items()}.get(field, 1.0)


def _sequence(field: str, sequence: Sequence) -> Query:
    text = " ".join(sequence.tokens)
    # A phrase counts with the sum of its tokens: a long word is not to count more for having more.
    boost = _boost(field) / len(sequence.tokens)
    if len(sequence.tokens) == 1:
        kind = "prefix" if sequence.prefix else "term"
        return {kind: {field: {"value": text, "boost": boost}}}
    if sequence.prefix:
        options = {"query": text, "boost": boost, "max_expansions": MOST_EXPANSIONS}
        return {"match_phrase_prefix": {field: options}}
    return {"match_phrase": {field: {"query": text, "boost": boost}}}
