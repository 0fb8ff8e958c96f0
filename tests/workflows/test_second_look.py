"""The dictionary, the second look at what is public, the yearly reassessment, and the figures."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.county import County, draft_piece, fresh, publish, submit, text
from tests.workflows.evidence import browser
from workflows import revisits
from workflows.enums import FindingKind, Role
from workflows.models import (
    AuditEntry,
    DictionaryTerm,
    DictionaryVersion,
    Finding,
    ReassessedPage,
    Reassessment,
    Revisit,
)
from workflows.scan_rules import current_rules

pytestmark = pytest.mark.django_db

PROJECT = "青鸾工程"


@pytest.fixture
def reviewer(county: County) -> Client:
    return browser(county.reviewer)


def change(client: Client, **data: object):
    url = reverse("workflows_dictionary")
    return client.post(url, {"added": "", "reason": "县国家保密局通知"} | data, follow=True)


def piece_naming_the_project(county: County):
    body = text(f"本项目属于{PROJECT}的一部分。")
    return publish(county, draft_piece(county, "学校改造公告", body=body))


def test_a_new_word_makes_a_version_and_is_searched_for(county: County, reviewer: Client):
    before = current_rules().version
    response = change(reviewer, added=f"{PROJECT} 未公开的项目名\n临时代号")
    assert "第1版" in response.content.decode()
    assert set(current_rules().dictionary) == {PROJECT, "临时代号"}
    assert current_rules().version != before
    assert DictionaryTerm.objects.get(term=PROJECT).note == "未公开的项目名"
    logged = AuditEntry.objects.get(action="dictionary.changed")
    assert logged.details["add"] == [PROJECT, "临时代号"]
    piece = draft_piece(county, body=text(f"本项目属于{PROJECT}的一部分。"))
    submit(piece, county.drafter)
    assert Finding.objects.filter(kind="dictionary", scan__page=piece.pk).exists()


def test_a_removed_word_is_no_longer_searched_for(reviewer: Client):
    change(reviewer, added=PROJECT)
    term = DictionaryTerm.objects.get()
    change(reviewer, removed=term.pk, reason="已公开")
    assert current_rules().dictionary == ()
    term.refresh_from_db()
    assert (term.since.number, term.until.number) == (1, 2)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "每行一个"),
        ({"added": "密"}, "个字"),
        ({"added": "字" * 51}, "个字"),
        ({"added": f"{PROJECT}\n{PROJECT}"}, "写了两遍"),
        ({"added": PROJECT, "reason": " "}, "说明原因"),
    ],
)
def test_a_bad_change_is_refused_and_nothing_is_lost(reviewer: Client, data: dict, told: str):
    page = change(reviewer, **data).content.decode()
    assert told in page
    assert data.get("added", "") in page
    assert not DictionaryVersion.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [(Role.AUDITOR, 200), (Role.SECURITY_ADMIN, 200), (Role.DRAFTER, 302)]
)
def test_others_read_the_dictionary_or_not_and_change_nothing(county, role, status):
    from workflows.actions.assign import AssignRoleAction

    user = User.objects.create_user("someone", password="x", last_name="someone")
    AssignRoleAction(user, role, county.government).execute()
    client = browser(User.objects.get(pk=user.pk))
    assert client.get(reverse("workflows_dictionary")).status_code == status
    change(client, added=PROJECT)
    assert not DictionaryVersion.objects.exists()


def test_what_is_public_is_looked_at_again_and_taken_down(county: County, reviewer: Client):
    page = piece_naming_the_project(county)
    other = publish(county, draft_piece(county, "无关的公告"))
    change(reviewer, added=PROJECT)
    walk = Revisit.objects.get()
    assert (walk.done, walk.total, walk.failed) == (2, 2, 0)
    assert walk.finished_at
    listing = reviewer.get(reverse("workflows_revisits")).content.decode()
    assert page.title in listing
    assert other.title not in listing
    detail = reviewer.get(reverse("workflows_revisited", args=[page.pk])).content.decode()
    take_down = reverse("workflows_take_down", args=[page.pk])
    assert take_down in detail
    reviewer.post(take_down, {"kind": "state_secret", "words": "词库新增", "reason": "词库新增"})
    assert not fresh(page).live
    assert not revisits.open_findings().exists()


def test_what_may_stay_is_settled_and_not_found_again(county: County, reviewer: Client):
    page = piece_naming_the_project(county)
    change(reviewer, added=PROJECT)
    finding = revisits.open_findings().get()
    url = reverse("workflows_revisited", args=[page.pk])
    refused = reviewer.post(url, {"finding": finding.pk, "outcome": "justified", "ground": ""})
    assert "依据" in refused.content.decode()
    assert revisits.open_findings().exists()
    reviewer.post(url, {"finding": finding.pk, "outcome": "not_a_finding", "note": "同名"})
    assert not revisits.open_findings().exists()
    call_command("revisit", reason="再看一遍")
    assert not revisits.open_findings().exists()


def test_a_walk_goes_on_where_it_was_stopped(county: County, monkeypatch):
    for number in range(3):
        publish(county, draft_piece(county, f"第{number}号公告"))
    monkeypatch.setattr(revisits, "STEP", 1)
    monkeypatch.setattr(revisits, "_queue", lambda key: None)
    walk = revisits.start("词库变了")
    assert revisits.advance(walk.pk)
    Revisit.objects.update(active_at=timezone.now() - timedelta(hours=1))
    monkeypatch.undo()
    assert revisits.take_up_again() == 1
    walk.refresh_from_db()
    assert (walk.done, bool(walk.finished_at)) == (3, True)


def test_new_rules_begin_a_walk_by_night(county: County, settings):
    publish(county, draft_piece(county))
    revisits.start("第一次")
    assert revisits.take_up_again() == 0
    settings.SCAN_SMALLEST_GROUP = 5
    assert revisits.take_up_again() == 1
    assert Revisit.objects.count() == 2


def closed_piece(county: County, title: str):
    return draft_piece(county, title, determination="withheld", ground="privacy")


def begin(client: Client, year: int = 2026):
    due = (timezone.localdate() + timedelta(days=30)).isoformat()
    url = reverse("workflows_reassessments")
    return client.post(url, {"year": year, "due_on": due}, follow=True)


def test_what_is_closed_is_reassessed_once_a_year(county: County, reviewer: Client):
    closed = closed_piece(county, "信访人名单")
    in_part = publish(
        county,
        draft_piece(county, "处罚决定", extent="redacted", ground="privacy", withheld="姓名"),
    )
    publish(county, draft_piece(county, "全部公开的公告"))
    assert "信访人名单" in begin(reviewer).content.decode()
    campaign = Reassessment.objects.get()
    assert {entry.page_id for entry in campaign.entries.all()} == {closed.pk, in_part.pk}
    assert "已经开始" in begin(reviewer).content.decode()

    head = browser(county.head)
    url = reverse("workflows_reassessment", args=[campaign.pk])
    entry = campaign.entries.get(page=closed.pk)
    data = {"entry": entry.pk, "decision": "keep", "ground": "", "reason": "仍涉及隐私"}
    assert "依据" in head.post(url, data).content.decode()
    head.post(url, data | {"ground": "privacy"})
    entry.refresh_from_db()
    assert (entry.decision, entry.decided_by) == ("keep", "head")
    again = head.post(url, data | {"decision": "open"})
    assert "已经" in again.content.decode()
    assert ReassessedPage.objects.get(pk=entry.pk).decision == "keep"


def test_another_departments_head_neither_sees_nor_decides(county: County, reviewer: Client):
    closed_piece(county, "信访人名单")
    begin(reviewer)
    entry = ReassessedPage.objects.get()
    outsider = browser(county.outsider)
    url = reverse("workflows_reassessment", args=[entry.campaign_id])
    assert "信访人名单" not in outsider.get(url).content.decode()
    data = {"entry": entry.pk, "decision": "open", "ground": "", "reason": "可以公开"}
    assert outsider.post(url, data).status_code == 404


def test_figures_count_what_was_found_and_how_it_was_settled(county: County, reviewer: Client):
    piece_naming_the_project(county)
    change(reviewer, added=PROJECT)
    finding = revisits.open_findings().get()
    row = {"outcome": "not_a_finding", "finding": finding.pk}
    reviewer.post(reverse("workflows_revisited", args=[finding.scan.page_id]), row)
    url = reverse("workflows_figures")
    assert county.education.name in reviewer.get(url).content.decode()
    book = load_workbook(BytesIO(reviewer.get(url, {"export": "xlsx"}).content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0]]
    assert rows[1] == [str(FindingKind.DICTIONARY.label), 1, 0, 0, 0, 1, 0]
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert county.education.name not in reviewer.get(url, {"since": tomorrow}).content.decode()


def test_lists_take_the_same_queries_for_many_rows(county: County, reviewer: Client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            reviewer.get(url)
        return len(captured)

    begin(reviewer)
    campaign = Reassessment.objects.get()
    url = reverse("workflows_reassessment", args=[campaign.pk])
    pieces = [closed_piece(county, f"第{number}号") for number in range(4)]
    for number, piece in enumerate(pieces):
        ReassessedPage.objects.create(
            campaign=campaign, page=piece, title=piece.title, organ=piece.organ,
            determination="withheld", extent="full",
        )  # fmt: skip
        if number == 0:
            queries()
            few = queries()
    assert queries() == few
