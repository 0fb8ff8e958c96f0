"""The main job in a real browser: four people take a policy from its files to the public."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.site import Site

pytestmark = pytest.mark.chromium
FILES = Path(__file__).parent.parent.parent / "cms" / "demo" / "files"
TITLE = "青禾县人民政府办公室关于印发青禾县居家养老服务补贴实施办法的通知"


def test_four_people_do_the_main_job(site: Site, chromium: Browser) -> None:
    drafts(site, chromium)
    department_reviews(site, chromium)
    confidentiality_is_reviewed(site, chromium)
    signatory_signs(site, chromium)
    public_finds(site, chromium)


def drafts(site: Site, chromium: Browser) -> None:
    context, page = site.desk(chromium, "civil-affairs-nigao")
    site.picture(page, "01-drafter-home")
    page.goto(f"{site.base}/admin/desk/policy/")
    page.set_input_files("[name=policy]", FILES / "居家养老服务补贴实施办法.docx")
    page.set_input_files("[name=interpretation]", FILES / "居家养老服务补贴实施办法解读.docx")
    page.set_input_files("[name=attachments]", FILES / "居家养老服务补贴标准.xlsx")
    page.locator("[name=item] option", has_text="老年人补贴").first.evaluate(
        "option => option.closest('select').value = option.value"
    )
    site.picture(page, "02-policy-from-files")
    page.click(".desk-button--approve")
    page.wait_for_url("**/edit/")
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    expect(page.locator("[name=document_number]")).to_have_value("青政办〔2026〕36号")
    page.select_option("[name=genre]", "normative")
    page.fill("[name=keywords]", "居家养老 养老服务补贴")
    page.fill("[name=summary]", "规定居家养老服务补贴的对象、标准和办理程序。")
    site.picture(page, "03-draft-recognised", full=True)
    page.locator(".w-dropdown__toggle, [data-w-dropdown-target=toggle]").last.click()
    submit = page.locator("button[name=action-submit]")
    submit.wait_for()
    page.wait_for_timeout(400)  # the menu has unfolded
    site.picture(page, "04-submit")
    submit.click()
    page.wait_for_url(lambda url: "/edit/" not in url)
    page.goto(f"{site.base}/admin/")
    expect(page.locator(".desk-panel", has_text=TITLE).first).to_be_visible()
    site.picture(page, "05-drafter-under-review")
    context.close()


def open_review(site: Site, chromium: Browser, username: str):
    context, page = site.desk(chromium, username)
    page.locator(".desk-row__title", has_text=TITLE).first.click()
    page.wait_for_selector(".desk-review")
    page.frame_locator(".desk-frame").get_by_text("青政办〔2026〕36号").first.wait_for()
    return context, page


def department_reviews(site: Site, chromium: Browser) -> None:
    context, page = open_review(site, chromium, "civil-affairs-shenhe")
    page.fill("[name=opinion]", "政策与解读内容一致，同意。")
    site.picture(page, "06-department-review")
    page.click("button[value=approved]")
    expect(page.locator("h1")).to_have_text("我的待办")
    context.close()


def confidentiality_is_reviewed(site: Site, chromium: Browser) -> None:
    context, page = open_review(site, chromium, "baomi")
    # No worker runs here: the reviewer starts the check for secrets and personal data.
    page.get_by_role("button", name="立即检查").click()
    page.wait_for_selector(".findings__none, #findings details.finding")
    page.click("button[value=approved]")
    expect(page.locator(".desk-field__error").first).to_be_visible()
    site.picture(page, "07-confidentiality-form-incomplete")
    page.check("[name=determination][value=proactive]")
    page.check("[name=extent][value=full]")
    page.check("[name=touches_none]")
    page.check("[name=aggregation_risk][value=none]")
    page.fill("[name=opinion]", "经审查不涉密，同意公开。")
    site.picture(page, "08-confidentiality-review")
    page.click("button[value=approved]")
    expect(page.locator("h1")).to_have_text("我的待办")
    context.close()


def signatory_signs(site: Site, chromium: Browser) -> None:
    context, page = open_review(site, chromium, "qianfa")
    page.locator(".desk-tabs a[href*=all]").first.click()
    frames = page.locator(".desk-frame")
    expect(frames).to_have_count(2)
    for number in range(2):
        frames.nth(number).content_frame.locator("h1").first.wait_for()
    site.picture(page, "09-sign-off-side-by-side")
    page.fill("[name=opinion]", "同意，与解读同步公开。")
    page.click("button[value=approved]")
    expect(page.locator("h1")).to_have_text("我的待办")
    site.picture(page, "10-signed")
    context.close()


def public_finds(site: Site, chromium: Browser) -> None:
    for name, width in (("desktop", 1280), ("phone", 390)):
        context = chromium.new_context(
            locale="zh-CN", viewport={"width": width, "height": 844}, java_script_enabled=False
        )
        page = context.new_page()
        page.goto(f"{site.base}/search/?q=居家养老服务补贴")
        expect(page.locator("main")).to_contain_text("居家养老服务补贴实施办法")
        site.picture(page, f"11-public-search-{name}")
        page.locator("main a", has_text="实施办法的通知").first.click()
        expect(page.locator("h1")).to_contain_text("居家养老服务补贴实施办法")
        site.picture(page, f"12-public-policy-{name}")
        context.close()
