"""axe-core finds nothing on any screen: at a phone's and a desktop's width, in every mode."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.screens.site import DESKTOP, PHONE, Screens

pytestmark = pytest.mark.chromium
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN = """async ([rules, frames, exclude]) => {
    const options = {resultTypes: ["violations"], iframes: frames};
    if (rules) options.runOnly = {type: "rule", values: rules};
    const found = await window.axeOfOurs.run({exclude}, options);
    return found.violations.flatMap(v => v.nodes.map(n =>
        [v.id, n.target.join(" "), (n.any[0] || n.all[0] || n.none[0] || {}).message || v.help || ""]));
}"""
#: Parts of Wagtail's own editor, which our pages do not draw.
WAGTAILS = [
    [".w-minimap"],
    [".w-minimap-toggle"],
    [".Draftail-Editor"],
    [".w-field__comment-button"],
    [".c-sf-container"],
    [".w-sf-block"],
]
#: What can change where only colours and sizes do.
OF_COLOUR = ["color-contrast", "target-size"]


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """One line for each: rule, element, what is wrong."""
    # Wagtail's editor brings an axe of its own, with rules for what one writes there.
    if not page.evaluate("() => window.axeOfOurs"):
        page.evaluate(AXE)
        page.evaluate("() => { window.axeOfOurs = window.axe; }")
    return ["  ".join(map(str, each)) for each in page.evaluate(RUN, [rules, False, WAGTAILS])]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_public_pages(screens: Screens, chromium: Browser, width: int) -> None:
    told = []
    for screen, page in screens.pages(chromium, screens.public, width):
        if screen.language == "zh-hans" or width == PHONE:
            told += [f"{screen.name} ({screen.address}): {line}" for line in violations(page)]
        page.emulate_media(color_scheme="dark")
        told += [f"{screen.name}, dark: {line}" for line in violations(page, OF_COLOUR)]
        page.emulate_media(color_scheme="light")
        page.evaluate("document.documentElement.classList.add('large-type')")
        told += [f"{screen.name}, elder: {line}" for line in violations(page, OF_COLOUR)]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_desk(screens: Screens, chromium: Browser, width: int) -> None:
    told = []
    for screen, page in screens.pages(chromium, screens.desk, width):
        told += [f"{screen.name} ({screen.address}): {line}" for line in violations(page)]
        page.emulate_media(color_scheme="dark")
        told += [f"{screen.name}, dark: {line}" for line in violations(page, OF_COLOUR)]
        page.emulate_media(color_scheme="light")
    assert not told, "\n".join(told)
