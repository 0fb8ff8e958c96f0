"""docs/tour.md: every screen of the public site and of the desk as pictures, from a real Chromium.

`make tour` runs it. The site is that of the tests of screens; SCREENS_SITE names a folder that keeps it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
import django

django.setup()
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.site import ROOT, make_database
from tests.screens.found import Screen
from tests.screens.site import DESKTOP, PHONE, Screens, prepare, served, site_environment

FOLDER = ROOT / "docs" / "screens" / "tour"
TOUR = ROOT / "docs" / "tour.md"
QUALITY = 50
#: Wagtail's own screens on our models look as Wagtail's do.
STOCK = (":history", ":usage", ":delete", ":copy", "wagtaildocs:", "wagtailimages:")
ROLES = {
    "civil-affairs-nigao": "Drafter",
    "civil-affairs-shenhe": "Department reviewer",
    "baomi": "Confidentiality reviewer",
    "qianfa": "Signatory",
    "mulu": "Catalogue administrator",
    "linjiang-mulu": "Catalogue administrator of a township",
    "yingji": "Emergency publisher",
    "shenji": "Auditor",
    "anquan": "Security administrator",
    "xitong": "System administrator",
}


def picture(page: Page, name: str) -> str:
    """A small webp of what the window shows; returns its name."""
    image = Image.open(BytesIO(page.screenshot()))
    file = f"{name}.webp"
    image.convert("RGB").save(FOLDER / file, "WEBP", quality=QUALITY, method=4)
    return file


def file_name(screen: Screen, number: int) -> str:
    kept = "".join(
        letter if letter.isascii() and letter.isalnum() else "-" for letter in screen.name
    )
    return f"{number:03}-{kept.strip('-').lower()}"


def of_public(screens: Screens, browser: Browser) -> Iterator[str]:
    seen: dict[str, int] = {}
    chosen = []
    for screen in screens.public:
        own = screen.address.removeprefix("/en") or "/"
        if own not in seen:
            seen[own] = len(seen)
        chosen.append((screen, seen[own]))
    shots: dict[tuple[int, str, int], str] = {}
    titles: dict[int, str] = {}
    numbers = {screen.address: number for screen, number in chosen}
    for width in (DESKTOP, PHONE):
        for screen, page in screens.pages(browser, [each for each, _n in chosen], width):
            number = numbers[screen.address]
            key = (number, screen.language, width)
            if key in shots:
                continue
            titles.setdefault(number, page.title().split(" - ")[0])
            name = f"public-{file_name(screen, number)}-{screen.language[:2]}-{width}"
            shots[key] = picture(page, name)
            print(f"  {name}", flush=True)
    yield "## The public site\n"
    yield "For everyone, at a desktop's and a phone's width, in Chinese and in English.\n"
    for number, title in sorted(titles.items()):
        yield f"### {title}\n"
        wanted = [
            (number, language, width)
            for language in ("zh-hans", "en")
            for width in (DESKTOP, PHONE)
        ]
        yield row([shots[key] for key in wanted if key in shots], [62, 19]) + "\n"


def of_the_desk(screens: Screens, browser: Browser, language: str) -> dict[str, tuple[str, str]]:
    """Screen's key -> (its title, its picture)."""
    found = {}
    wanted = [each for each in screens.desk if not any(part in each.name for part in STOCK)]
    order = {id(screen): number for number, screen in enumerate(wanted)}
    for screen, page in screens.pages(browser, wanted, DESKTOP):
        page.wait_for_timeout(150)
        name = f"desk-{file_name(screen, order[id(screen)])}-{language[:2]}"
        found[f"{screen.account} {screen.name}"] = (
            page.title().split(" - ")[0],
            picture(page, name),
        )
        print(f"  {name}", flush=True)
    return found


def row(files: list[str], widths: list[int]) -> str:
    return (
        "<p>"
        + "\n".join(
            f'<img src="screens/tour/{file}" alt="" width="{widths[at % len(widths)]}%">'
            for at, file in enumerate(files)
        )
        + "</p>"
    )


def written(
    public: list[str], chinese: dict[str, tuple[str, str]], english: dict[str, tuple[str, str]]
) -> str:
    lines = [
        "# A tour in pictures\n",
        "Every screen of the public site and of each role's desk, in Chinese and in English, as Chromium\n"
        "shows it. `make tour` makes this page and its pictures anew from a small county of its own.\n",
        *public,
        "## The desk\n",
    ]
    for account, role in ROLES.items():
        lines.append(f"### {role}\n")
        for key, (title, file) in chinese.items():
            if key.split()[0] == account:
                in_english, other = english.get(key, ("", ""))
                lines.append(f"**{title}** · {in_english}\n")
                lines.append(row([file, *([other] if other else [])], [49]) + "\n")
    return "\n".join(lines)


def main() -> None:
    kept = os.environ.get("SCREENS_SITE")
    folder = Path(kept) if kept else Path(tempfile.mkdtemp(prefix="tour-"))
    if not (folder / "screens.json").exists():
        print("Filling a county", flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        make_database(folder / "county.sqlite3")
        prepare(folder, folder / "county.sqlite3")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    executable = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    with sync_playwright() as playwright, served(folder) as screens:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        public = list(of_public(screens, browser))
        desk = {}
        for language in ("en", "zh-hans"):
            command = [sys.executable, "-m", "tests.screens.speak", language]
            subprocess.run(command, env=site_environment(folder), cwd=ROOT, check=True)
            desk[language] = of_the_desk(screens, browser, language)
        browser.close()
    TOUR.write_text(written(public, desk["zh-hans"], desk["en"]), encoding="utf-8")
    size = sum(file.stat().st_size for file in FOLDER.iterdir()) / 1e6
    print(f"{len(list(FOLDER.iterdir()))} pictures, {size:.1f} MB")
    if not kept:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
