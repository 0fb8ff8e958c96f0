"""Builds the search server's index anew, beside the one that readers search.

The new index is filled behind a second alias, `building`; whatever changes meanwhile is told to both
(search.delivering). When it is full, one step lets the readers' alias point to it and removes the old one.
How far it is filled stands in the index itself, so that anybody can go on after a stop.
"""

from __future__ import annotations

import logging
from time import monotonic, time
from typing import Any

from elasticsearch import NotFoundError

from search.engines.bulk import BATCH, put
from search.engines.documents import FORMAT, SETTINGS, mappings, writing
from search.engines.questions import EngineFailure
from search.engines.server import Server, answering, body_of
from search.models import Entry

logger = logging.getLogger(__name__)

# Every change that is told has a later version than what is written here.
FIRST_VERSION = 1
#: After so many seconds without a step nobody is at it.
ABANDONED = 120


def targets(server: Server) -> list[str]:
    """The aliases to write to. Where there is no index, or one of an old format, a new one is begun."""
    existing = server.indexes()
    if server.building not in existing and not _is_current(server, existing):
        begin(server)
        existing[server.building] = ""
    return sorted(existing)


def begin(server: Server) -> None:
    """Begin with an empty index; one that is being built is given up."""
    name = f"{server.alias}_{int(time() * 1000)}"
    unfinished = server.indexes().get(server.building)
    with answering():
        indices = server.for_worker.indices
        if unfinished:
            indices.delete(index=unfinished)
        indices.create(
            index=name, mappings=mappings(), settings=SETTINGS, aliases={server.building: {}}
        )


def go_on(server: Server, *, is_attended: bool = True) -> int:
    """Fill a batch more into the index that is being built; returns how many entries.

    When there are no more, it is put in place and 0 returned.
    """
    about = _about(server, server.building)
    rows = Entry.get_indexed_objects().order_by("pk")
    entries = list(rows.filter(pk__gt=about.get("after", 0))[:BATCH])
    if not entries:
        _finish(server)
        return 0
    versions = dict.fromkeys((entry.pk for entry in entries), FIRST_VERSION)
    put(server, writing(entries, server.building, versions))
    about |= {"after": entries[-1].pk, "at": time() if is_attended else 0}
    with answering():
        server.for_worker.indices.put_mapping(index=server.building, meta=about)
    return len(entries)


def go_on_unattended(server: Server, until: float) -> None:
    """For the worker: fill an index that nobody else is filling, as long as there is time. It never fails."""
    try:
        if server.building not in targets(server):
            return
        if time() - _about(server, server.building).get("at", 0) < ABANDONED:
            return
        while monotonic() < until and go_on(server, is_attended=False):
            pass
    except EngineFailure as failure:
        logger.warning("The search server is %s: its index is built later", failure)


def _is_current(server: Server, existing: dict[str, str]) -> bool:
    return server.alias in existing and _about(server, server.alias).get("format") == FORMAT


def _about(server: Server, alias: str) -> dict[str, Any]:
    with answering():
        response = server.for_worker.indices.get_mapping(index=alias)
    (found,) = body_of(response).values()
    about: dict[str, Any] = found["mappings"].get("_meta", {})
    return about


def _finish(server: Server) -> None:
    existing = server.indexes()
    new = existing[server.building]
    actions: list[dict[str, Any]] = [
        {"add": {"index": new, "alias": server.alias}},
        {"remove": {"index": new, "alias": server.building}},
    ]
    if old := existing.get(server.alias):
        actions.append({"remove_index": {"index": old}})
    with answering():
        try:
            server.for_worker.indices.update_aliases(actions=actions)
        except NotFoundError:
            # Another, who filled it too, was quicker.
            logger.info("The index %s is in place already", new)
