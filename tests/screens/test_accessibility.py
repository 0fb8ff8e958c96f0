"""axe-core finds nothing on any screen: at a phone's and a desktop's width, in every mode.

Each screen is loaded once and looked at by all rules at both widths. Colours cost most of the time and
are the same wherever an element is the same: with its tags, classes and states from the root down it
is looked at on the first screen that shows it, at both widths in every mode.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.screens.site import DESKTOP, PHONE, Screens

pytestmark = pytest.mark.chromium
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
COLOURS = ["color-contrast", "link-in-text-block"]
COLOURS_AND_SIZES = [*COLOURS, "target-size"]
#: Wagtail's editor brings an axe of its own, with rules for what one writes there.
OF_OURS = "() => { window.axeOfOurs = window.axe; }"
RUN = """async ([options, context]) => {
    const found = await window.axeOfOurs.run(
        context, {resultTypes: ["violations"], iframes: false, ...options});
    return found.violations.flatMap(v => v.nodes.map(n =>
        [v.id, n.target.join(" "), (n.any[0] || n.all[0] || n.none[0] || {}).message || v.help || ""]));
}"""
#: Of what is alike in a table or a list but for its words, two stay.
THIN = """() => {
    const drawn = each => `${each.tagName} ${[...each.attributes].map(a =>
        ["class", "style", "role", "type", "lang"].includes(a.name) ? `${a.name}=${a.value}` : a.name
    )} ${[...each.childNodes].some(n => n.nodeType === 3 && n.data.trim())}`;
    const kind = row => [row, ...row.querySelectorAll("*")].map(drawn).join();
    for (const list of document.querySelectorAll("main *, nav *, footer *")) {
        if (!list.isConnected || list.children.length < 3) continue;
        const seen = {};
        for (const row of [...list.children]) {
            const one = kind(row);
            seen[one] = (seen[one] || 0) + 1;
            if (seen[one] > 2) row.remove();
        }
    }
}"""
#: What has words or can be pressed, each by how it is drawn: with all that a style may ask for.
DRAWN = """() => {
    const named = new Map();
    const name = each => {
        if (!each) return "";
        if (!named.has(each)) named.set(each, `${name(each.parentElement)}>${each.tagName}` + [
            ...each.attributes].filter(a => /^(class|style|role|type|open|hidden|disabled|aria-.*)$/
            .test(a.name) && !/^aria-(label.*|describedby|controls|owns)$/.test(a.name)).map(
            a => `[${a.name}=${a.value}]`).sort().join(""));
        return named.get(each);
    };
    window.drawn = [...document.body.querySelectorAll("*")].filter(each =>
        !each.closest("#w-minimap-toggle, .w-minimap")
        && (each.matches("a, button, input, select, textarea, summary, [tabindex]")
        || [...each.childNodes].some(n => n.nodeType === 3 && n.data.trim())));
    return window.drawn.map(name);
}"""
MARK = "places => places.forEach(at => window.drawn[at].setAttribute('data-looked-at', ''))"
#: Parts of Wagtail's own editor, which our pages do not draw.
WAGTAILS = [
    [".w-minimap"],
    ["#w-minimap-toggle"],
    [".Draftail-Editor"],
    [".w-field__comment-button"],
    [".c-sf-container"],
    [".w-sf-block"],
]
#: Wagtail makes a section of each block of a text, and names it by its kind.
NAMED_ALIKE = "landmark-unique  #block-"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
EASY_READING = "on => document.documentElement.classList.toggle('large-type', on)"


class Eyes:
    """Looks at one screen after another; knows what it has seen."""

    def __init__(self, *, desk: bool) -> None:
        self.desk = desk
        self.seen: set[str] = set()

    def violations(self, page: Page) -> list[str]:
        """One line for each: width and mode, rule, element, what is wrong."""
        page.evaluate(THIN)
        page.evaluate(AXE)
        page.evaluate(OF_OURS)
        drawn = page.evaluate(DRAWN)
        new = {name: at for at, name in enumerate(drawn) if name not in self.seen}
        self.seen |= new.keys()
        page.evaluate(MARK, list(new.values()))
        told = []
        for width in (DESKTOP, PHONE):
            page.set_viewport_size({"width": width, "height": 900})
            found = run(page, {"rules": {rule: {"enabled": False} for rule in COLOURS}})
            if new:
                found += self.colours(page)
            told += [f"{width} {line}" for line in found]
        return told

    def colours(self, page: Page) -> list[str]:
        """By day and by night: as it stands, and for those who need more of everything."""
        told = []
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            told += [f"{scheme}: {line}" for line in run(page, only(COLOURS))]
            self.ease(page, True)
            rules = COLOURS_AND_SIZES if scheme == "light" else COLOURS
            told += [f"{scheme}, elder: {line}" for line in run(page, only(rules))]
            self.ease(page, False)
        page.emulate_media(color_scheme="light")
        return told

    def ease(self, page: Page, on: bool) -> None:
        """The desk has no easy reading of its own: there the browser's wish for contrast stands for it."""
        if self.desk:
            page.emulate_media(contrast="more" if on else "no-preference")
        else:
            page.evaluate(EASY_READING, on)


def only(rules: list[str]) -> dict[str, Any]:
    return {"runOnly": {"type": "rule", "values": rules}}


def run(page: Page, options: dict[str, Any]) -> list[str]:
    context: dict[str, Any] = {"exclude": WAGTAILS}
    if "runOnly" in options:
        context["include"] = [["[data-looked-at]"]]
    found = ["  ".join(map(str, each)) for each in page.evaluate(RUN, [options, context])]
    return [line for line in found if not line.startswith(NAMED_ALIKE)]


@pytest.mark.parametrize("part", ["public", "desk"])
def test_every_screen(screens: Screens, chromium: Browser, part: str) -> None:
    told, eyes = [], Eyes(desk=part == "desk")
    for screen, page in screens.pages(chromium, getattr(screens, part), DESKTOP):
        told += [f"{screen.name} ({screen.address}) {line}" for line in eyes.violations(page)]
    assert not told, "\n".join(told)
