"""The public site by the keyboard alone: Tab, Enter, arrows; the focus is always seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.screens.site import DESKTOP, Screens

pytestmark = pytest.mark.chromium

#: What has the focus: whether it is seen, and whether it is what one looks for.
LOOK = """selector => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    const drawn = each => {
        const style = getComputedStyle(each);
        return parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none'
            || style.boxShadow !== 'none';
    };
    // A field in a frame of its own shows the focus on that frame.
    const frame = one.closest('.search-form:focus-within') || one;
    return {
        here: one.matches(selector),
        seen: one === document.body || ((drawn(one) || drawn(frame))
            && box.width > 0 && box.bottom > 0 && box.top < innerHeight),
        what: one.outerHTML.slice(0, 200),
    };
}"""
MOST_STOPS = 200


@pytest.fixture
def page(screens: Screens, chromium: Browser) -> Iterator[Page]:
    context = screens.context(chromium, "", DESKTOP)
    page = context.new_page()
    page.goto(screens.base)
    yield page
    context.close()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until it has the focus; every stop on the way must show that it has it."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(LOOK, selector)
        assert found["seen"], f"The focus is not seen on {found['what']}"
        if found["here"]:
            return
    raise AssertionError(f"Tab does not come to {selector} on {page.url}")


def test_the_first_stop_skips_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    found = page.evaluate(LOOK, ".skip")
    assert found["here"] and found["seen"]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_from_home_to_a_piece(page: Page) -> None:
    tab_to(page, ".tile[href$='/compulsory-education/']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("义务教育")
    tab_to(page, "main a[href*='/compulsory-education/']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()


def test_a_suggestion_is_taken(page: Page) -> None:
    tab_to(page, "main input[name=q]")
    page.keyboard.type("义务教育")
    options = page.locator("[role=listbox] [role=option]")
    options.first.wait_for()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    tab_to(page, "main a[href*='kind=']")
    page.keyboard.press("Enter")
    page.wait_for_url("**kind=**")


def test_the_catalogue_is_filtered_and_leafed_through(screens: Screens, page: Page) -> None:
    page.goto(f"{screens.base}/catalogue/")
    tab_to(page, "main select[name=domain]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main form button[type=submit], main select[name=organ]")
    page.wait_for_url("**domain=**")
    page.goto(f"{screens.base}/catalogue/")
    tab_to(page, "main a[href*='page=2']")
    page.keyboard.press("Enter")
    page.wait_for_url("**page=2**")


def test_easy_reading_is_switched_and_stays(page: Page) -> None:
    tab_to(page, "[data-large-type]")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_contain_class("large-type")
    page.reload()
    expect(page.locator("html")).to_contain_class("large-type")
