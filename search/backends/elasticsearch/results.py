"""What Elasticsearch found, as objects of the database."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from modelsearch.backends.base import FilterFieldError
from modelsearch.backends.elasticsearch9 import Elasticsearch9SearchResults
from modelsearch.index import FilterField

# Elasticsearch's own limit of how far results can be paged by their place.
LAST_PLACE = 10_000
PAGE = 500
MOST_VALUES = 1_000


class Results(Elasticsearch9SearchResults):
    def _do_search(self) -> Iterator[Any]:
        return iter(list(self._get_results_from_hits(list(self._hits()))))

    def _hits(self) -> Iterator[dict[str, Any]]:
        if self.stop is not None and self.stop <= LAST_PLACE:
            if self.stop <= self.start:
                return iter(())
            return iter(self._page(self.stop - self.start, from_=self.start))
        return islice(self._all_hits(), self.start, self.stop)

    def _all_hits(self) -> Iterator[dict[str, Any]]:
        after: dict[str, Any] = {}
        while hits := self._page(PAGE, **after):
            yield from hits
            after = {"search_after": hits[-1]["sort"]}

    def _page(self, size: int, **place: Any) -> list[dict[str, Any]]:
        body = self._get_es_body() | {"stored_fields": "pk", "track_scores": True} | place
        response = self._backend_do_search(body, index=self._index_name(), size=size)
        return response["hits"]["hits"]

    def _index_name(self) -> str:
        return self.backend.get_index_for_model(self.query_compiler.queryset.model).name

    def facet(self, field_name: str) -> dict[Any, int]:
        """How many results have each value of a filter field, the most frequent first."""
        field = self.query_compiler._get_filterable_field(field_name)
        if field is None:
            model = self.query_compiler.queryset.model.__name__
            raise FilterFieldError(
                f'Cannot facet search results with field "{field_name}". Please add '
                f"index.FilterField('{field_name}') to {model}.search_fields.",
                field_name=field_name,
            )
        column = self.query_compiler.mapping.get_field_column_name(field)
        body = self._get_es_body(for_count=True) | {
            "aggregations": {
                "values": {"terms": {"field": column, "size": MOST_VALUES}},
                "without": {"missing": {"field": column}},
            }
        }
        found = self._backend_do_search(body, index=self._index_name(), size=0)["aggregations"]
        counts = {
            self._value(field, bucket): bucket["doc_count"] for bucket in found["values"]["buckets"]
        }
        if without := found["without"]["doc_count"]:
            counts[None] = without
        return dict(sorted(counts.items(), key=lambda item: -item[1]))

    def _value(self, field: FilterField, bucket: dict[str, Any]) -> Any:
        """The value of a bucket as the database has it."""
        kind = field.get_type(self.query_compiler.queryset.model)
        key = bucket["key"]
        if kind == "BooleanField":
            return bool(key)
        if kind in ("DateField", "DateTimeField"):
            moment = datetime.fromtimestamp(key / 1000, UTC)
            return moment.date() if kind == "DateField" else moment
        return key
