"""The county in figures: only what is public counts, and each picture's file says the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Edition, EditionItem, Item, Occasion
from catalogue_standards.working_days import SHANGHAI
from cms.figures.bars import round_up, stacked, year_charts
from cms.figures.heat_map import Share
from cms.models import CataloguePage, FiguresPage, HomePage, ItemPage
from cms.obligations.computing import recompute_all
from tests.county import County, add_item, draft_pair, draft_piece, publish


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=SHANGHAI), tick=False):
        yield


def table(client: Client, name: str) -> list[list[str]]:
    """The lines of a file below its headings."""
    list(recompute_all())
    answer = client.get(f"/figures/csv/{name}/")
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]


def page(client: Client) -> str:
    list(recompute_all())
    return client.get("/figures/").content.decode()


def monthly(county: County, name: str = "月报") -> Item:
    edition = Edition.objects.in_force()
    Edition.objects.filter(pk=edition.pk).update(status=EditionStatus.DRAFT)
    edition.refresh_from_db()
    item = add_item(edition, "education", "义务教育", name, county.education, "每月")
    EditionItem.objects.filter(item=item).update(rhythm_period="month")
    Edition.objects.filter(pk=edition.pk).update(
        status=EditionStatus.IN_FORCE, in_force_from=date(2026, 8, 1)
    )
    return item


def test_a_square_counts_what_is_public_and_leads_to_its_items(county: County, client):
    draft_piece(county, "还没有公开的公告")
    assert ["禾城县教育局", "义务教育", "1", "0", "0"] in table(client, "coverage")
    publish(county, draft_piece(county))
    assert ["禾城县教育局", "义务教育", "1", "1", "0"] in table(client, "coverage")
    address = f"{CataloguePage.objects.get().url}?organ=education&domain=education"
    assert f'href="{address.replace("&", "&amp;")}"' in page(client)
    assert client.get(address).context["rows"].paginator.count == 1


def test_a_month_leads_to_what_became_public_in_it(county: County, client):
    draft_piece(county, "还没有公开的公告")
    piece = publish(county, draft_piece(county))
    assert table(client, "months") == [["2026-11", "1"]]
    assert "/figures/2026-11/" in page(client)
    assert piece.url in client.get("/figures/2026-11/").content.decode()
    assert piece.url not in client.get("/figures/2026-10/").content.decode()


@pytest.mark.parametrize("address", ["2026-13/", "2026-0/", "99999-1/", "csv/secrets/"])
def test_what_is_no_picture_is_not_found(county: County, client, address):
    assert client.get(f"/figures/{address}").status_code == 404


@pytest.mark.parametrize(
    ("formed", "figures"),
    [(date(2026, 10, 30), ["1", "0", "0"]), (date(2026, 6, 1), ["0", "1", "0"])],
)
def test_a_piece_kept_its_limit_or_came_late(county: County, client, formed, figures):
    publish(county, draft_piece(county, written_on=formed))
    assert [row[2:] for row in table(client, "limits")] == [figures, figures]


def test_what_only_the_desk_knows_is_not_told(county: County, client):
    draft_piece(county, "迟迟没有公开的公告", written_on=date(2026, 6, 1))
    Occasion.objects.create(
        item=county.admissions,
        organ=county.education,
        title="名单调整",
        happened_on=date(2026, 6, 1),
        noted_by_name="drafter",
    )
    assert table(client, "limits") == []
    assert "名单调整" not in page(client)
    publish(county, draft_piece(county, written_on=date(2026, 10, 30)))
    assert [row[2:] for row in table(client, "limits")] == [["1", "0", "0"]] * 2, "told once"


def test_missed_periods_stand_on_the_home_page_with_what_is_next(county: County, client):
    item = monthly(county)
    list(recompute_all())
    from cms.structure import sync_catalogue

    list(sync_catalogue())
    told = client.get(HomePage.objects.get().url).context["coming"]
    assert [(row.entry.item_id, row.due_on) for row in told.late] == [(item.pk, date(2026, 8, 31))]
    assert told.ahead == []
    assert ItemPage.objects.get(item=item).url in client.get("/").content.decode()
    assert [row[2:] for row in table(client, "limits")] == [["0", "0", "3"]] * 2


def test_its_cost_does_not_grow(county: County, client):
    def queries() -> int:
        list(recompute_all())
        client.get("/figures/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/figures/").status_code == 200
        return len(captured)

    publish(county, draft_piece(county, "甲"))
    few = queries()
    for number in range(3):
        monthly(county, f"月报{number}")
        publish(county, draft_piece(county, f"公告{number}"))
    publish(county, draft_pair(county)[0])
    assert queries() == few <= 30


def test_the_frame_has_its_page(county: County, client):
    assert FiguresPage.objects.get().url == "/figures/"
    assert "/figures/" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("part", "whole", "level"), [(0, 3, 0), (1, 3, 1), (2, 3, 2), (1, 2, 2), (3, 3, 3)]
)
def test_how_strong_a_square_is(part, whole, level):
    assert Share(part, whole).level == level


def test_bars_fill_their_length_and_follow_one_another():
    parts = stacked([("kept", "", 6), ("late", "", 0), ("missed", "", 2)], 8)
    assert [(part.kind, part.x, part.width) for part in parts] == [
        ("kept", 0, 75),
        ("missed", 75, 25),
    ]


def test_months_to_come_have_no_bar_and_all_years_one_scale():
    newest, older = year_charts({(2025, 12): 20, (2026, 1): 5}, (2026, 2))
    assert [bar.number for bar in newest.bars][:3] == [5, 0, None]
    assert (older.bars[11].height, newest.bars[0].height) == (150, 37.5)


@pytest.mark.parametrize(("number", "top"), [(0, 1), (1, 1), (7, 8), (9, 10), (22, 30), (81, 100)])
def test_the_scale_ends_on_a_round_number(number, top):
    assert round_up(number) == top
