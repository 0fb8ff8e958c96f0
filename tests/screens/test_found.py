"""Nothing of ours is left out of the list of screens."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from tests.journeys.site import ROOT
from tests.screens import registry
from tests.screens.site import Screens

#: Templates that no screen shows -> why.
NOT_SHOWN = {
    "pages/catalogue_part.html": "what a filter puts into the catalogue beside it",
    "pages/components.html": "only in development",
}


def test_every_address_is_a_screen_or_says_why_not(screens: Screens) -> None:
    assert not screens.found.unopened, (
        "Nobody could open these. Name an object for each in registry.OBJECTS, something of the kind in"
        f" pieces.py, or why it is no screen in registry.NO_SCREEN: {screens.found.unopened}"
    )


def test_every_page_template_is_shown(screens: Screens) -> None:
    folder = ROOT / "templates"
    whole = {
        str(path.relative_to(folder))
        for part in ("pages", "desk", "search")
        for path in (folder / part).rglob("*.html")
        if not path.name.startswith("_")
    }
    assert len(whole) > 40
    assert not whole - set(screens.found.templates) - set(NOT_SHOWN)


@pytest.mark.parametrize("name", sorted(registry.NO_SCREEN))
def test_what_is_no_screen_exists(screens: Screens, name: str) -> None:
    """A row for an address that is gone would hide the next one of its name."""
    assert any(fnmatchcase(each, name) for each in screens.found.names)
