"""docs/tour.md: every screen of the public site and of each role's desk, from a real Chromium.

`make tour` runs it over the small county of the tests of screens. Stopped, it goes on where it was;
`--anew` begins again, `--only WORD` takes the pictures anew whose names hold the word, `--keep` leaves
the county in var/tour for another run. The pages are written by tour_pages.py.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
import django

django.setup()
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from scripts import tour_pages
from scripts.tour_pages import DESK_PHONE, PUBLIC, ROLES, Shot
from tests.browser import chromium_path
from tests.journeys.site import ROOT, make_database
from tests.screens.found import Screen
from tests.screens.site import DESKTOP, PHONE, Screens, prepare, served, site_environment

WORK = ROOT / "var" / "tour"
SITE, TAKEN, MENUS = WORK / "site", WORK / "taken.jsonl", WORK / "menus.json"
QUALITY = 50
#: What of a long page is shown, in pixels; a short one is shown no taller than it is.
TALLEST, SHORTEST = 1400, 640
CHINESE, ENGLISH = "zh-hans", "en"
#: Screens that Wagtail makes alike for every kind of row: one of each is enough.
ALIKE = ("history", "usage", "delete", "copy", "add")
#: The desk scrolls within its window.
TALL = """Math.max(document.documentElement.scrollHeight,
    ...[...document.querySelectorAll('main, .content, .wrapper')].map(each => each.scrollHeight))"""
MENU = "[...document.querySelectorAll('.sidebar a[href^=\"/admin/\"]')].map(a => a.getAttribute('href'))"
TITLE = "(document.querySelector('main h1, h1')?.innerText || '').trim()"
SEEN = """[...document.querySelectorAll('main h2, main h3, main legend, main th, main nav a')]
    .filter(each => each.checkVisibility() && each.getBoundingClientRect().top < innerHeight)
    .map(each => each.innerText.replace(/\\s+/g, ' ').trim()).filter(Boolean).slice(0, 6)"""


@dataclass(frozen=True)
class Wanted:
    """One picture to take."""

    group: str
    screen: Screen
    language: str
    width: int

    @property
    def stem(self) -> str:
        size = "phone" if self.width == PHONE else "desktop"
        return f"{self.group}-{slug(self.screen.name)}-{self.language[:2]}-{size}"


def slug(name: str) -> str:
    """An ASCII name: the same screen has the same file in every run."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def public_screens(screens: Screens) -> Iterator[Wanted]:
    """Each page in both languages and on a phone; an address that has two names is shown once."""
    for language, width in ((CHINESE, DESKTOP), (ENGLISH, DESKTOP), (CHINESE, PHONE)):
        addresses, names = set(), set()
        for screen in screens.public:
            if screen.language != language or {screen.address} & addresses or screen.name in names:
                continue
            addresses.add(screen.address)
            names.add(screen.name)
            yield Wanted(PUBLIC, screen, language, width)


def desk_screens(screens: Screens, menus: dict[str, list[str]]) -> list[Screen]:
    """What is found, one of those that are alike, and what else the menus lead to."""
    chosen, alike = [], set()
    for screen in screens.desk:
        kind = screen.name.rpartition(":")[2]
        if kind in ALIKE and kind in alike:
            continue
        if kind in ALIKE:
            alike.add(kind)
        chosen.append(screen)
    known = {screen.address for screen in screens.desk if not screen.name.startswith("home:")}
    for account, addresses in menus.items():
        for address in addresses:
            if address not in known and urlsplit(address).path != "/admin/":
                known.add(address)
                chosen.append(Screen(f"menu:{address.removeprefix('/admin/')}", address, account))
    return chosen


def desk_pictures(screens: list[Screen], language: str) -> Iterator[Wanted]:
    for screen in screens:
        group = ROLES[screen.account].value.replace("_", "-")
        yield Wanted(group, screen, language, DESKTOP)
        if language == CHINESE and screen.name.startswith(DESK_PHONE):
            yield Wanted(group, screen, language, PHONE)


def read_menus(screens: Screens, browser: Browser) -> dict[str, list[str]]:
    """Account -> the addresses that the desk's menu offers it, as its own browser shows them."""
    if not MENUS.exists():
        homes = [screen for screen in screens.desk if screen.name.startswith("home:")]
        menus = {
            screen.account: list(dict.fromkeys(page.evaluate(MENU)))
            for screen, page in screens.pages(browser, homes, DESKTOP)
        }
        MENUS.write_text(json.dumps(menus, indent=1), encoding="utf-8")
    menus = json.loads(MENUS.read_text(encoding="utf-8"))
    return {who: [each for each in menus[who] if "logout" not in each] for who in menus}


