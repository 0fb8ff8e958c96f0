"""A number in the text and telephones in a hidden sheet, from submission to publication."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.site import Site, serving
from tests.scanning.corpus.docx_files import SECRET
from tests.scanning.corpus.xlsx_files import PHONES
from tests.scanning.test_rewriting import holds

pytestmark = pytest.mark.chromium
FILES = Path(__file__).parent.parent.parent / "cms" / "demo" / "files"
TITLE = "居家养老服务补贴实施办法的通知"
MASKED = "410***********0018"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, peopled: Path) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("confidentiality")
    with serving(folder, peopled, pictures="confidentiality") as running:
        yield running


@pytest.fixture
def leaking(tmp_path: Path) -> tuple[Path, Path]:
    """A policy with an identity number in its text, and a workbook with a hidden sheet."""
    policy, sheet = tmp_path / "办法.docx", tmp_path / "补贴标准.xlsx"
    document = Document(str(FILES / "居家养老服务补贴实施办法.docx"))
    place = next(p for p in document.paragraphs if p.text.startswith("第三条"))
    place.add_run(f"试点对象张建国（身份证号{SECRET}）按原标准发放。")
    document.save(str(policy))
    book = openpyxl.load_workbook(FILES / "居家养老服务补贴标准.xlsx")
    hidden = book.create_sheet("底稿")
    hidden.append(["姓名", "联系电话"])
    for name, phone in zip(("张建国", "李秀英", "王小明"), PHONES, strict=True):
        hidden.append([name, phone])
    hidden.sheet_state = "hidden"
    book.save(sheet)
    return policy, sheet


def test_what_nobody_saw_does_not_get_out(
    site: Site, chromium: Browser, leaking: tuple[Path, Path]
) -> None:
    drafts(site, chromium, *leaking)
    department_reviews(site, chromium)
    reviewer_finds_and_returns(site, chromium)
    drafter_masks(site, chromium)
    department_reviews(site, chromium)
    reviewer_approves(site, chromium)
    signatory_signs(site, chromium)
    public_gets_the_clean_copy(site, chromium)


def submit(page: Page) -> None:
    # From the menu of the save button, which opens upwards; the main job's journey opens it.
    page.locator("button[name=action-submit]").evaluate("button => button.click()")
    page.wait_for_url(lambda url: "/edit/" not in url, wait_until="commit")


def drafts(site: Site, chromium: Browser, policy: Path, sheet: Path) -> None:
    context, page = site.desk(chromium, "civil-affairs-nigao")
    page.goto(f"{site.base}/admin/desk/policy/")
    page.set_input_files("[name=policy]", policy)
    page.set_input_files("[name=interpretation]", FILES / "居家养老服务补贴实施办法解读.docx")
    page.set_input_files("[name=attachments]", sheet)
    page.locator("[name=item] option", has_text="老年人补贴").first.evaluate(
        "option => option.parentElement.value = option.value"
    )
    page.click(".desk-button--approve")
    page.wait_for_url("**/edit/")
    page.select_option("[name=genre]", "normative")
    page.fill("[name=keywords]", "居家养老 养老服务补贴")
    page.fill("[name=summary]", "规定居家养老服务补贴的对象、标准和办理程序。")
    page.locator(".check-panel").scroll_into_view_if_needed()
    site.picture(page, "01-check-beside-the-form")
    submit(page)
    context.close()


def open_review(site: Site, chromium: Browser, username: str) -> tuple[BrowserContext, Page]:
    context, page = site.desk(chromium, username)
    page.locator(".desk-row__title", has_text=TITLE).first.click()
    page.wait_for_selector(".desk-review")
    return context, page


def department_reviews(site: Site, chromium: Browser) -> None:
    context, page = open_review(site, chromium, "civil-affairs-shenhe")
    page.fill("[name=opinion]", "内容属实，同意。")
    page.click("button[value=approved]")
    expect(page.locator("h1")).to_have_text("我的待办")
    context.close()


def settle(page: Page, kind: str, outcome: str) -> None:
    """Settle every open group of this kind."""
    for _group in range(10):
        group = page.locator(
            "#findings details.finding[open]", has=page.get_by_text(kind, exact=True)
        ).first
        if not group.count() or not group.get_by_text("待处理").count():
            return
        group.locator(f"input[value={outcome}]").check()
        group.get_by_role("button", name="确定").click()
        page.wait_for_load_state()
    raise AssertionError(f"{kind} is never settled")


def reviewer_finds_and_returns(site: Site, chromium: Browser) -> None:
    context, page = open_review(site, chromium, "baomi")
    # No worker runs in this journey: the reviewer starts the check.
    expect(page.locator("#findings")).to_contain_text("等待后台检查")
    expect(page.locator("button[value=approved]")).to_be_disabled()
    site.picture(page, "02-review-waits-for-the-check")
    page.get_by_role("button", name="立即检查").click()
    page.wait_for_selector("#findings details.finding")
    for kind in ("身份证号", "手机号", "隐藏内容"):
        expect(page.locator("#findings")).to_contain_text(kind)
    page.get_by_role("link", name="看原文").first.click()
    page.frame_locator(".desk-frame").locator(f"mark:has-text('{SECRET}')").wait_for()
    page.locator("#findings").scroll_into_view_if_needed()
    site.picture(page, "03-found-in-place")
    site.picture(page, "04-all-findings", full=True)
    settle(page, "身份证号", "masked")
    settle(page, "隐藏内容", "removed")
    settle(page, "手机号", "removed")
    page.get_by_role("link", name="原文与遮盖稿对照").click()
    expect(page.locator(".mask-pairs")).to_contain_text(MASKED)
    site.picture(page, "05-side-by-side")
    page.go_back()
    site.picture(page, "06-settled", full=True)
    expect(page.locator("button[value=approved]")).to_be_disabled()
    page.click("button[value=returned]")
    expect(page.locator("h1")).to_have_text("我的待办")
    context.close()


def drafter_masks(site: Site, chromium: Browser) -> None:
    context, page = open_review(site, chromium, "civil-affairs-nigao")
    page.locator(".findings__sum").get_by_role("link", name="遮盖稿", exact=True).click()
    expect(page.locator(".mask-pairs")).to_contain_text(MASKED)
    site.picture(page, "07-masked-version-offered", full=True)
    page.click("button[name=mask]")
    expect(page.locator("body")).to_contain_text("已遮盖")
    site.picture(page, "08-masked")
    page.get_by_role("link", name="返回稿件").click()
    submit(page)
    context.close()


def reviewer_approves(site: Site, chromium: Browser) -> None:
    context, page = open_review(site, chromium, "baomi")
    page.get_by_role("button", name="立即检查").click()
    page.wait_for_selector("#findings details.finding")
    expect(page.locator("#findings")).to_contain_text("全部处理完毕")
    page.check("[name=determination][value=proactive]")
    page.check("[name=extent][value=redacted]")
    page.check("[name=touches][value=privacy]")
    page.fill("[name=privacy_settled]", "身份证号已遮盖，附件隐藏工作表已去除。")
    page.check("[name=aggregation_risk][value=none]")
    site.picture(page, "09-carried-over", full=True)
    page.click("button[value=approved]")
    expect(page.locator("h1")).to_have_text("我的待办")
    context.close()


def signatory_signs(site: Site, chromium: Browser) -> None:
    context, page = open_review(site, chromium, "qianfa")
    page.click("button[value=approved]")
    expect(page.locator("h1")).to_have_text("我的待办")
    context.close()


def public_gets_the_clean_copy(site: Site, chromium: Browser) -> None:
    for name, width in (("desktop", 1280), ("phone", 390)):
        context = chromium.new_context(locale="zh-CN", viewport={"width": width, "height": 844})
        page = context.new_page()
        page.goto(f"{site.base}/search/?q=居家养老服务补贴")
        page.locator("main a", has_text="实施办法的通知").first.click()
        expect(page.locator("main")).to_contain_text(MASKED)
        assert SECRET not in page.content()
        address = page.locator("a.attachment").first.get_attribute("href") or ""
        served = context.request.get(f"{site.base}{address}").body()
        assert not any(holds(served, phone) for phone in PHONES)
        site.picture(page, f"10-public-{name}")
        context.close()
