"""The Nu HTML checker finds no error on any public page, as it was sent."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.journeys.site import ROOT
from tests.screens.site import Screens

CHECKER = ROOT / "scripts" / "nu_checker.sh"


@pytest.fixture(scope="module")
def checker() -> Path:
    """Fetched once; without it the test is skipped, on a CI machine it fails."""
    done = subprocess.run([CHECKER, "fetch"], capture_output=True, text=True)
    if done.returncode:
        reason = f"No Nu HTML checker: {done.stderr.strip()[-300:]}"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return CHECKER


def read(address: str) -> bytes:
    try:
        with urlopen(quote(address, safe=":/?&=")) as answer:
            return bytes(answer.read())
    except HTTPError as error:  # The pages of errors are pages too.
        return error.read()


def test_public_pages_have_no_error(screens: Screens, checker: Path, tmp_path: Path) -> None:
    named = {}
    for number, screen in enumerate(screens.public):
        file = tmp_path / f"{number:03}.html"
        file.write_bytes(read(f"{screens.base}{screen.address}"))
        named[file.name] = f"{screen.name} {screen.address}"
    assert len(named) > 50
    done = subprocess.run([checker, *sorted(tmp_path.glob("*.html"))], capture_output=True)
    told = [
        f"{named[Path(each['url']).name]}, line {each.get('lastLine')}: {each['message']}"
        for each in json.loads(done.stdout)["messages"]
    ]
    assert not told, "\n".join(told)
