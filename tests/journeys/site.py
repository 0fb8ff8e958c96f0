"""A site of its own for a journey: a real server process over a database made for it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
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


@contextmanager
def serving(folder: Path, *preparation: list[str], pictures: str) -> Iterator[Site]:
    """Prepare a database with manage.py commands, and serve it until the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder / 'journey.sqlite3'}",
        "BASE_URL": f"http://127.0.0.1:{port}",
    }
    manage = [sys.executable, str(ROOT / "manage.py")]
    for command in (["migrate", "-v0"], *preparation):
        subprocess.run([*manage, *command], env=env, check=True, capture_output=True)
    server = subprocess.Popen(
        [*manage, "runserver", "--noreload", f"127.0.0.1:{port}"],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "server.log").open("w"),
    )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_for(base)
        target = ROOT / "docs" / "screens" if os.environ.get("SCREENS") else folder
        yield Site(base, target / pictures)
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(base: str) -> None:
    for _attempt in range(120):
        try:
            with urlopen(f"{base}/admin/login/"):
                return
        except URLError:
            time.sleep(0.5)
    raise RuntimeError(f"{base} does not answer")
