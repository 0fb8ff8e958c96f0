"""What machines are given agrees with what people read."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client

from cms.models import CataloguePage, DomainPage, ItemPage, PolicyIndexPage
from cms.open_data.registry import LISTS
from cms.sitemaps import PublicPages
from tests.county import County, draft_pair, draft_piece, fresh, publish

_LINK = re.compile(r'<link rel="alternate"\s+type="([^"]+)"\s+title="[^"]*"\s+href="(/api/[^"]+)"')
_ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def client() -> Client:
    cache.clear()  # And with it what was counted against the limit of requests.
    return Client()


@pytest.fixture
def shown(county: County) -> County:
    publish(county, draft_piece(county, "第一号公告"))
    publish(county, draft_piece(county, "第二号公告", summary="=1+1"))
    draft_piece(county, "没有审查的公告")
    publish(county, draft_pair(county)[0])
    return county


def body(client: Client, address: str) -> str:
    response = client.get(address.replace("&amp;", "&"))
    assert response.status_code == 200, address
    raw = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    return raw.decode("utf-8-sig")


def addresses(client: Client, address: str, text: str) -> set[str]:
    """The addresses that one form of a list names."""
    if ".csv" in address:
        fields = [field.name for field in LISTS[urlsplit(address).path[5:-4]].fields]
        rows = list(csv.reader(io.StringIO(text)))[1:]
        return {row[fields.index("url")] for row in rows}
    if ".json" in address:
        answer = json.loads(text)
        assert answer["count"] == len(answer["results"])
        return {row["url"] for row in answer["results"]}
    if ".atom" in address:
        feed = ElementTree.fromstring(text)
        return {link.attrib["href"] for link in feed.findall(f"{_ATOM}entry/{_ATOM}link")}
    return {str(link.text) for link in ElementTree.fromstring(text).findall("channel/item/link")}


PAGES = [
    (lambda: CataloguePage.objects.get().url, {"items"}),
    (lambda: f"{CataloguePage.objects.get().url}?domain=health", {"items"}),
    (lambda: DomainPage.objects.get(domain__code="education").url, {"disclosures", "items"}),
    (lambda: ItemPage.objects.get(item__key__startswith="education").url, {"disclosures"}),
    (lambda: ItemPage.objects.get(item__key__startswith="health").url, {"disclosures"}),
    (lambda: PolicyIndexPage.objects.get().url, {"policies", "interpretations"}),
    (
        lambda: f"{PolicyIndexPage.objects.get().url}?kind=other",
        {"policies", "interpretations"},
    ),
]


@pytest.mark.parametrize(("page", "lists"), PAGES)
def test_each_form_of_a_list_holds_what_the_page_shows(
    shown: County, client: Client, page: Any, lists: set[str]
):
    html = body(client, page())
    main = html[html.index("<main") : html.index("</main>")]
    found: dict[str, set[frozenset[str]]] = {}
    for _media_type, address in _LINK.findall(html):
        name = urlsplit(address).path.removeprefix("/api/").partition(".")[0]
        named = addresses(client, address, body(client, address))
        found.setdefault(name, set()).add(frozenset(named))
        assert address in main, "people are shown the same addresses"
    assert set(found) == lists
    for name, forms in found.items():
        assert len(forms) == 1, f"{name}: the forms differ: {forms}"
        for url in next(iter(forms)):
            assert f'href="{urlsplit(url).path}"' in main, url
    everything = "".join(body(client, address) for _type, address in _LINK.findall(html))
    assert "没有审查" not in everything
    assert "第二号公告" not in everything or "'=1+1" in everything, "a formula is defused"


def test_every_address_that_the_api_describes_answers(shown: County, client: Client):
    document = json.loads(body(client, "/api/openapi.json"))
    policy = json.loads(body(client, "/api/policies.json"))["results"][0]
    for path in document["paths"]:
        address = "/api" + path.format(pk=policy["id"], reference="2026")
        response = client.get(address)
        assert response.status_code == 200, address
        assert response["Access-Control-Allow-Origin"] == "*", address
    for name in LISTS:
        described = document["components"]["schemas"][f"{name.capitalize()}Row"]
        for row in json.loads(body(client, f"/api/{name}.json"))["results"]:
            assert set(row) == set(described["required"]), name
    piece = json.loads(body(client, f"/api/pieces/{policy['id']}.json"))
    assert "各学校按照本通知" in piece["content_html"]
    draft = draft_piece(shown, "还没有审查")
    for gone in (f"pieces/{draft.pk}.json", "editions/1999.zip", "drafts.json"):
        assert client.get(f"/api/{gone}").status_code == 404, gone


def test_an_edition_is_one_download(shown: County, client: Client):
    with zipfile.ZipFile(io.BytesIO(client.get("/api/editions/2026.zip").content)) as packed:
        files = {
            name.rpartition("/")[2]: packed.read(name).decode("utf-8-sig")
            for name in packed.namelist()
        }
    rows = json.loads(files["items.json"])
    assert {row["key"] for row in rows} == {shown.admissions.key, shown.clinics.key}
    assert len(list(csv.reader(io.StringIO(files["items.csv"])))) == 1 + len(rows)
    assert all(name in files["README.txt"] for name in rows[0])
    assert json.loads(files["dataset.json"])["@type"] == "Dataset"


def test_a_policy_says_what_it_is(shown: County, client: Client):
    page = fresh(
        publish(
            shown, draft_pair(shown, "关于</script>的通知", document_number="禾政发〔2026〕3号")[0]
        )
    )
    html = body(client, page.url)
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    legislation, way = json.loads(text)["@graph"]
    assert legislation["@type"] == "Legislation"
    assert legislation["name"] == page.title
    assert legislation["legislationIdentifier"] == "禾政发〔2026〕3号"
    assert legislation["legislationDate"] == "2026-06-01"
    assert [step["item"] for step in way["itemListElement"]][-1] == legislation["url"]
    assert legislation["subjectOf"][0]["url"].startswith(legislation["url"])


def test_a_long_sitemap_is_divided(shown: County, client: Client, monkeypatch: pytest.MonkeyPatch):
    whole = set(re.findall(r"<loc>(.*?)</loc>", body(client, "/sitemap.xml")))
    monkeypatch.setattr(PublicPages, "limit", 4)
    parts = re.findall(r"<loc>(.*?)</loc>", body(client, "/sitemap.xml"))
    assert len(parts) > 1
    texts = [body(client, part) for part in parts]
    assert {url for text in texts for url in re.findall(r"<loc>(.*?)</loc>", text)} == whole
    assert all("<lastmod>" in text for text in texts[:1])
