"""What the two database engines share: an index entry per object, and answers by one SQL query."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, Expression, F, Model, QuerySet
from modelsearch.backends.base import (
    BaseSearchQueryCompiler,
    BaseSearchResults,
    EmptySearchResults,
    FilterFieldError,
)
from modelsearch.conf import get_app_config
from modelsearch.query import SearchQuery

from search.backends.documents import Document, document_of
from search.backends.matching import EVERYTHING, NOTHING, Match, Writer, match_of

IndexEntry = get_app_config().get_model("IndexEntry", require_ready=False)


class ConstantCostIndex:
    """Writes entries, each by itself: nothing is computed over the whole index when one object is saved.

    Entries are written in the transaction that saves the object, so both stay or neither does.
    """

    def add_items(self, model: type[Model], objs: Iterable[Any]) -> None:
        if not model.get_search_fields():  # type: ignore[attr-defined]
            return
        content_type = ContentType.objects.get_for_model(model)
        entries = [self.entry_of(content_type, document_of(obj)) for obj in objs]
        IndexEntry._default_manager.bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=self.written_fields(),
        )

    def entry_of(self, content_type: ContentType, document: Document) -> Model:
        return IndexEntry(
            content_type=content_type, object_id=document.object_id, **self.entry_values(document)
        )

    def entry_values(self, document: Document) -> dict[str, Any]:
        raise NotImplementedError

    def written_fields(self) -> list[str]:
        return list(self.entry_values(Document(object_id="")))


class ConstantCostRebuilder:
    """Removes entries of what is gone, then writes every object anew; readers see the old index meanwhile."""

    def __init__(self, index: Any) -> None:
        self.index = index
        self.transaction = transaction.atomic(using=index.write_connection.alias)
        self.is_open = False

    def start(self) -> Any:
        self.transaction.__enter__()
        self.is_open = True
        self.index.delete_stale_entries()
        return self.index

    def finish(self) -> None:
        self.is_open = False
        self.transaction.__exit__(None, None, None)

    def __del__(self) -> None:
        # The rebuild command has no door for failure: an unfinished rebuild ends when it is forgotten.
        if self.is_open:
            error = RuntimeError("the rebuild of the search index did not finish")
            self.transaction.__exit__(RuntimeError, error, None)


class DatabaseQueryCompiler(BaseSearchQueryCompiler):
    """Turns a search into a queryset; subclasses say how their database matches and ranks.

    A search on particular fields knows the title from the other texts, but not those from each other.
    """

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True
    unfinished = False
    writer: ClassVar[Writer]

    def matching(self, queryset: QuerySet[Any], match: Match) -> QuerySet[Any]:
        raise NotImplementedError

    def rank(self, query: SearchQuery) -> Expression:
        """The score of a row of `matching`, greater for better."""
        raise NotImplementedError

    def match(self) -> Match:
        return match_of(self.query, self.writer, unfinished=self.unfinished)

    def matched(self) -> QuerySet[Any]:
        """What matches, in the order of the given queryset, without scores."""
        match = self.match()
        if match == NOTHING:
            return self.queryset.none()
        if match == EVERYTHING:
            return self.queryset
        if match.negated:
            everything = self.queryset.model._default_manager.order_by()
            return self.queryset.exclude(pk__in=self.matching(everything, ~match).values("pk"))
        return self.matching(self.queryset, match)

    def results(self, score_field: str | None = None) -> QuerySet[Any]:
        """What matches, best first when the search asks for relevance, with scores when asked for."""
        match = self.match()
        queryset = self.matched()
        has_scores = not match.negated and match != NOTHING
        if has_scores and (self.order_by_relevance or score_field):
            name = score_field or "_score"
            queryset = queryset.annotate(**{name: self.rank(self.query)})
            if self.order_by_relevance:
                return queryset.order_by(F(name).desc(), "-pk")
        if match != EVERYTHING and (self.order_by_relevance or not queryset.query.order_by):
            # A stable order, so that no result stands on two pages.
            return queryset.order_by("-pk")
        return queryset


class DatabaseSearchResults(BaseSearchResults):
    supports_facet = True
    query_compiler: DatabaseQueryCompiler

    def get_queryset(self) -> QuerySet[Any]:
        return self.query_compiler.results(self._score_field)[self.start : self.stop]

    def _do_search(self) -> list[Any]:
        return list(self.get_queryset())

    def _do_count(self) -> int:
        return self.query_compiler.matched().order_by()[self.start : self.stop].count()

    def facet(self, field_name: str) -> dict[Any, int]:
        """How many results have each value of a filter field, the most frequent first, and all of them."""
        if self.query_compiler._get_filterable_field(field_name) is None:
            model = self.query_compiler.queryset.model.__name__
            raise FilterFieldError(
                f'Cannot facet search results with field "{field_name}". Please add '
                f"index.FilterField('{field_name}') to {model}.search_fields.",
                field_name=field_name,
            )
        counted = (
            self.query_compiler.matched()
            .order_by()
            .values(field_name)
            .annotate(_count=Count("pk", distinct=True))
            .order_by("-_count", field_name)
        )
        return {row[field_name]: row["_count"] for row in counted}


class NoResults(EmptySearchResults):
    """What an empty query finds; it can be counted by any field like other results."""

    supports_facet = True

    def facet(self, field_name: str) -> dict[Any, int]:
        return {}


class EmptyQueriesMixin:
    """For backends: an empty query is answered like any other that finds nothing."""

    def _search(self, *args: Any, **kwargs: Any) -> BaseSearchResults:
        results = super()._search(*args, **kwargs)  # type: ignore[misc]
        return NoResults() if isinstance(results, EmptySearchResults) else results
