"""Entries as documents of the search server's index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from search.backends.elasticsearch import SegmentedElasticsearchBackend
from search.backends.elasticsearch.mapping import Mapping
from search.models import Entry

#: To be counted up whenever documents of old no longer do: the worker then builds the index anew.
FORMAT = 1
FINGERPRINT = "_fingerprint"

MAPPING = Mapping(Entry)
SETTINGS: dict[str, Any] = {
    # A late delivery of what was removed since must not bring it back.
    **SegmentedElasticsearchBackend.settings["settings"],
    "gc_deletes": "1h",
}


def column(name: str) -> str:
    """The index's field for a filter field of entries, by its column's name."""
    field = next(
        field for field in Entry.get_filterable_search_fields() if field.get_attname(Entry) == name
    )
    return str(MAPPING.get_field_column_name(field))


def mappings() -> dict[str, Any]:
    found = MAPPING.get_mapping()
    found["properties"][FINGERPRINT] = {"type": "keyword", "index": False}
    return found | {"_meta": {"format": FORMAT}}


def document_of(entry: Entry) -> dict[str, Any]:
    return MAPPING.get_document(entry) | {FINGERPRINT: fingerprint(entry)}


def fingerprint(entry: Entry) -> str:
    """The same as long as the entry and the texts of its files are."""
    values = [getattr(entry, field.attname) for field in Entry._meta.concrete_fields]
    return blake2b(
        repr([*values, entry.file_text()]).encode(errors="replace"), digest_size=16
    ).hexdigest()


@dataclass(frozen=True)
class Action:
    """One document to write, or to remove where there is no `document`; `version` decides who wins."""

    page: int
    index: str
    version: int
    document: dict[str, Any] | None = None

    def lines(self) -> list[bytes]:
        """As the server's bulk interface reads it."""
        about = {
            "_index": self.index,
            "_id": str(self.page),
            "version": self.version,
            "version_type": "external_gte",
        }
        if self.document is None:
            return [_line({"delete": about})]
        return [_line({"index": about}), _line(self.document)]


def writing(entries: Iterable[Entry], index: str, versions: dict[int, int]) -> Iterator[Action]:
    """Puts entries into an index, unless it holds a later version of them."""
    for entry in entries:
        yield Action(entry.pk, index, versions[entry.pk], document_of(entry))


def removing(pages: Iterable[int], index: str, versions: dict[int, int]) -> Iterator[Action]:
    """Takes pages out of an index."""
    for page in pages:
        yield Action(page, index, versions[page])


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False).encode()
