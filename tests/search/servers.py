"""An index of one's own on the Elasticsearch of the tests, and the settings that let the search use it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn
from uuid import uuid4

from django.test import override_settings

from search import rebuilding
from search.engines.choosing import get_engine
from search.engines.server import Server, get_server


class NoFallback:
    """Stands behind the server in tests that must not be answered by the database."""

    def __getattr__(self, name: str) -> NoReturn:
        raise AssertionError("The search server did not answer.")


@contextmanager
def search_server(*, fallback: bool = False, **config: Any) -> Iterator[Server]:
    """The public search answered by an index with all entries there are now; `config` as in the settings."""
    config = {
        "URLS": [os.environ["ELASTICSEARCH_URL"]],
        "INDEX": f"test-{uuid4().hex[:12]}",
        "TIMEOUT": 10.0,
    } | config
    with override_settings(PUBLIC_SEARCH=config):
        server = get_server()
        assert server is not None
        if not fallback:
            get_engine().fallback = NoFallback()
        build(server)
        try:
            yield server
        finally:
            remove(server)


def build(server: Server) -> None:
    rebuilding.begin(server)
    while rebuilding.go_on(server):
        pass


def remove(server: Server) -> None:
    for name in set(server.indexes().values()):
        server.client.indices.delete(index=name, ignore_unavailable=True)
