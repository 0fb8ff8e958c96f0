"""What the public gets, and how many queries it costs."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.models import CataloguePage, DomainPage, HomePage, ItemPage, PolicyIndexPage
from tests.county import County, decide, draft_pair, draft_piece, fresh, publish, submit

MOST_QUERIES = 21


def queries(client, url: str) -> int:
    client.get(url)  # what is cached per process (content types, the site) is not counted
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(captured)


def test_what_is_not_cleared_answers_404_everywhere(county: County, client):
    draft = draft_piece(county, "未审查的公告")
    submitted = draft_piece(county, "正在审查的公告")
    submit(submitted, county.drafter)
    decide(submitted, county.head)
    policy, interpretation = draft_pair(county, "未审查的政策")
    for page in (draft, submitted, policy, interpretation):
        assert client.get(fresh(page).url).status_code == 404
        for address in ("/sitemap.xml", "/feed/", "/search/?q=未审查", "/search/?q=正在审查"):
            body = client.get(address).content.decode()
            assert page.slug not in body, address
    listed = client.get(ItemPage.objects.get(item=county.admissions).url).content.decode()
    assert "未审查" not in listed and "正在审查" not in listed


def test_what_is_cleared_is_found_everywhere(county: County, client):
    page = publish(county, draft_piece(county, "2026年城区小学招生公告"))
    assert client.get(page.url).status_code == 200
    for address in (
        "/sitemap.xml",
        "/feed/",
        "/search/?q=小学招生",
        f"/search/?q={page.index_number}",
        ItemPage.objects.get(item=county.admissions).url,
        DomainPage.objects.get(domain__code="education").url,
        HomePage.objects.get().url,
    ):
        assert page.slug in client.get(address).content.decode(), address


def test_an_article_carries_its_metadata_and_head_tags(county: County, client):
    page = publish(county, draft_piece(county, "招生公告", document_number="禾教[2026]7号"))
    body = client.get(page.url).content.decode()
    for expected in (
        page.index_number,
        "禾教〔2026〕7号",
        county.education.name,
        "2026-06-01",
        'name="ArticleTitle"',
        'name="PubDate"',
        'name="ContentSource"',
        'name="SiteName"',
        'name="ColumnName"',
    ):
        assert expected in body, expected


def test_policy_and_interpretation_lead_to_each_other(county: County, client):
    policy, interpretation = draft_pair(county)
    publish(county, policy)
    policy, interpretation = fresh(policy), fresh(interpretation)
    assert interpretation.url in client.get(policy.url).content.decode()
    assert policy.url in client.get(interpretation.url).content.decode()


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"repealed_on": date(2026, 6, 10), "effective_on": date(2026, 6, 2)}, "已废止"),
        ({"expires_on": date(2026, 6, 10)}, "已失效"),
        ({"amended_on": date(2026, 6, 10)}, "已修改"),
        ({}, "现行有效"),
    ],
)
def test_a_policy_says_whether_it_is_in_force(county: County, client, fields, word):
    policy, _interpretation = draft_pair(county, **fields)
    publish(county, policy)
    assert word in client.get(fresh(policy).url).content.decode()


def test_slugs_are_readable(county: County):
    assert draft_piece(county, "2026年秋季招生公告").slug == "2026-nian-qiu-ji-zhao-sheng-gong-gao"
    assert draft_piece(county, "！！！").slug.strip("-") != ""
    again = draft_piece(county, "2026年秋季招生公告")
    assert again.slug == "2026-nian-qiu-ji-zhao-sheng-gong-gao-2"


class TestQueriesDoNotGrow:
    """Ten rows cost what one costs, and never more than twenty-one queries."""

    @pytest.fixture
    def addresses(self, county: County) -> dict[str, str]:
        item = ItemPage.objects.get(item=county.admissions)
        return {
            "home": HomePage.objects.get().url,
            "catalogue": CataloguePage.objects.get().url,
            "domain": DomainPage.objects.get(domain__code="education").url,
            "item": item.url,
            "policies": PolicyIndexPage.objects.get().url,
            "search": "/search/?q=招生",
        }

    def test_it(self, county: County, client, addresses):
        publish(county, draft_piece(county, "招生公告甲"))
        publish(county, draft_pair(county, "招生通知甲")[0])
        few = {name: queries(client, url) for name, url in addresses.items()}
        for number in range(4):
            publish(county, draft_piece(county, f"招生公告{number}"))
            publish(county, draft_pair(county, f"招生通知{number}")[0])
        many = {name: queries(client, url) for name, url in addresses.items()}
        assert many == few
        for name in ("item", "domain", "search"):
            assert many[name] <= MOST_QUERIES, many
