"""The catalogue as a table: narrowed, sorted, paged and taken away as a file, by addresses alone."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from catalogue_standards.enums import Counting, EditionStatus, SubjectGroup
from catalogue_standards.models import (
    Channel,
    Edition,
    EditionItem,
    ItemChannel,
    Obligation,
    Organ,
)
from cms.obligations.public import Mark, items_marked, states_of
from tests.county import County, add_item

ENROLMENT, CLINICS, CLOSED, GRANTS = "招生入学", "医疗机构名录", "停诊公告", "补助发放名单"
HERE = "/catalogue/"


@pytest.fixture(autouse=True)
def items(county: County) -> dict[str, EditionItem]:
    """Two more items than the county has, in other domains, with other limits and channels."""
    edition = Edition.objects.get()
    Edition.objects.update(status=EditionStatus.DRAFT)
    add_item(edition, "health", "医疗卫生", CLOSED, county.health, limit="实时公开")
    add_item(edition, "aid", "社会救助", GRANTS, SubjectGroup.TOWNSHIPS, limit="每季度公开")
    EditionItem.objects.filter(name=GRANTS).update(at_township=True, at_county=False)
    board = Channel.objects.create(code="board", name="村公示栏")
    ItemChannel.objects.filter(edition_item__name=GRANTS).update(channel=board)
    Edition.objects.update(status=EditionStatus.IN_FORCE)
    return {row.name: row for row in EditionItem.objects.all()}


def shown(client, query: str = "") -> list[str]:
    body = client.get(f"{HERE}{query}", headers={"HX-Request": "true"}).content.decode()
    return re.findall(r"招生入学|医疗机构名录|停诊公告|补助发放名单", body)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {ENROLMENT, CLINICS, CLOSED, GRANTS}),
        ("?domain=health", {CLINICS, CLOSED}),
        ("?organ=health", {CLINICS, CLOSED}),
        ("?organ=linjiang", {GRANTS}),
        ("?limit=month", {ENROLMENT, CLINICS}),
        ("?limit=at_once", {CLOSED}),
        ("?limit=periodic", {GRANTS}),
        ("?channel=board", {GRANTS}),
        ("?level=township", {GRANTS}),
        ("?q=公告", {CLOSED}),
        ("?domain=health&limit=at_once&q=", {CLOSED}),
        ("?domain=health&channel=board", set()),
        # What an address cannot mean finds nothing, and is no error.
        ("?organ=nobody", set()),
        ("?limit=never", set()),
        ("?state=%00", {ENROLMENT, CLINICS, CLOSED, GRANTS}),
        ("?sort=fate&page=99", {ENROLMENT, CLINICS, CLOSED, GRANTS}),
    ],
)
def test_filters(client, query, names):
    assert set(shown(client, query)) == names
    assert client.get(f"{HERE}{query}").status_code == 200


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", [ENROLMENT, CLINICS, CLOSED, GRANTS]),
        ("-number", [GRANTS, CLOSED, CLINICS, ENROLMENT]),
        ("name", [GRANTS, CLOSED, CLINICS, ENROLMENT]),  # bu, ting, yi, zhao
        ("limit", [CLOSED, ENROLMENT, CLINICS, GRANTS]),
        ("-limit", [GRANTS, ENROLMENT, CLINICS, CLOSED]),
    ],
)
def test_orders(client, sort, names):
    assert shown(client, f"?sort={sort}") == names


def test_files_hold_exactly_what_is_filtered(client):
    query = f"{HERE}?domain=health&sort=limit&format="
    text = client.get(f"{query}csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["二级事项"] for row in rows] == [CLOSED, CLINICS]
    assert {row["领域"] for row in rows} == {"医疗卫生"}
    book = load_workbook(io.BytesIO(client.get(f"{query}xlsx").content))
    cells = [str(cell) for row in book.active.values for cell in row if cell]
    assert book.sheetnames == ["医疗卫生"] and CLOSED in cells and ENROLMENT not in cells
    [table] = Document(io.BytesIO(client.get(f"{query}docx").content)).tables
    assert {row.cells[2].text for row in table.rows} >= {CLOSED, CLINICS}
    assert len(table.rows) == 2 + 2


def test_htmx_gets_the_table_alone_at_the_shortest_address(client):
    asked = f"{HERE}?domain=health&organ=&q=&sort=limit&page=1"
    part = client.get(asked, headers={"HX-Request": "true"})
    assert part["HX-Push-Url"] == f"{HERE}?domain=health&sort=limit"
    assert "<html" not in part.content.decode() and "HX-Request" in part["Vary"]
    whole = client.get(asked).content.decode()
    assert "<html" in whole and part.content.decode().strip() in whole


def test_a_longer_table_costs_no_more_queries(client, items):
    def queries(query: str) -> int:
        client.get(f"{HERE}{query}")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{HERE}{query}", headers={"HX-Request": "true"})
        return len(captured)

    assert queries("?sort=organ&domain=health") == queries("?sort=organ&domain=education") <= 24


def test_the_filter_by_state_agrees_with_the_marks(county: County, items):
    """Every mix of two organs that are late, up to date, published once, or silent."""
    now = timezone.now()
    past, day = now - timedelta(days=1), now.date()
    stands = {
        "late": {"public_closes_at": past, "public_due_on": day, "pieces": 1},
        "late and silent": {"public_closes_at": past, "public_due_on": day, "pieces": 0},
        "kept": {"public_closes_at": now + timedelta(days=1), "public_due_on": day, "pieces": 1},
        "published": {"pieces": 1},
        "silent": {"pieces": 0},
    }
    organs = Organ.objects.in_use()[:2]
    for one in stands.values():
        for other in stands.values():
            Obligation.objects.all().delete()
            for organ, stand in zip(organs, (one, other), strict=True):
                _obligation(items[CLINICS], organ, now, stand)
            [state] = states_of([items[CLINICS].item_id], now).values()
            found = [mark for mark in Mark if items_marked(mark, now).exists()]
            assert found == [state.mark], (one, other)


def _obligation(entry: EditionItem, organ: Organ, now: datetime, stand: dict[str, object]) -> None:
    Obligation.objects.create(
        item=entry.item, organ=organ, entry=entry, counting=Counting.EVENT, computed_at=now, **stand
    )
