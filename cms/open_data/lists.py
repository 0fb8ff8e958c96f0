"""What a list for machines is: its fields, its filters, and how rows are made of what is public."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise

#: Values by the names of the list's fields: texts, lists of texts, numbers, dates, moments, booleans
#: or None.
Row = dict[str, Any]
CHUNK = 200


@dataclass(frozen=True)
class Field:
    """`kind` is text, texts, number, date, moment, yes_no or address."""

    name: str
    label: str | Promise
    kind: str = "text"


@dataclass(frozen=True)
class Filter:
    """A parameter of the address; `choices` are its values where there are few."""

    name: str
    label: str | Promise
    choices: tuple[str, ...] = ()


class DataList(ABC):
    """One public list; the same rows in the same order as on its page."""

    name: ClassVar[str]
    title: ClassVar[str | Promise]
    description: ClassVar[str | Promise]
    fields: ClassVar[tuple[Field, ...]]
    filters: ClassVar[tuple[Filter, ...]] = ()

    @abstractmethod
    def select(self, chosen: Mapping[str, str]) -> QuerySet[Any]:
        """What the filters leave; `chosen` has every filter, "" where none was given."""

    @abstractmethod
    def rows(self, found: Sequence[Any], request: HttpRequest) -> list[Row]:
        """Each as a row, in a number of queries that does not grow with them."""

    @abstractmethod
    def news(self, row: Row) -> tuple[str, str, Any]:
        """What a feed says of a row: title, summary, and its date, moment or None."""

    def chosen(self, request: HttpRequest) -> dict[str, str]:
        given = {each.name: request.GET.get(each.name, "").strip()[:100] for each in self.filters}
        return {name: "" if "\0" in value else value for name, value in given.items()}

    def all_rows(self, chosen: Mapping[str, str], request: HttpRequest) -> Iterator[Row]:
        """Every row, read in chunks."""
        chunk: list[Any] = []
        for found in self.select(chosen).iterator(chunk_size=CHUNK):
            chunk.append(found)
            if len(chunk) == CHUNK:
                yield from self.rows(chunk, request)
                chunk = []
        yield from self.rows(chunk, request)


def address_of(request: HttpRequest, page: Any) -> str:
    """The whole address of a page; "" where it has none."""
    url = page.get_url(request) if page is not None else None
    return request.build_absolute_uri(url) if url else ""
