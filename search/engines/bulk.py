"""Writes to the search server, many documents at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from search.engines.documents import Action
from search.engines.questions import EngineFailure
from search.engines.server import Server, answering, body_of

BATCH = 500
MOST_BYTES = 10 * 1024 * 1024
#: The document itself is refused; any other status says something of the server.
_REFUSALS = (400, 413)


def put(server: Server, actions: Iterable[Action]) -> set[int]:
    """Do all on indexes that are there; returns the pages whose documents are refused.

    Raises EngineFailure at the first action that the server itself fails. Whoever searches afterwards
    sees all of it.
    """
    refused: set[int] = set()
    for lines in _requests(actions):
        with answering():
            response = server.for_worker.bulk(
                operations=lines,  # type: ignore[arg-type] # lines are sent as they are
                require_alias=True,
                refresh=True,
            )
        for item in body_of(response)["items"]:
            ((kind, answer),) = item.items()
            if _is_refused(kind, answer):
                refused.add(int(answer["_id"]))
    return refused


def _requests(actions: Iterable[Action]) -> Iterator[list[bytes]]:
    lines: list[bytes] = []
    size = 0
    for action in actions:
        more = action.lines()
        length = sum(map(len, more))
        if lines and (len(lines) + len(more) > 2 * BATCH or size + length > MOST_BYTES):
            yield lines
            lines, size = [], 0
        lines += more
        size += length
    if lines:
        yield lines


def _is_refused(kind: str, answer: dict[str, Any]) -> bool:
    """Whether a document was not taken for what it is; raises EngineFailure when the server failed."""
    status = answer["status"]
    # 409: it has a later version. 404: what is to be removed is not there.
    if status in (200, 201, 409) or (kind == "delete" and answer.get("result") == "not_found"):
        return False
    if status not in _REFUSALS:
        raise EngineFailure(_BLOCKS.get(status, answer.get("error", {}).get("type", str(status))))
    return True


_BLOCKS = {403: "full", 404: "no-index", 429: "refusing", 503: "refusing", 507: "full"}
