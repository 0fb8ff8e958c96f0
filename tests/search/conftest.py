from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.search.servers import search_server

# Those tests have an app registry of their own: test_engines.py runs them, without this file.
collect_ignore = ["engines"]

#: The suite's own database, and the search server in front of it.
ENGINES = ["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, db: None) -> Iterator[str]:
    """Each engine in turn, with an index of its own that has the entries from before the test."""
    if request.param == "database":
        yield request.param
    else:
        with search_server():
            yield request.param
