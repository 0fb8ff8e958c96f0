"""The engines of the public search behind one interface (search.engines.questions.Engine)."""

from __future__ import annotations

from search.engines.database import DatabaseEngine
from search.engines.questions import Engine


def get_engine() -> Engine:
    """The engine that the settings choose."""
    return DatabaseEngine()
