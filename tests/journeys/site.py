"""A site of its own for a journey: a real server process over a database made for it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page

from cms.demo.county import PASSWORD

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Site:
    """A running site; pictures go to `pictures` (docs/ when SCREENS=1, else a temporary folder)."""

    base: str
    pictures: Path

    def picture(self, page: Page, name: str, *, full: bool = False) -> None:
        self.pictures.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=self.pictures / f"{name}.png", full_page=full)

    def desk(self, browser: Browser, username: str) -> tuple[BrowserContext, Page]:
        """Someone signs in at the desk."""
        context = browser.new_context(locale="zh-CN", viewport={"width": 1360, "height": 900})
        page = context.new_page()
        page.goto(f"{self.base}/admin/login/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url(f"{self.base}/admin/")
        return context, page


MANAGE = (sys.executable, str(ROOT / "manage.py"))


def environment(database: Path, **changes: str) -> dict[str, str]:
    """For a process that works on this SQLite file."""
    named = {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "DATABASE_URL": f"sqlite:///{database}"}
    return os.environ | named | changes


def make_database(database: Path) -> None:
    """The starter edition and the demo county's people; no pieces."""
    for command in (
        ["migrate", "-v0"],
        ["load_starter"],
        ["setup_site"],
        ["load_demo", "--people-only"],
    ):
        finish([*MANAGE, *command], environment(database), seconds=600)


def finish(command: Sequence[str], env: dict[str, str], *, seconds: float) -> None:
    """Run a command of the project to its end.

    Raises:
        RuntimeError: it failed; with the end of what it said.
        TimeoutExpired: it took longer.
    """
    done = subprocess.run(
        command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=seconds
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr[-4000:]}")


@contextmanager
def serving(folder: Path, county: Path, *, pictures: str) -> Iterator[Site]:
    """Serve a copy of this database until the end."""
    database = Path(shutil.copy(county, folder / "journey.sqlite3"))
    with running(folder, lambda base: environment(database, BASE_URL=base)) as base:
        target = ROOT / "docs" / "screens" if os.environ.get("SCREENS") else folder
        yield Site(base, target / pictures)


@contextmanager
def running(folder: Path, env: Callable[[str], dict[str, str]]) -> Iterator[str]:
    """A server in the environment that `env` gives for its address; yields the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        base = "http://127.0.0.1:{1}".format(*probe.getsockname())
    server = subprocess.Popen(
        [*MANAGE, "runserver", "--noreload", base.removeprefix("http://")],
        env=env(base),
        stdout=subprocess.DEVNULL,
        stderr=(folder / "server.log").open("w"),
    )
    try:
        _wait_for(base)
        yield base
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(base: str) -> None:
    for _attempt in range(400):
        try:
            with urlopen(f"{base}/admin/login/", timeout=60):
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"{base} does not answer")
