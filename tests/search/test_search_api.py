"""The search for machines: answers, their description, tables, feeds and suggestions."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.cache import cache
from django.test import override_settings
from django.urls import include, path
from django.utils import timezone

from cms.limiting import REQUESTS_PER_MINUTE
from cms.urls import urlpatterns as site_urls
from tests.search.pieces import Pieces, publish_pieces

urlpatterns = [path("api/", include("search.api_urls")), *site_urls]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(scope="module")
def pieces(made_county) -> Pieces:
    return publish_pieces(made_county)


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


def test_an_answer_has_what_was_promised(client, pieces):
    answer = client.get("/api/search", {"q": "低保标准"}).json()
    first = answer["results"][0]
    assert answer["count"] == len(answer["results"])
    assert first["title"] == pieces.allowance.title
    assert first["url"] == "http://testserver" + pieces.allowance.url
    assert (first["kind"], first["organ"]) == ("disclosure", pieces.allowance.organ.short_name)
    assert first["date"] == timezone.localdate().isoformat()
    assert "低保" in first["snippet"]
    assert "<" not in first["snippet"]
    assert {"value": "education", "count": answer["count"]}.items() <= answer["facets"]["organ"][
        0
    ].items()


def test_filters_and_pages_are_those_of_the_search_page(client, pieces):
    parameters = {"q": "招生", "kind": "policy", "sort": "date"}
    page = client.get("/search/", parameters)
    answer = client.get("/api/search", parameters).json()
    assert [row["title"] for row in answer["results"]] == [
        row.title for row in page.context["results"]
    ]
    assert client.get("/api/search", {"q": "招生", "page": "9"}).json()["page"] == 1


def test_the_description_fits_the_answer(client, pieces):
    described = client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    (operation,) = (
        methods["get"] for address, methods in described["paths"].items() if address == "/search"
    )
    schemas = described["components"]["schemas"]
    answer = client.get("/api/search", {"q": "义务教育"}).json()
    _fits(answer, schemas["Answer"])
    for parameter in operation["parameters"]:
        allowed = parameter["schema"].get("enum", [])
        for value in allowed:
            response = client.get("/api/search", {"q": "义务教育", parameter["name"]: value})
            assert response.status_code == 200


def _fits(value, schema) -> None:
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}
    wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert isinstance(value, tuple(kinds[kind] for kind in wanted))
    assert not schema.get("enum") or value in schema["enum"]
    if isinstance(value, list):
        for part in value:
            _fits(part, schema["items"])
    elif isinstance(value, dict):
        properties = schema.get("properties", {})
        assert set(schema.get("required", [])) == set(properties)
        for name, part in value.items():
            _fits(part, properties.get(name) or schema["additionalProperties"])
        assert set(properties) <= set(value)


@time_machine.travel(datetime(2026, 11, 23, 10, 0, tzinfo=UTC), tick=False)
def test_who_asks_too_often_waits_a_minute(client, pieces):
    statuses = [
        client.get("/api/search", {"q": "低保"}).status_code for _ in range(REQUESTS_PER_MINUTE + 1)
    ]
    assert set(statuses[:-1]) == {200}
    refused = client.get("/api/search", {"q": "低保"})
    assert statuses[-1] == refused.status_code == 429
    assert refused.headers["Retry-After"] == "60"
    with override_settings(CLIENT_ADDRESS_HEADER="HTTP_X_FORWARDED_FOR"):
        other = client.get("/api/search", {"q": "低保"}, HTTP_X_FORWARDED_FOR="1.1.1.1, 2.2.2.2")
    assert other.status_code == 200


def test_a_list_as_a_table(client, pieces):
    response = client.get("/search/", {"kind": "disclosure", "format": "csv"})
    assert response.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    titles = [next(iter(row.values())) for row in rows]
    assert titles[0] == pieces.land.title
    assert len(rows) == 4
    assert "http://testserver" + pieces.land.url in rows[0].values()


def test_a_table_holds_no_formulas(client, made_county, pieces):
    from tests.county import draft_piece, publish

    publish(made_county, draft_piece(made_county, "=HYPERLINK(公告)"))
    table = client.get("/search/", {"kind": "disclosure", "format": "csv"}).content.decode()
    assert "'=HYPERLINK(公告)" in table


def test_a_list_as_a_feed(client, pieces):
    response = client.get("/search/", {"q": "招生", "kind": "disclosure", "format": "rss"})
    items = ElementTree.fromstring(response.content).findall("channel/item")
    assert [item.findtext("title") for item in items] == [pieces.plan.title, pieces.enrolment.title]
    assert items[0].findtext("link") == "http://testserver" + pieces.plan.url


@pytest.mark.parametrize(
    "typed", ["城乡低", "cxdb", "ｃｘｄｂ", "低保标准公", "低保標準公", "城鄉低"]
)
def test_suggestions_go_on_as_typed(client, pieces, typed):
    suggestions = client.get("/search/suggest/", {"q": typed}).json()["suggestions"]
    assert {"title": pieces.allowance.title, "url": pieces.allowance.url} in suggestions


def test_nothing_typed_suggests_nothing(client, pieces):
    assert client.get("/search/suggest/", {"q": " "}).json() == {"suggestions": []}