class Camera:
    """Takes the pictures that are not there yet, and writes down what each shows."""

    def __init__(self, screens: Screens, browser: Browser, only: list[str]) -> None:
        self.screens = screens
        self.browser = browser
        self.only = only
        self.taken = read_taken()
        self.whole = 0
        self.number = 0

    def shoot(self, wanted: list[Wanted]) -> None:
        lacking = [each for each in wanted if self._lacks(each.stem)]
        self.number += len(wanted) - len(lacking)
        for kind in dict.fromkeys((each.screen.account, each.width) for each in lacking):
            rows = [each for each in lacking if (each.screen.account, each.width) == kind]
            self._shoot({each.screen.address: each for each in rows}, kind[1])

    def _lacks(self, stem: str) -> bool:
        anew = any(word in stem for word in self.only)
        there = (tour_pages.FOLDER / f"{stem}.webp").exists()
        return anew or stem not in self.taken or not there

    def _shoot(self, rows: dict[str, Wanted], width: int) -> None:
        opened = self.screens.pages(
            self.browser, [each.screen for each in rows.values()], width, reduced_motion="reduce"
        )
        for screen, page in opened:
            wanted = rows[screen.address]
            shot = picture(page, wanted)
            self.taken[shot.stem] = shot
            with TAKEN.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(shot), ensure_ascii=False) + "\n")
            self.number += 1
            print(f"  {self.number:3}/{self.whole} {shot.stem}: {shot.title}", flush=True)
            page.set_viewport_size({"width": width, "height": SHORTEST})


def picture(page: Page, wanted: Wanted) -> Shot:
    """A small webp of the page's upper part."""
    page.set_viewport_size({"width": wanted.width, "height": SHORTEST})
    page.wait_for_timeout(150)
    tall = page.evaluate(TALL)
    page.set_viewport_size({"width": wanted.width, "height": max(SHORTEST, min(tall, TALLEST))})
    page.wait_for_timeout(150)
    image = Image.open(BytesIO(page.screenshot())).convert("RGB")
    file = tour_pages.FOLDER / f"{wanted.stem}.webp"
    image.save(file, "WEBP", quality=QUALITY, method=4)
    title = page.evaluate(TITLE) or page.title().split(" - ")[0]
    return Shot(
        stem=wanted.stem,
        group=wanted.group,
        screen=wanted.screen.name,
        address=wanted.screen.address,
        language=wanted.language,
        phone=wanted.width == PHONE,
        title=" ".join(title.split()),
        seen=page.evaluate(SEEN),
    )


def read_taken() -> dict[str, Shot]:
    if not TAKEN.exists():
        return {}
    lines = TAKEN.read_text(encoding="utf-8").splitlines()
    return {row["stem"]: Shot(**row) for row in map(json.loads, lines)}


def speak(language: str) -> None:
    """Everyone at the desk of this copy reads this language from now on."""
    command = [sys.executable, "-m", "tests.screens.speak", language]
    subprocess.run(command, env=site_environment(SITE), cwd=ROOT, check=True)


def take(only: list[str]) -> list[Shot]:
    with sync_playwright() as playwright, served(SITE) as screens:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        menus = read_menus(screens, browser)
        public, desk = list(public_screens(screens)), desk_screens(screens, menus)
        pictures = {each: list(desk_pictures(desk, each)) for each in (ENGLISH, CHINESE)}
        camera = Camera(screens, browser, only)
        camera.whole = len(public) + sum(map(len, pictures.values()))
        camera.shoot(public)
        # Chinese last: so the copy is left as it was found.
        for language, wanted in pictures.items():
            speak(language)
            camera.shoot(wanted)
        browser.close()
    all_wanted = [*public, *pictures[CHINESE], *pictures[ENGLISH]]
    shots = [camera.taken[each.stem] for each in all_wanted]
    tour_pages.write(shots, menus)
    return shots


def main() -> None:
    parser = argparse.ArgumentParser(description="Make docs/tour.md and its pictures.")
    parser.add_argument("--anew", action="store_true", help="forget a run that was stopped")
    parser.add_argument("--keep", action="store_true", help="leave the county in var/tour")
    parser.add_argument("--only", nargs="*", default=[], help="take these anew (parts of names)")
    options = parser.parse_args()
    begun = time.monotonic()
    if options.anew:
        shutil.rmtree(WORK, ignore_errors=True)
    if not (SITE / "screens.json").exists():
        print("Filling a county (some minutes)", flush=True)
        SITE.mkdir(parents=True, exist_ok=True)
        make_database(SITE / "county.sqlite3")
        prepare(SITE, SITE / "county.sqlite3")
    tour_pages.FOLDER.mkdir(parents=True, exist_ok=True)
    shots = take(options.only)
    wanted = {f"{shot.stem}.webp" for shot in shots}
    for file in tour_pages.FOLDER.iterdir():
        if file.name not in wanted:
            file.unlink()
    size = sum(file.stat().st_size for file in tour_pages.FOLDER.iterdir()) / 1e6
    minutes = (time.monotonic() - begun) / 60
    print(f"{len(shots)} pictures, {size:.1f} MB, {minutes:.0f} minutes")
    if not options.keep:
        shutil.rmtree(WORK)


if __name__ == "__main__":
    main()
