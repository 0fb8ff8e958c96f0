"""One site for all tests of screens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.screens.site import Screens, kept_folder, prepare, served


@pytest.fixture(scope="session")
def screens(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Screens]:
    folder = kept_folder() or tmp_path_factory.mktemp("screens")
    if not (folder / "screens.json").exists():
        prepare(folder, request.getfixturevalue("peopled"))
    with served(folder) as running:
        yield running
