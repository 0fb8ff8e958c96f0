"""Writes to the search server, many documents at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from elasticsearch.helpers import streaming_bulk

from search.engines.questions import EngineFailure
from search.engines.server import Server, answering

BATCH = 500
MOST_BYTES = 10 * 1024 * 1024
#: The document itself is refused; any other status says something of the server.
_REFUSALS = (400, 413)


def put(server: Server, actions: Iterable[dict[str, Any]]) -> set[int]:
    """Bulk actions on indexes that are there; returns the pages whose documents are refused.

    Raises EngineFailure at the first action that the server itself fails. What readers ask afterwards
    sees all of it.
    """
    refused: set[int] = set()
    results = streaming_bulk(
        server.for_worker,
        actions,
        chunk_size=BATCH,
        max_chunk_bytes=MOST_BYTES,
        raise_on_error=False,
        max_retries=0,
        require_alias=True,
        refresh=True,
    )
    with answering():
        for is_done, result in results:
            ((kind, answer),) = result.items()
            if not is_done and is_refused(kind, answer):
                refused.add(int(answer["_id"]))
    return refused


def is_refused(kind: str, answer: dict[str, Any]) -> bool:
    """Whether a document was not taken for what it is; raises EngineFailure when the server failed."""
    status = answer["status"]
    # 409: it has a later version. 404: what is to be removed is not there.
    if status == 409 or (kind == "delete" and answer.get("result") == "not_found"):
        return False
    if status not in _REFUSALS:
        raise EngineFailure(answer.get("error", {}).get("type", str(status)))
    return True
