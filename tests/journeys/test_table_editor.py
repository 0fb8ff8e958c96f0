"""The table editor in a real browser, without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.site import Site

pytestmark = pytest.mark.chromium
YEAR = 2031


def begin_draft(page: Page, site: Site) -> str:
    """Begin next year's edition; the address of its table."""
    page.goto(f"{site.base}/admin/catalogue/editions/new/")
    page.fill("[name=year]", str(YEAR))
    page.fill("[name=title]", f"{YEAR}年版")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/inspect/**")
    return f"{site.base}/admin/catalogue/items/table/?edition={page.url.rstrip('/').split('/')[-1]}"


def cell(page: Page, name: str, row: int = 0) -> Locator:
    return page.locator(f"td.sheet__col--{name}").nth(row)


def test_cells_are_edited_from_the_keyboard_alone(site: Site, chromium: Browser) -> None:
    context, page = site.desk(chromium, "mulu")
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url))
    table = begin_draft(page, site)
    page.goto(table)
    keys = page.keyboard
    cell(page, "group").focus()

    keys.press("ArrowRight")
    expect(cell(page, "name")).to_be_focused()
    was = cell(page, "name").inner_text()
    keys.press("Enter")
    expect(page.locator(".cell-form [name=text]")).to_be_focused()
    keys.type("不要保存")
    keys.press("Escape")
    expect(cell(page, "name")).to_be_focused()
    expect(cell(page, "name")).to_have_text(was)

    keys.press("F2")
    expect(page.locator(".cell-form [name=text]")).to_be_focused()
    keys.type("键盘上改的名称")
    keys.press("Tab")
    expect(cell(page, "name")).to_have_text("键盘上改的名称")
    expect(cell(page, "sub_name")).to_be_focused()

    for _step in range(2):
        keys.press("ArrowRight")
    keys.press("ArrowDown")
    expect(cell(page, "basis", 1)).to_be_focused()
    keys.press("Enter")
    expect(page.locator(".cell-form [name=text]")).to_be_focused()
    keys.type("\n土地使用权规范")
    expect(page.locator("[role=option]").first).to_be_visible()
    keys.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]").inner_text()
    keys.press("Enter")
    keys.press("Control+Enter")
    expect(cell(page, "basis", 1)).to_be_focused()
    expect(cell(page, "basis", 1)).to_contain_text(chosen.strip("《》"))

    keys.press("Control+z")
    expect(cell(page, "basis", 1)).not_to_contain_text(chosen.strip("《》"))
    keys.press("Control+z")
    expect(cell(page, "name")).to_have_text(was)
    page.reload()
    expect(cell(page, "name")).to_have_text(was)

    both_versions_are_shown(site, chromium, page, table)
    assert all(address.startswith(site.base) for address in outside)
    context.close()


def both_versions_are_shown(site: Site, chromium: Browser, page: Page, table: str) -> None:
    """While one has a cell open, another saves it."""
    limit = cell(page, "time_limit")
    limit.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cell-form [name=text]")).to_be_focused()
    context, other = site.desk(chromium, "mulu-shenhe")
    other.goto(table)
    cell(other, "time_limit").focus()
    other.keyboard.press("Enter")
    expect(other.locator(".cell-form [name=text]")).to_be_focused()
    other.keyboard.type("每年1月31日前公开")
    other.keyboard.press("Enter")
    expect(cell(other, "time_limit")).to_contain_text("每年1月31日前公开")
    context.close()
    page.keyboard.type("及时公开")
    page.keyboard.press("Enter")
    versions = page.locator(".cell-form__versions")
    expect(versions).to_contain_text("每年1月31日前公开")
    expect(versions).to_contain_text("及时公开")
    page.keyboard.press("Enter")  # on the first button: keep what is saved
    expect(limit).to_contain_text("每年1月31日前公开")
    expect(limit).to_be_focused()
