"""A year's change of all 26 domains, from the draft to the public pages, and taken back again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission
from wagtail.users.models import UserProfile

from catalogue_standards.diff import ChangeKind, diff_editions, touched_items
from catalogue_standards.enums import EditionStatus
from catalogue_standards.impact import impact_of
from catalogue_standards.models import (
    Channel,
    Edition,
    EditionItem,
    LegalBasis,
    Organ,
)
from catalogue_standards.starter_loader import load_starter
from cms.drafting_rights import sync_drafting_rights
from cms.models import CataloguePage, ItemPage, PublishedPiece
from cms.structure import ensure_frame, sync_catalogue
from search.models import Entry
from tests.catalogue_standards.conftest import administrator
from tests.catalogue_standards.test_admin import posted
from tests.county import County, decide, draft_pair, draft_piece, fresh, person, publish, submit
from workflows.enums import Role

TITLE = "基层政务公开标准目录（2027年版）"


@dataclass
class Year:
    """What the year began with and what was done; items by what became of them."""

    county: County
    old: Edition
    new: Edition
    items: dict[str, EditionItem]
    pieces: dict[str, PublishedPiece]
    urls: dict[str, str]
    waiting: PublishedPiece
    impact: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    desks: tuple[Client, Client] = (Client(), Client())


@pytest.fixture(scope="module")
def year(kept_transaction: None) -> Iterator[Year]:
    list(load_starter())
    ensure_frame()
    list(sync_catalogue())
    call_command("rebuild_search", stdout=io.StringIO())
    made = begin_year()
    change_everything(made)
    yield made


def begin_year() -> Year:
    old = Edition.objects.in_force()
    organ = Organ.objects.get(code="education")
    government, health = Organ.objects.get(code="government"), Organ.objects.get(code="health")
    own = old.items.alias(number=Count("subjects")).filter(
        number=1, subjects__organ=organ, time_limit_text__contains="20个工作日"
    )
    names = ("split", "merged", "replaced", "dropped", "moved", "renamed", "shortened", "handed")
    items = dict(zip(names, own.order_by("position")[: len(names)], strict=True))
    officers = [
        person("head", Role.DEPARTMENT_REVIEWER, organ),
        person("reviewer", Role.CONFIDENTIALITY_REVIEWER, government),
        person("signatory", Role.SIGNATORY, government),
    ]
    county = County(
        government=government, education=organ, health=health,
        admissions=items["split"].item, clinics=items["dropped"].item,
        drafter=person("drafter", Role.DRAFTER, organ),
        colleague=person("colleague", Role.DRAFTER, health),
        head=officers[0], reviewer=officers[1], signatory=officers[2], outsider=officers[0],
        rescuer=officers[0],
    )  # fmt: skip
    sync_drafting_rights()
    pieces = {
        name: publish(_under(county, items[name]), _piece(county, items[name], name))
        for name in ("split", "shortened", "moved")
    }
    under = _under(county, items["shortened"])
    formed = timezone.localdate() - timedelta(days=14)
    pieces["policy"] = publish(under, draft_pair(under, "policy通知", written_on=formed)[0])
    waiting = _piece(county, items["renamed"], "正在审核")
    submit(waiting, county.drafter)
    decide(waiting, county.head)
    urls = {name: ItemPage.objects.get(item=entry.item).url for name, entry in items.items()}
    return Year(county, old, old, items, pieces, urls, waiting)


def _under(county: County, entry: EditionItem) -> County:
    return replace(county, admissions=entry.item)


def _piece(county: County, entry: EditionItem, title: str) -> PublishedPiece:
    # Formed a fortnight ago: in time for twenty working days, late for three.
    formed = timezone.localdate() - timedelta(days=14)
    return draft_piece(_under(county, entry), f"{title}公告", item=entry.item, written_on=formed)


def change_everything(year: Year) -> None:
    """Through the forms of the desk: every kind of change, review by another, the day of force."""
    desks = []
    for name in ("author", "approver"):
        user = administrator(year.county, name)
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = "en"
        profile.save()
        client = Client()
        client.force_login(user)
        desks.append(client)
    author = desks[0]
    year.desks = desks[0], desks[1]
    given = {"year": 2027, "title": TITLE, "begin_from": "in_force"}
    done(author.post(url("editions:add"), given))
    year.new = draft = Edition.objects.get(year=2027)
    rows = {name: draft.items.get(item=entry.item_id) for name, entry in year.items.items()}
    target = rows["handed"].pk
    for name, data in {
        "split": {"how": "split", "names": "小学事项\n初中事项"},
        "merged": {"how": "merge", "target": target},
        "replaced": {"how": "replace", "target": target},
    }.items():
        done(author.post(url("items:reorganise", rows[name].pk), data))
    done(author.post(url("items:delete", rows["dropped"].pk)))
    elsewhere = draft.domains.get(domain__code="health-care")
    for name, change in {
        "moved": {"edition_domain": elsewhere.pk},
        "renamed": {"name": "改了名的事项"},
        "shortened": {"time_limit_text": "信息形成或者变更之日起3个工作日内"},
        "handed": {"subjects-0-organ": year.county.health.pk},
    }.items():
        address = url("items:edit", rows[name].pk)
        done(author.post(address, posted(author, address) | change))
    domain = draft.domains.get(domain__code="rural-revitalisation")
    address = url("domains:edit", domain.pk)
    done(author.post(address, posted(author, address) | {"name": "乡村全面振兴"}))
    add_item(author, draft)
    act(author, draft, "submit")
    year.impact = {s.key: [row.cells for row in s.rows] for s in impact_of(draft)}


def add_item(author: Client, draft: Edition) -> None:
    address = f"{url('items:add')}?edition={draft.pk}"
    parts = {
        "content_elements-0-text": "名单",
        "bases-0-basis": LegalBasis.objects.first().pk,
        "subjects-0-organ": Organ.objects.get(code="education").pk,
        "channels-0-channel": Channel.objects.first().pk,
    }
    parts |= {f"{key.split('-')[0]}-TOTAL_FORMS": 1 for key in parts}
    parts |= {f"{key.split('-')[0]}-0-ORDER": 1 for key in list(parts)}
    about = {
        "edition_domain": draft.domains.get(domain__code="compulsory-education").pk,
        "name": "校外培训机构名单",
        "time_limit_text": "信息形成之日起7个工作日内",
    }
    done(author.post(address, posted(author, address) | about | parts))


def url(name: str, *args: Any) -> str:
    return reverse(f"catalogue_{name}", args=args)


def act(desk: Client, edition: Edition, name: str, **data: str) -> None:
    given = {f"{name}-{key}": value for key, value in data.items()}
    done(desk.post(url("editions:act", edition.pk, name), given))


def done(answer: Any) -> None:
    assert answer.status_code == 302, re.sub(r"\s+", " ", answer.content.decode())[-6000:]


def approve_and_force(year: Year, edition: Edition) -> None:
    """By the second administrator, and by the command that stands in for the worker."""
    approver = year.desks[1]
    act(approver, edition, "approve")
    act(approver, edition, "force", on=timezone.localdate().isoformat())
    call_command("put_in_force", stdout=io.StringIO())
    assert Edition.objects.in_force() == edition


@pytest.fixture
def forced(year: Year, db: None) -> Year:
    approve_and_force(year, year.new)
    return year


@pytest.fixture
def catalogue(year: Year) -> str:
    address: str = CataloguePage.objects.get().url
    return address


def test_the_diff_tells_every_kind_of_change(year, db):
    diff = diff_editions(year.old, year.new)
    assert set(diff.counts) == set(ChangeKind)
    told = {change.item_id: change.kinds for change in diff.changes}
    expected = {
        "split": ChangeKind.SPLIT, "merged": ChangeKind.MERGED, "replaced": ChangeKind.REPLACED,
        "dropped": ChangeKind.REMOVED, "moved": ChangeKind.MOVED, "renamed": ChangeKind.RENAMED,
        "shortened": ChangeKind.CHANGED, "handed": ChangeKind.CHANGED,
    }  # fmt: skip
    assert {name: told[year.items[name].item_id] for name in expected} == {
        name: (kind,) for name, kind in expected.items()
    }
    assert [d.name for d in diff.domains if d.kind] == ["乡村全面振兴"]
    page = year.desks[0].get(url("editions:changes", year.new.pk)).content.decode()
    assert "乡村全面振兴" in page and "3个工作日内" in page


def test_the_impact_is_told_before_approval(year, db):
    impact = year.impact
    name = {key: entry.full_name for key, entry in year.items.items()}
    assert impact["without-organ"] == []
    assert [row[0] for row in impact["shorter-limits"]] == [name["shortened"]]
    assert [row[0] for row in impact["late"]] == ["shortened公告", "policy通知"]
    assert [row[0] for row in impact["reviews"]] == ["正在审核公告"]
    happens = {row[0]: row[2] for row in impact["pages"]}
    assert happens.keys() >= {*name.values(), "小学事项", "初中事项", "校外培训机构名单"} - {
        name["renamed"]
    }
    health = [row[1] for row in impact["duties"] if row[0] == year.county.health.name]
    assert len(health) == 1, "one item was handed to it"
    drafters = {row[1] for row in impact["permissions"]}
    assert drafters == {"drafter", "colleague"}
    page = year.desks[1].get(url("editions:inspect", year.new.pk)).content.decode()
    assert "?section=late" in page, "whoever approves sees it beside the button"


@pytest.mark.parametrize("view", ["changes", "impact"])
def test_both_are_workbooks_too(year, db, view):
    answer = year.desks[1].get(url(f"editions:{view}", year.new.pk) + "?format=xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value]
    assert "校外培训机构名单" in cells
    assert not any(c.data_type == "f" for sheet in book for row in sheet.iter_rows() for c in row)


def test_in_force_nothing_published_is_lost(forced, client):
    for piece in forced.pieces.values():
        assert client.get(fresh(piece).url).status_code == 200
    moved = client.get(forced.pieces["moved"].url, follow=True)
    assert moved.redirect_chain[-1][0] == fresh(forced.pieces["moved"]).url
    handed = ItemPage.objects.get(item=forced.items["handed"].item)
    for name in ("merged", "replaced"):
        assert client.get(forced.urls[name])["Location"] == handed.url
    notice = client.get(forced.urls["split"]).content.decode()
    assert "小学事项" in notice and "初中事项" in notice
    assert client.get(forced.urls["dropped"]).status_code == 200
    rights = GroupPagePermission.objects.filter(page=handed)
    assert rights.filter(group=forced.county.health.drafters_group.group).exists()
    entry = Entry.objects.get(page=ItemPage.objects.get(item=forced.items["renamed"].item))
    assert entry.title == "改了名的事项"


def test_the_public_reads_what_was_adjusted_and_last_year(forced, client, catalogue):
    told = client.get(f"{catalogue}changes/2027/?all=1").content.decode()
    assert "改了名的事项" in told and "乡村全面振兴" in told
    assert f"{catalogue}changes/2027/" in client.get(catalogue).content.decode()
    assert client.get(f"{catalogue}changes/2027/xlsx/").status_code == 200
    former = client.get(f"{catalogue}editions/2026/?q={forced.items['renamed'].name}")
    assert forced.items["renamed"].name in former.content.decode()
    assert client.get(f"{catalogue}changes/2026/").status_code == 404, "the first changed nothing"
    assert client.get(f"{catalogue}changes/2099/").status_code == 404


def test_untouched_pages_stay_untouched(year, db):
    touched = touched_items(diff_editions(year.old, year.new))
    pages = ItemPage.objects.exclude(item__in=touched)
    found = Entry.objects.filter(page__in=pages.values("pk"))

    def state() -> list[Any]:
        return [sorted(rows.values_list()) for rows in (pages, found)]

    before = state()
    assert len(before[0]) == len(before[1]) > 300
    held = set(GroupPagePermission.objects.values_list("pk", flat=True))
    approve_and_force(year, year.new)
    assert state() == before
    gone = held - set(GroupPagePermission.objects.values_list("pk", flat=True))
    # Split, merged, replaced, dropped and handed over: its drafters may no longer draft under five.
    assert len(gone) == 5


def test_a_year_is_taken_back_by_an_amendment(forced, client):
    author = forced.desks[0]
    act(author, forced.new, "amend", reason="调整有误，恢复原目录", restoring=str(forced.old.pk))
    amendment = Edition.objects.get(year=2027, amendment=1)
    act(author, amendment, "submit")
    approve_and_force(forced, amendment)
    assert diff_editions(forced.old, amendment).is_empty
    for name in ("merged", "replaced", "split", "renamed"):
        assert client.get(forced.urls[name], follow=True).status_code == 200
    page = ItemPage.objects.get(item=forced.items["moved"].item)
    assert page.url == forced.urls["moved"]
    assert client.get(fresh(forced.pieces["moved"]).url).status_code == 200
    assert Edition.objects.get(pk=forced.new.pk).status == EditionStatus.SUPERSEDED
    catalogue = CataloguePage.objects.get().url
    assert "调整有误" in client.get(f"{catalogue}changes/2027-1/").content.decode()
