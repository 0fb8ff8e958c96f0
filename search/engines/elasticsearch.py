"""Elasticsearch as the engine of the public search.

It finds, counts and puts in order; what is shown comes from the database's entries, so that a piece which
was withdrawn a moment ago is not shown however late its document goes.
"""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import Any

from django.db.models import Q
from modelsearch.query import MATCH_ALL, PlainText

from search import outbox, ranking
from search.backends.elasticsearch.compiler import AutocompleteQueryCompiler, QueryCompiler
from search.backends.elasticsearch.mapping import ORDER
from search.counting import Counts, split_values
from search.engines.documents import column
from search.engines.questions import COLUMNS, SEVERAL, Found, Question, entries_of
from search.engines.server import Server
from search.models import Entry
from search.state import FILTERS
from search.validity import conditions as validity_conditions

Body = dict[str, Any]

# A document whose number was asked for has so many times the score of its words.
EXACT = 1e6
MOST_VALUES = 1000


class ElasticsearchEngine:
    """One search of the server for each answer; every method raises EngineFailure when it has none."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def answer(self, question: Question, page: int, per_page: int) -> Found:
        body = _searching(question) | {
            "aggregations": _counting(question),
            "track_total_hits": True,
        }
        page = max(1, page)
        found = self._page(body, page, per_page)
        total = found["hits"]["total"]["value"]
        last = max(1, ceil(total / per_page))
        if page > last:
            page, found = last, self._page(body, last, per_page)
        return Found(_entries(found), total, page, _counts(found["aggregations"]))

    def entries(self, question: Question, start: int, stop: int) -> list[Entry]:
        body = _searching(question) | {"track_total_hits": False}
        return _entries(self.server.search(**body, from_=start, size=stop - start))

    def suggestions(self, text: str, most: int) -> list[Entry]:
        query = PlainText(text, operator="and")
        compiler = AutocompleteQueryCompiler(Entry.objects.all(), query)
        body = {
            "query": _without_unsent(compiler.get_inner_query()),
            "sort": ["_score", *_newest()],
        }
        return _entries(self.server.search(**body, size=most, track_total_hits=False))

    def _page(self, body: Body, page: int, per_page: int) -> Body:
        return self.server.search(**body, from_=(page - 1) * per_page, size=per_page)


def _entries(found: Body) -> list[Entry]:
    return entries_of(int(hit["_id"]) for hit in found["hits"]["hits"])


def _searching(question: Question) -> Body:
    words: Body = {"match_all": {}}
    if question.query is not None:
        fields = ["title"] if question.title_only else None
        words = QueryCompiler(Entry.objects.all(), question.query, fields=fields).get_inner_query()
        if question.by_relevance:
            words = _weighed(words, question)
    body: Body = {
        "query": _without_unsent(words),
        "sort": ["_score", *_newest()] if question.by_relevance else _newest(),
    }
    if question.conditions:
        # After the counting: a filter does not count itself.
        body["post_filter"] = _all([_filter(each) for each in question.conditions.values()])
    return body


def _without_unsent(query: Body) -> Body:
    """What waits to be written may have been withdrawn: until then it is not in the index for readers."""
    unsent = outbox.unsent_pages()
    return {"bool": {"must": [query], "must_not": [{"terms": {"pk": list(map(str, unsent))}}]}}


def _weighed(words: Body, question: Question) -> Body:
    """The score of the words, multiplied as search.ranking says."""
    exact = ranking.exact_match(question.texts)
    factors = ranking.factors(question.day)
    if exact is not None:
        factors.append([(exact, EXACT)])
    for factor in factors:
        words = {
            "function_score": {
                "query": words,
                "functions": [
                    {"filter": _filter(condition), "weight": worth} for condition, worth in factor
                ],
                "score_mode": "first",
                "boost_mode": "multiply",
            }
        }
    return words


def _newest() -> list[Body]:
    published = {"order": "desc", "missing": "_last"}
    return [{column("published_at"): published}, {ORDER: "desc"}]


def _counting(question: Question) -> Body:
    counting = {}
    for name in FILTERS:
        others = [each for key, each in question.conditions.items() if key != name]
        counting[name] = {
            "filter": _all([_filter(each) for each in others]),
            "aggregations": {"values": _values(name, question)},
        }
    return counting


def _values(name: str, question: Question) -> Body:
    if name == "validity":
        standing = validity_conditions(question.day)
        return {"filters": {"filters": {str(key): _filter(each) for key, each in standing.items()}}}
    return {"terms": {"field": column(COLUMNS[name]), "size": MOST_VALUES}}


def _counts(aggregations: Body) -> Counts:
    return {name: _values_of(name, aggregations[name]["values"]["buckets"]) for name in FILTERS}


def _values_of(name: str, buckets: Any) -> Counter[str]:
    if isinstance(buckets, dict):
        return Counter({key: each["doc_count"] for key, each in buckets.items()})
    counts = Counter({str(each["key"]): each["doc_count"] for each in buckets})
    return split_values(counts) if name in SEVERAL else counts


def _filter(condition: Q) -> Body:
    """A condition on entries as a filter of the server's; raises FilterError where it has none."""
    compiler = QueryCompiler(Entry.objects.filter(condition), MATCH_ALL)
    found: Body = compiler._get_filters_from_queryset()
    return found


def _all(filters: list[Body]) -> Body:
    return {"bool": {"filter": filters}}
