"""One running site for all journeys: the starter edition, the demo county's people, no pieces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.site import Site, serving

expect.set_options(timeout=20_000)  # The machines that run this may be busy.


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, peopled: Path) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("main-job"), peopled, pictures="main-job") as running:
        yield running
