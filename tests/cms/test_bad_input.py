"""Bad input at the drafter's form: a sentence that says what to do, and nothing typed is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cms.models import Attachment, DisclosurePage, ItemPage, PolicyIndexPage, PolicyPage
from tests.county import County, draft_pair, draft_piece, publish
from workflows.models import Submission

TYPED = "打字很久才写好的一段概述。"


def form(county: County, **fields: Any) -> dict[str, Any]:
    draftail = {
        "blocks": [
            {
                "key": "a",
                "type": "unstyled",
                "depth": 0,
                "text": "正文。",
                "inlineStyleRanges": [],
                "entityRanges": [],
            }
        ],
        "entityMap": {},
    }
    return {
        "title": "关于招生的公告",
        "organ": county.education.pk,
        "genre": "announcement",
        "topic": "",
        "document_number": "",
        "written_on": "2026-06-01",
        "effective_on": "",
        "keywords": "",
        "summary": TYPED,
        "stage": "",
        "level": "county",
        "determination": "proactive",
        "extent": "full",
        "ground": "",
        "withheld": "",
        "correction_note": "",
        "addressees": "",
        "item": "",
        "expires_on": "",
        "amended_on": "",
        "repealed_on": "",
        "replaces": "",
        "replaces_text": "",
        "no_interpretation_ground": "",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": json.dumps(draftail),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        "action-submit": "1",
    } | fields


def create(county: County, kind: str, parent: int, **fields: Any) -> str:
    browser = Client()
    browser.force_login(county.drafter)
    url = reverse("wagtailadmin_pages:add", args=("cms", kind, parent))
    response = browser.post(url, form(county, **fields))
    return response.content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"effective_on": "2026-05-01"}, "生效日期不能早于成文日期 2026-06-01"),
        ({"written_on": "2099-01-01"}, "这个日期还没有到"),
        ({"determination": ""}, "公开属性"),
        ({"extent": "partial"}, "依据"),
        ({"document_number": "禾教(2026)7 号"}, "已经使用这个文号"),
        ({"title": ""}, "必需字段"),
    ],
)
def test_a_disclosure_is_refused_with_a_sentence(county: County, fields, sentence):
    publish(county, draft_piece(county, "已有的公告", document_number="禾教〔2026〕7号"))
    parent = ItemPage.objects.get(item=county.admissions).pk
    answer = create(county, "disclosurepage", parent, **fields)
    assert sentence in answer
    assert TYPED in answer
    assert DisclosurePage.objects.count() == 1
    assert not Submission.objects.open().exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "解读"),
        ({"is_normative": "on", "no_interpretation_ground": "转发"}, "有效期"),
        (
            {
                "is_normative": "on",
                "no_interpretation_ground": "转发",
                "expires_on": "2033-01-01",
            },
            "最长 5 年",
        ),
        (
            {
                "is_normative": "on",
                "is_trial": "on",
                "no_interpretation_ground": "转发",
                "expires_on": "2029-01-01",
            },
            "最长 2 年",
        ),
    ],
)
def test_a_policy_is_refused_with_a_sentence(county: County, fields, sentence):
    answer = create(county, "policypage", PolicyIndexPage.objects.get().pk, **fields)
    assert sentence in answer
    assert TYPED in answer
    assert not PolicyPage.objects.exists()


def test_a_complete_piece_is_submitted(county: County):
    parent = ItemPage.objects.get(item=county.admissions).pk
    create(county, "disclosurepage", parent)
    assert Submission.objects.open().get().title == "关于招生的公告"


def test_a_drafter_may_add_only_under_the_organs_items(county: County):
    browser = Client()
    browser.force_login(county.drafter)
    own, other = (ItemPage.objects.get(item=i) for i in (county.admissions, county.clinics))
    for page, allowed in ((own, True), (other, False)):
        url = reverse("wagtailadmin_pages:add", args=("cms", "disclosurepage", page.pk))
        assert (browser.get(url).status_code == 200) is allowed


def test_the_form_shows_what_the_item_requires(county: County):
    browser = Client()
    browser.force_login(county.drafter)
    page = draft_piece(county)
    answer = browser.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()
    for told in ("招生范围；招生计划", "20个工作日", "政府信息公开条例", "政府网站", "2026-06-30"):
        assert told in answer, told


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("{organ}/{year}", "{serial:05}"),
        ("{year}-{serial:05}", "{organ}"),
        ("{organ}/{nothing}{serial}", "只能使用"),
        ("{organ", "只能使用"),
    ],
)
def test_an_unusable_index_pattern_is_refused(county: County, client, pattern, sentence):
    from wagtail.models import Site

    from cms.models import SiteIdentity

    site = Site.objects.get()
    before = SiteIdentity.for_site(site).index_number_pattern
    url = reverse("wagtailsettings:edit", args=("cms", "siteidentity", site.pk))
    data = {
        "name": "禾城县人民政府",
        "tagline": TYPED,
        "seal": "禾",
        "slogan": "该公开的",
        "index_number_pattern": pattern,
    }
    client.force_login(county.signatory)
    answer = client.post(url, data).content.decode()
    assert sentence in answer and TYPED in answer
    assert SiteIdentity.objects.get(site=site).index_number_pattern == before


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("病毒.exe", b"MZ", "exe"),
        ("页面.html", b"<script>", "html"),
        ("名单.pdf", b"MZ\x90\x00\x03" + b"\x00" * 300, "程序"),
    ],
)
def test_a_forbidden_attachment_is_refused(county: County, name, content, sentence):
    browser = Client()
    browser.force_login(county.drafter)
    answer = browser.post(
        reverse("wagtaildocs:add"),
        {"title": TYPED, "file": SimpleUploadedFile(name, content)},
    )
    multiple = browser.post(
        reverse("wagtaildocs:add_multiple"),
        {"files[]": SimpleUploadedFile(name, content)},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert sentence in answer.content.decode() + multiple.content.decode()
    assert not Attachment.objects.exists()


def test_files_that_are_no_policy_are_refused(county: County):
    browser = Client()
    browser.force_login(county.drafter)
    answer = browser.post(
        reverse("cms_start_policy"), {"policy": SimpleUploadedFile("政策.docx", b"not a docx")}
    )
    assert "docx" in answer.content.decode()
    assert not PolicyPage.objects.exists()


def test_a_pair_shares_one_submission(county: County):
    policy, _interpretation = draft_pair(county)
    browser = Client()
    browser.force_login(county.drafter)
    url = reverse("wagtailadmin_pages:edit", args=(policy.pk,))
    browser.post(url, form(county, organ=county.government.pk, title=policy.title))
    assert Submission.objects.open().get().pages.count() == 2
