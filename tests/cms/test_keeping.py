"""The page of an item as a promise and its keeping: a line of time against the limits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client

from catalogue_standards.calendar import site_calendar
from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Edition, EditionItem, Item
from catalogue_standards.working_days import SHANGHAI
from cms.keeping import dues_of, line_of
from cms.models import ItemPage
from cms.obligations.computing import recompute_all
from cms.structure import sync_catalogue
from tests.county import County, add_item, draft_piece, publish, save_draft


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=SHANGHAI), tick=False):
        yield


@pytest.fixture
def monthly(county: County) -> Item:
    """An item for every month, listed since August."""
    edition = Edition.objects.in_force()
    Edition.objects.filter(pk=edition.pk).update(status=EditionStatus.DRAFT)
    edition.refresh_from_db()
    item = add_item(edition, "education", "义务教育", "月报", county.education, "")
    EditionItem.objects.filter(item=item).update(rhythm_period="month")
    Edition.objects.filter(pk=edition.pk).update(
        status=EditionStatus.IN_FORCE, in_force_from=date(2026, 8, 1)
    )
    list(sync_catalogue())
    return item


def nodes(client: Client, item: Item) -> list[tuple[str, str, int]]:
    """(day, how it stands, working days late or left) of each node, as the public page has them."""
    list(recompute_all())
    answer = client.get(ItemPage.objects.get(item=item).url)
    assert answer.status_code == 200
    told = []
    for node in answer.context["timeline"]:
        if node.is_piece:
            days = node.timeliness.days_late if node.timeliness else -1
            told.append((f"{node.at:%m-%d}", f"piece {node.tone}".strip(), days))
        else:
            told.append((f"{node.at:%m-%d}", str(node.state.value), node.days))
    return told


def test_what_is_next_and_what_was_missed_stand_on_the_line(county: County, monthly, client):
    assert nodes(client, monthly) == [
        ("11-30", "coming", 20),
        ("10-31", "missed", 1),
        ("09-30", "missed", 19),
        ("08-31", "missed", 41),
    ]


def test_a_piece_keeps_its_month_and_comes_too_late_for_those_before(
    county: County, monthly, client
):
    draft = draft_piece(county, "还没有公开的月报")
    page = type(draft)(
        title="十一月月报", slug="", organ=county.education, item=monthly,
        written_on=date(2026, 10, 30), body=draft.body,
    )  # fmt: skip
    save_draft(ItemPage.objects.get(item=monthly), page, county.drafter)
    publish(county, page)
    told = nodes(client, monthly)
    assert told[:3] == [("12-31", "coming", 43), ("11-02", "piece kept", 0), ("10-31", "late", 1)]
    assert [state for _day, state, _days in told[3:]] == ["late", "late"]
    body = client.get(ItemPage.objects.get(item=monthly).url).content.decode()
    assert "还没有公开的月报" not in body


@pytest.mark.parametrize(
    ("formed", "tone", "late"),
    [(date(2026, 10, 30), "piece kept", 0), (date(2026, 9, 1), "piece late", 20)],
)
def test_a_piece_without_a_rhythm_is_measured_by_its_own_day(
    county: County, client, formed, tone, late
):
    publish(county, draft_piece(county, written_on=formed))
    assert nodes(client, county.admissions) == [("11-02", tone, late)]


def test_a_due_date_stands_on_the_page_of_its_time(county: County, monthly):
    list(recompute_all())
    later = line_of([], dues_of(monthly.pk), site_calendar(), above=date(2026, 9, 30))
    assert [node.at for node in later] == [date(2026, 8, 31)]
