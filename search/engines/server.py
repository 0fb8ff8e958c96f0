"""The Elasticsearch that the settings name, and its indexes of public pieces.

Nothing but search.delivering and search.rebuilding writes to it, and nothing but entries: it is no search
backend of Wagtail's, whose commands would give it every draft.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Settings
from contextlib import contextmanager
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from elastic_transport import ConnectionTimeout, ObjectApiResponse, TransportError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError

from search.engines.questions import EngineFailure

#: Whatever can come of asking: no connection, no answer in time, an error, half an answer.
FAILURES = (TransportError, ApiError, UnsupportedProductError)
#: Seconds that the worker waits for one answer.
WORKERS_TIMEOUT = 30.0


class Server:
    """A connection for readers, who do not wait long, and one for the worker, who does.

    `alias` is the name readers search under, `building` that of an index which is being filled.
    """

    def __init__(self, config: Settings[str, Any]) -> None:
        self.alias = f"{config.get('INDEX', 'gongkai')}_entries"
        self.building = f"{self.alias}_building"
        self.timeout = float(config.get("TIMEOUT", 2.0))
        #: Seconds for which it is left alone after a first failure.
        self.pause = float(config.get("PAUSE", 5.0))
        options: dict[str, Any] = {}
        if config.get("API_KEY"):
            options["api_key"] = config["API_KEY"]
        elif config.get("USER"):
            options["basic_auth"] = (config["USER"], config["PASSWORD"])
        if config.get("CA"):
            options["ca_certs"] = config["CA"]
        # Another node may be asked after one that fails, the same node not again.
        self.client = Elasticsearch(
            config["URLS"], max_retries=len(config["URLS"]) - 1, retry_on_timeout=False, **options
        )

    @cached_property
    def for_readers(self) -> Elasticsearch:
        return self.client.options(request_timeout=self.timeout)

    @cached_property
    def for_worker(self) -> Elasticsearch:
        return self.client.options(request_timeout=max(WORKERS_TIMEOUT, self.timeout))

    def search(self, **body: Any) -> dict[str, Any]:
        """A reader's search; raises EngineFailure unless the whole answer comes in time."""
        with answering():
            response = self.for_readers.search(
                index=self.alias,
                timeout=f"{int(self.timeout * 1000)}ms",
                allow_partial_search_results=False,
                source=False,
                **body,
            )
        found = body_of(response)
        if found.get("timed_out"):
            raise EngineFailure("slow")
        return found

    def indexes(self) -> dict[str, str]:
        """Which index stands behind the alias and behind `building`; those that exist."""
        with answering():
            response = self.for_worker.indices.get(
                index=f"{self.alias}_*", features="aliases", allow_no_indices=True
            )
        return {
            alias: name
            for name, about in body_of(response).items()
            for alias in about["aliases"]
            if alias in (self.alias, self.building)
        }


@contextmanager
def answering() -> Iterator[None]:
    """Whatever the server fails within is an EngineFailure with the reason."""
    try:
        yield
    except FAILURES as error:
        raise EngineFailure(reason_of(error)) from error


def body_of(response: ObjectApiResponse[Any]) -> dict[str, Any]:
    """What the server answered; a connection that is cut at the right place leaves an answer without any."""
    if not isinstance(response.body, dict):
        raise EngineFailure("unreachable")
    return response.body


def reason_of(error: Exception) -> str:
    """A failure in one word, for the health check and the log."""
    if isinstance(error, ConnectionTimeout):
        return "slow"
    if isinstance(error, ApiError):
        return _STATUSES.get(error.meta.status, "failing")
    return "unreachable"


_STATUSES = {
    400: "at-a-loss",
    401: "not-allowed",
    403: "not-allowed",
    404: "no-index",
    429: "refusing",
    503: "refusing",
    507: "full",
}


@cache
def get_server() -> Server | None:
    """The server that the settings name, or None where the database answers."""
    config = settings.PUBLIC_SEARCH
    return Server(config) if config["URLS"] else None


def _forget(setting: str, **kwargs: Any) -> None:
    if setting == "PUBLIC_SEARCH":
        get_server.cache_clear()


setting_changed.connect(_forget)
