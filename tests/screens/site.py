"""The prepared site of the screens: its server, and browsers for each of its accounts."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.site import environment, finish, running
from tests.screens.found import Found, Screen

PHONE, DESKTOP = 390, 1280


@dataclass(frozen=True)
class Screens:
    base: str
    found: Found

    @property
    def public(self) -> list[Screen]:
        return [screen for screen in self.found.screens if not screen.account]

    @property
    def desk(self) -> list[Screen]:
        return [screen for screen in self.found.screens if screen.account]

    def context(self, browser: Browser, account: str, width: int, **more: object) -> BrowserContext:
        """Someone's browser, signed in; nobody's when `account` is empty."""
        size = {"width": width, "height": 844 if width == PHONE else 900}
        context = browser.new_context(locale="zh-CN", viewport=size, **more)  # type: ignore[arg-type]
        self.sign_in(context, account)
        return context

    def sign_in(self, context: BrowserContext, account: str) -> None:
        context.clear_cookies()
        if account:
            key = self.found.sessions[account]
            context.add_cookies([{"name": "sessionid", "value": key, "url": self.base}])

    def pages(
        self, browser: Browser, screens: list[Screen], width: int, **more: object
    ) -> Iterator[tuple[Screen, Page]]:
        """Each screen opened, all in one browser: what it has fetched once is not fetched again."""
        context = self.context(browser, "", width, **more)
        page = context.new_page()
        page.set_default_timeout(120_000)
        for screen in screens:
            self.sign_in(context, screen.account)
            page.goto(f"{self.base}{screen.address}")
            # Colours are looked at as they stay, not on their way.
            page.add_style_tag(content="* { transition: none !important; }")
            yield screen, page
        context.close()


def site_environment(folder: Path, base: str = "http://127.0.0.1:8000") -> dict[str, str]:
    return environment(
        folder / "site.sqlite3",
        DJANGO_SETTINGS_MODULE="tests.screens.settings",
        SCREENS_MEDIA=str(folder / "media"),
        BASE_URL=base,
    )


def prepare(folder: Path, county: Path) -> None:
    """Fill a copy of the county's database, once for this folder."""
    if (folder / "screens.json").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(county, folder / "site.sqlite3")
    command = [sys.executable, "-m", "tests.screens.prepare", str(folder)]
    finish(command, site_environment(folder), seconds=1200)


@contextmanager
def served(folder: Path) -> Iterator[Screens]:
    """The site of a prepared folder."""
    found = Found.load(folder / "screens.json")
    with running(folder, lambda base: site_environment(folder, base)) as base:
        yield Screens(base, found)


def kept_folder() -> Path | None:
    """SCREENS_SITE names a folder that keeps the site between runs, while one works on a page."""
    named = os.environ.get("SCREENS_SITE")
    return Path(named) if named else None
