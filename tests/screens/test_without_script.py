"""The public site with JavaScript off: everything is links and forms."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.screens.site import DESKTOP, PHONE, Screens

pytestmark = pytest.mark.chromium


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def page(request: pytest.FixtureRequest, screens: Screens, chromium: Browser) -> Iterator[Page]:
    context = screens.context(chromium, "", request.param, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_from_home_to_a_file(screens: Screens, page: Page) -> None:
    page.goto(screens.base)
    page.locator(".tile", has_text="义务教育").click()
    expect(page.locator("h1")).to_contain_text("义务教育")
    listed = page.locator("main a[href*='/catalogue/compulsory-education/']")
    items = dict.fromkeys(link.get_attribute("href") for link in listed.all())
    for address in items:
        page.goto(f"{screens.base}{address}")
        if page.locator(".timeline__piece a").count():
            break
    expect(page.locator("h1")).to_be_visible()
    page.locator(".timeline__piece a").first.click()
    expect(page.locator("h1")).to_be_visible()
    files = next(each for each in screens.public if each.name == "disclosure:files")
    page.goto(f"{screens.base}{files.address}")
    with page.expect_download() as download:
        page.locator("a.attachment").first.click()
    assert download.value.path().stat().st_size > 0


def test_the_menu_leads_everywhere(screens: Screens, page: Page) -> None:
    page.goto(screens.base)
    narrow = page.locator(".site-menu--narrow summary")
    menu = ".site-menu--narrow" if narrow.is_visible() else ".site-menu--wide"
    addresses = [
        each.get_attribute("href") for each in page.locator(f".site-header {menu} a").all()
    ]
    assert len(addresses) >= 5
    for address in addresses:
        page.goto(screens.base)
        if narrow.is_visible():
            narrow.click()
        page.locator(f".site-header {menu} a[href='{address}']").first.click()
        expect(page.locator("h1")).to_be_visible()


def test_search_is_narrowed_and_paged(screens: Screens, page: Page) -> None:
    page.goto(screens.base)
    page.locator("main input[name=q]").first.fill("公开")
    page.locator("main form[role=search] button[type=submit]").first.click()
    results = page.locator("main ol > li, main .result")
    expect(results.first).to_be_visible()
    for group in page.locator("main details:not([open]) > summary").all():
        if group.is_visible():
            group.click()
    facet = page.locator("main a[href*='kind=disclosure']").first
    facet.click()
    assert "kind=disclosure" in page.url
    expect(results.first).to_be_visible()


def test_the_catalogue_is_filtered(screens: Screens, page: Page) -> None:
    page.goto(f"{screens.base}/catalogue/")
    page.select_option("main select[name=domain]", label="义务教育")
    page.locator("main form button[type=submit]").first.click()
    assert "domain=" in page.url
    expect(page.locator("main")).to_contain_text("义务教育")
    expect(page.locator("main")).not_to_contain_text("重大建设项目批准")


def test_the_language_changes(screens: Screens, page: Page) -> None:
    page.goto(screens.base)
    page.locator("footer a[hreflang=en], footer a[lang=en]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_be_visible()
