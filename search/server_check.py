"""Whether the search server's index holds what the entries say, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from search import outbox, rebuilding
from search.backends.elasticsearch.mapping import ORDER
from search.delivering import deliver
from search.engines.documents import FINGERPRINT, fingerprint
from search.engines.server import Server, answering, body_of
from search.models import Entry, UnsentChange

PAGE = 1000


@dataclass(frozen=True)
class ServerDifferences:
    """Primary keys of pages. What is still to be told to the server is no difference."""

    missing: list[int] = field(default_factory=list)
    outdated: list[int] = field(default_factory=list)
    surplus: list[int] = field(default_factory=list)

    def pages(self) -> list[int]:
        return sorted({*self.missing, *self.outdated, *self.surplus})


def compare(server: Server) -> ServerDifferences:
    """Read all entries and the whole index side by side; raises EngineFailure.

    Whatever is published meanwhile may look like a difference; it does no harm to mend it.
    """
    with answering():
        server.for_worker.indices.refresh(index=server.alias)
    found = ServerDifferences()
    held = _held(server)
    rows = Entry.get_indexed_objects().order_by("pk")
    page, mark = next(held, (None, ""))
    for entry in rows.iterator(chunk_size=PAGE):
        while page is not None and page < entry.pk:
            found.surplus.append(page)
            page, mark = next(held, (None, ""))
        if page != entry.pk:
            found.missing.append(entry.pk)
            continue
        if mark != fingerprint(entry):
            found.outdated.append(entry.pk)
        page, mark = next(held, (None, ""))
    while page is not None:
        found.surplus.append(page)
        page, mark = next(held, (None, ""))
    return _without_unsent(found)


def mend(server: Server, found: ServerDifferences) -> None:
    """Tell the server again of what differs; where that does not help, begin to build its index anew.

    It does not help when the index is of another life of the database, one from before a backup was
    restored: its versions are then later than any that is told. Raises EngineFailure.
    """
    outbox.note(found.pages())
    deliver()
    if not UnsentChange.objects.exists() and compare(server).pages():
        rebuilding.begin(server)


def _held(server: Server) -> Iterator[tuple[int, str]]:
    """Key and fingerprint of every document, by the number of the key."""
    after: list[int] = []
    while True:
        with answering():
            response = server.for_worker.search(
                index=server.alias,
                size=PAGE,
                sort=[{ORDER: {"order": "asc"}}],
                search_after=after or None,
                docvalue_fields=[{"field": FINGERPRINT}],
                source=False,
                track_total_hits=False,
            )
        hits = body_of(response)["hits"]["hits"]
        for hit in hits:
            yield int(hit["_id"]), hit["fields"][FINGERPRINT][0]
        if len(hits) < PAGE:
            return
        after = hits[-1]["sort"]


def _without_unsent(found: ServerDifferences) -> ServerDifferences:
    # Asked after the comparison: whatever changed during it is noted or told.
    unsent = set(UnsentChange.objects.values_list("page_id", flat=True))
    kept = [
        [page for page in pages if page not in unsent]
        for pages in (found.missing, found.outdated, found.surplus)
    ]
    return ServerDifferences(*kept)
