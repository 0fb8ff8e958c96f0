"""Which engine answers."""

from __future__ import annotations

from functools import cache

from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.guarded import GuardedEngine
from search.engines.questions import Engine
from search.engines.server import Server, get_server


def get_engine() -> Engine:
    """The search server where the settings name one, with the database behind it; else the database."""
    server = get_server()
    return _guarded(server) if server else DatabaseEngine()


@cache
def _guarded(server: Server) -> GuardedEngine:
    return GuardedEngine(ElasticsearchEngine(server), DatabaseEngine(), server.pause)
