"""What each organ owes, through the doors: publishing, the desk, the worker, the public site."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import openpyxl
import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page
from wagtail.users.models import UserProfile

from catalogue_standards.actions.begin import CopyEditionAction
from catalogue_standards.actions.force import PutInForceAction
from catalogue_standards.actions.holidays import AdoptNoticeAction
from catalogue_standards.duties.grounds import Grounds
from catalogue_standards.editing import read_limits
from catalogue_standards.enums import ChoiceStatus, Clock, EditionStatus, SubjectGroup
from catalogue_standards.holiday_notice import read_holiday_notice
from catalogue_standards.models import (
    Due,
    Edition,
    EditionItem,
    Item,
    Obligation,
    Occasion,
    Organ,
    TownshipChoice,
)
from catalogue_standards.signals import township_choices_changed
from catalogue_standards.working_days import SHANGHAI
from cms.models import CataloguePage, Digest, DutySettings, ItemPage, Reminder
from cms.obligations import computing, tasks
from cms.obligations.facts import answer, reference_of
from cms.obligations.reminders import UnsentDigests, remind, send_digests
from cms.structure import sync_catalogue
from tests.bulk import add_pieces
from tests.county import (
    County,
    add_item,
    draft_pair,
    draft_piece,
    person,
    publish,
    take_down,
)
from workflows import triggers
from workflows.enums import Role


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def now():
    """Monday 2 November 2026, ten in the morning; `now.move_to` goes on."""
    with time_machine.travel(moment("2026-11-02 10:00"), tick=False) as traveller:
        yield traveller


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def listed(limit: str, organ: Organ | SubjectGroup, name: str = "月报", **rhythm: Any) -> Item:
    """One more item of the edition in force, as if it had always been there."""
    edition = Edition.objects.in_force()
    Edition.objects.filter(pk=edition.pk).update(status=EditionStatus.DRAFT)
    edition.refresh_from_db()
    item = add_item(edition, "education", "义务教育", name, organ, limit)
    EditionItem.objects.filter(item=item).update(**rhythm)
    Edition.objects.filter(pk=edition.pk).update(status=EditionStatus.IN_FORCE)
    return item


def desk(user: User) -> Client:
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    client = Client()
    client.force_login(user)
    return client


def of(item: Item, organ: Organ) -> Obligation:
    return Obligation.objects.get(item=item, organ=organ)


def open_dues(item: Item) -> list[tuple[str, bool]]:
    dues = Due.objects.open().filter(item=item).order_by("due_on")
    return [(f"{due.due_on:%m-%d}", due.provisional) for due in dues]


def board(client: Client, **asked: str) -> list[tuple[str, str]]:
    rows = client.get(reverse("cms_duties"), asked).context["rows"]
    return [(each["row"].entry.name, each["standing"].value) for each in rows]


@contextmanager
def lifted() -> Iterator[None]:
    """The gate lets pieces by the hundred through."""
    triggers.remove(connection)
    yield
    triggers.install(connection)


# Computing


def test_a_draft_is_due_and_its_publication_meets_it(
    county: County, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        piece = draft_piece(county, written_on=date(2026, 10, 30))
    assert open_dues(county.admissions) == [("11-27", False)]
    with django_capture_on_commit_callbacks(execute=True):
        publish(county, piece)
    row = of(county.admissions, county.education)
    assert (open_dues(county.admissions), row.pieces) == ([], 1)
    assert (row.newest_on, row.due_on) == (date(2026, 11, 2), None)
    with django_capture_on_commit_callbacks(execute=True):
        take_down(piece, county)
    assert of(county.admissions, county.education).pieces == 0


def everything() -> list[Any]:
    """What is stored, as it is told: due dates and obligations, by what they are about."""
    dues = Due.objects.order_by("key").values_list(
        "key", "since", "due_on", "closes_at", "provisional", "fulfilled_on", "reference", "title"
    )
    obligations = Obligation.objects.order_by("item", "organ").values_list(
        "item", "organ", "entry", "pieces", "newest_on", "due_on", "closes_at",
        "public_due_on", "public_closes_at",
    )  # fmt: skip
    return [*dues, *obligations]


@pytest.mark.parametrize(
    ("limit", "rhythm"),
    [
        ("信息形成或变更之日起20个工作日内", {}),
        ("每月更新", {}),
        (
            "信息形成之日起3个工作日内",
            {"rhythm_period": "month", "rhythm_pieces": 2, "newest_days": 20},
        ),
        ("每20个工作日更新", {"newest_days": 30}),
    ],
)
def test_settling_a_piece_comes_to_the_same_as_settling_its_item(
    county: County, now, django_capture_on_commit_callbacks, limit, rhythm
):
    item = listed(limit, county.education, "公告栏", **rhythm)
    list(sync_catalogue())
    Occasion.objects.create(item=item, organ=county.education, title="事故",
                            happened_on=date(2026, 10, 20), noted_by_name="甲")  # fmt: skip
    county = replace(county, admissions=item)
    computing.recompute([item.pk])
    pieces: list[Any] = []

    def settled(act: Callable[[], Any]) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            done = act()
        stored = everything()
        computing.recompute([item.pk])
        assert stored == everything()
        now.shift(3600 * 24 * 9)
        computing.recompute([item.pk])
        return done

    for number in range(2):
        formed = timezone.localdate() - timedelta(days=number)
        drafted = partial(draft_piece, county, f"第{number}份", item=item, written_on=formed)
        pieces.append(settled(drafted))
        settled(partial(publish, county, pieces[-1]))
    pair = settled(lambda: publish(county, draft_pair(county)[0]))
    settled(lambda: take_down(pieces[0], county))
    settled(lambda: take_down(pair, county))
    settled(lambda: draft_piece(county, "草稿", item=item).delete())


def test_one_publication_touches_its_item_alone_and_costs_the_same(
    county: County, now, django_capture_on_commit_callbacks
):
    """However many pieces the item has: as many queries, and as many rows read and written."""
    item = listed(
        "信息形成之日起3个工作日内", county.education, rhythm_period="quarter", rhythm_pieces=2
    )
    list(sync_catalogue())
    list(computing.recompute_all())
    other = of(county.clinics, county.health)
    piece = draft_piece(replace(county, admissions=item), item=item)
    reference = reference_of(piece.pk)

    def costs() -> tuple[int, int, int]:
        computing.follow_pieces(item.pk, [reference])
        with CaptureQueriesContext(connection) as captured:
            computing.follow_pieces(item.pk, [reference])
        asked = Grounds([item.pk]).question(item.pk, [reference])
        return len(captured), len(answer(asked).pieces), Due.objects.filter(item=item).count()

    with lifted():
        add_pieces([item.pk], 4)
    few = costs()
    assert few[1] < 8
    with lifted():
        add_pieces([item.pk], 100)
    assert costs() == few
    assert of(item, county.education).pieces == 104
    assert of(county.clinics, county.health).computed_at == other.computed_at


def test_a_deleted_draft_is_no_longer_due(county: County, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        piece = draft_piece(county)
    assert open_dues(county.admissions)
    with django_capture_on_commit_callbacks(execute=True):
        piece.delete()
    assert open_dues(county.admissions) == []


def test_what_the_government_issues_counts_for_the_lead(
    county: County, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        publish(county, draft_pair(county)[0])
    assert of(county.admissions, county.education).pieces == 1
    policy = Due.objects.get(clock=Clock.INTERPRETATION)
    assert (policy.organ, policy.due_on) == (county.education, date(2026, 11, 5))
    assert policy.fulfilled_on == date(2026, 11, 2)


def test_an_interpretation_that_is_withdrawn_is_due_again(
    county: County, now, django_capture_on_commit_callbacks
):
    policy, interpretation = draft_pair(county)
    publish(county, policy)
    interpretation.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        take_down(interpretation, county)
    assert open_dues(county.admissions) == [("11-05", False)]


def test_the_command_shows_progress_and_changes_nothing_the_second_time(county: County, now):
    listed("每月更新", SubjectGroup.TOWNSHIPS)

    def run(**options: Any) -> str:
        out = io.StringIO()
        call_command("recompute_obligations", stdout=out, **options)
        return out.getvalue()

    def stored() -> list[Any]:
        told = Obligation.objects.order_by("pk").values_list("pk", "item", "organ", "due_on")
        return [*told, *Due.objects.order_by("pk").values_list("pk", "key", "due_on")]

    assert "4/4" in run()  # three items, and policies without one
    first = stored()
    assert "4/4" in run() and stored() == first
    now.shift(3600)
    # What was computed within these hours is not computed again.
    assert "1/1" in run(stale_hours=2)


def test_a_stopped_run_keeps_what_it_did_and_goes_on(county: County, now, monkeypatch):
    monkeypatch.setattr(computing, "BATCH", 1)
    run = computing.recompute_all()
    next(run), next(run)
    assert Obligation.objects.count() == 1
    now.shift(60)
    remaining = list(computing.recompute_all(stale_for=computing.timedelta(hours=1)))
    assert len(remaining) == 2  # policies without an item, and the one item left
    assert Obligation.objects.count() == 2


def test_a_failure_does_not_undo_the_publication(
    county: County, now, monkeypatch, django_capture_on_commit_callbacks
):
    def fail(items: object) -> None:
        raise RuntimeError("out of order")

    piece = draft_piece(county)
    monkeypatch.setattr(computing, "recompute", fail)
    with django_capture_on_commit_callbacks(execute=True):
        publish(county, piece)
    piece.refresh_from_db()
    assert piece.live
    monkeypatch.undo()
    tasks.nightly()
    assert of(county.admissions, county.education).pieces == 1


# Editions and the calendar


@pytest.fixture
def admin(county: County) -> User:
    return person("mulu", Role.CATALOGUE_ADMIN, county.government)


def test_a_new_edition_recomputes_what_it_changes_and_moves_the_rest_along(
    county: County, now, admin: User, django_capture_on_commit_callbacks
):
    draft_piece(county, written_on=date(2026, 10, 30))
    gone = listed("每月更新", county.health, "停用事项")
    list(computing.recompute_all())
    kept = of(county.clinics, county.health)
    draft = CopyEditionAction(2027, "2027年版", admin, Edition.objects.in_force()).execute()
    entry = draft.items.get(item=county.admissions)
    entry.time_limit_text = "信息形成之日起10个工作日内"
    read_limits(entry)
    entry.save()
    draft.items.get(item=gone).delete()
    Edition.objects.filter(pk=draft.pk).update(
        status=EditionStatus.APPROVED, in_force_from=date(2026, 11, 2)
    )
    draft.refresh_from_db()
    now.shift(60)
    with django_capture_on_commit_callbacks(execute=True):
        PutInForceAction(draft).execute()
    assert open_dues(county.admissions) == [("11-13", False)]
    moved = of(county.clinics, county.health)
    assert (moved.entry.edition, moved.computed_at) == (draft, kept.computed_at)
    assert not Obligation.objects.filter(item=gone).exists()


def test_a_township_owes_what_it_handles_by_its_own_limit(
    county: County, now, django_capture_on_commit_callbacks
):
    town = Organ.objects.get(code="linjiang")
    limit = "信息形成或变更之日起{}个工作日内"
    taken = listed(limit.format(20), SubjectGroup.TOWNSHIPS, "惠农补贴")
    left = listed(limit.format(20), SubjectGroup.TOWNSHIPS, "征地补偿")
    Occasion.objects.create(
        item=taken, organ=town, title="补贴到账", happened_on=date(2026, 11, 2), noted_by_name="乡"
    )

    def owes() -> list[tuple[Item, str]]:
        rows = Obligation.objects.filter(organ=town).order_by("item").select_related("item")
        return [(row.item, f"{row.due_on:%m-%d}" if row.due_on else "") for row in rows]

    list(computing.recompute_all())
    assert owes() == [(taken, "11-30"), (left, "")]
    own = {"organ": town, "status": ChoiceStatus.BINDING}
    TownshipChoice.objects.create(item=left, is_involved=False, **own)
    TownshipChoice.objects.create(item=taken, time_limit_text=limit.format(10), **own)
    with django_capture_on_commit_callbacks(execute=True):
        township_choices_changed.send(sender=TownshipChoice, organ=town)
    assert owes() == [(taken, "11-16")]


NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日放假，共1天。
二、春节：2月5日至11日放假调休，共7天。2月20日（星期六）上班。"""


def test_entering_a_year_counts_provisional_due_dates_anew(
    county: County, now, django_capture_on_commit_callbacks
):
    now.move_to(moment("2026-12-10 10:00"))
    with django_capture_on_commit_callbacks(execute=True):
        draft_piece(county, "年底公告", written_on=date(2026, 12, 9))
        draft_piece(county, "下半月公告", written_on=date(2026, 12, 1))
    assert open_dues(county.admissions) == [("12-29", False), ("01-06", True)]
    with django_capture_on_commit_callbacks(execute=True):
        AdoptNoticeAction(read_holiday_notice(NOTICE), "国办发明电〔2026〕9号").execute()
    assert open_dues(county.admissions) == [("12-29", False), ("01-07", False)]


def test_administrators_are_told_once_that_next_year_is_missing(
    county: County, now, admin: User, mailoutbox
):
    User.objects.filter(pk=admin.pk).update(email="mulu@example.invalid")
    now.move_to(moment("2026-10-31 07:30"))
    assert remind() == 0
    now.move_to(moment("2026-11-01 07:30"))
    assert remind() == 1
    now.move_to(moment("2026-11-02 07:30"))
    assert remind() == 0
    (message,) = mailoutbox
    assert "2027" in message.body and reverse("catalogue_holidays:notice") in message.body
    assert message.to == ["mulu@example.invalid"]


# Reminders


@pytest.fixture
def with_mail(county: County) -> None:
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.invalid")


def test_drafters_are_reminded_before_and_the_head_after_each_once(
    county: County, now, with_mail, mailoutbox
):
    monthly = listed("每月更新", county.education)
    draft_piece(county, "招生公告", written_on=date(2026, 10, 30))
    list(computing.recompute_all())
    Due.objects.filter(item=monthly, due_on__lt=date(2026, 11, 1)).delete()

    def told(day: str) -> list[str]:
        now.move_to(moment(f"{day} 07:30"))
        mailoutbox.clear()
        remind()
        return sorted(message.to[0].partition("@")[0] for message in mailoutbox)

    assert told("2026-11-19") == []
    assert told("2026-11-20") == ["colleague", "drafter"]  # seven days before the 27th
    assert told("2026-11-21") == []
    assert told("2026-11-23") == ["colleague", "drafter"]  # the month's end as well
    assert told("2026-11-27") == []
    assert told("2026-11-28") == ["head"]
    assert "招生公告" in mailoutbox[0].body and "月报" not in mailoutbox[0].body
    assert told("2026-11-29") == []
    assert told("2026-12-01") == ["head"]
    assert told("2026-12-02") == []


def test_one_message_a_day_tells_everything(county: County, now, with_mail, mailoutbox):
    for number in range(3):
        draft_piece(county, f"第{number}份公告", written_on=date(2026, 10, 10))
    list(computing.recompute_all())
    assert remind() == 6
    assert len(mailoutbox) == 2
    assert all(f"第{number}份公告" in mailoutbox[0].body for number in range(3))
    assert mailoutbox[0].extra_headers["Message-ID"].startswith("<duties-20261102-")


def test_a_crash_between_writing_and_sending_loses_and_doubles_nothing(
    county: County, now, with_mail, mailoutbox, monkeypatch
):
    from cms.obligations import reminders

    draft_piece(county, written_on=date(2026, 10, 10))
    list(computing.recompute_all())
    real = reminders._message

    def crash(digest: Digest) -> Any:
        if digest.user == county.colleague:
            raise ConnectionRefusedError("no mail server")
        return real(digest)

    monkeypatch.setattr(reminders, "_message", crash)
    with pytest.raises(UnsentDigests):
        remind()
    assert [message.to for message in mailoutbox] == [["drafter@example.invalid"]]
    monkeypatch.undo()
    assert remind() == 0  # nothing new, and what was left is sent now
    assert [message.to for message in mailoutbox][1:] == [["colleague@example.invalid"]]
    assert Reminder.objects.count() == 2


def test_no_mail_without_an_address_or_when_it_is_switched_off(
    county: County, now, mailoutbox, site_settings
):
    draft_piece(county, written_on=date(2026, 10, 10))
    list(computing.recompute_all())
    assert remind() == 2 and mailoutbox == []
    User.objects.filter(pk=county.drafter.pk).update(email="drafter@example.invalid")
    site_settings.sends_mail = False
    site_settings.save()
    assert send_digests() == 0
    site_settings.sends_mail = True
    site_settings.save()
    assert send_digests() == 1


@pytest.fixture
def site_settings(county: County) -> DutySettings:
    from wagtail.models import Site

    return DutySettings.for_site(Site.objects.get())


def test_the_site_sets_the_days(county: County, now, admin: User, with_mail, mailoutbox):
    page = reverse("wagtailsettings:edit", args=("cms", "dutysettings"))
    page = desk(admin).get(page, follow=True).request["PATH_INFO"]
    answer = desk(admin).post(page, {"days_before": 30, "days_after": 2, "sends_mail": "on"})
    assert answer.status_code == 302
    User.objects.filter(pk=admin.pk).update(email="")
    draft_piece(county, written_on=date(2026, 10, 30))
    list(computing.recompute_all())
    remind()
    assert len(mailoutbox) == 2  # 25 days before
    for day, number in (("28", 2), ("29", 2), ("30", 3)):
        now.move_to(moment(f"2026-11-{day} 07:30"))
        remind()
        assert len(mailoutbox) == number, day


# The desk


def test_the_board_sorts_everything_into_four_states(county: County, now):
    listed("每月更新", county.education, "逾期事项")
    listed("每月更新", county.education, "将到期事项")
    soon = Item.objects.get(in_editions__name="将到期事项")
    publish(county, draft_piece(county, "公告"))
    list(computing.recompute_all())
    Due.objects.filter(item=soon, due_on__lt=date(2026, 11, 1)).delete()
    Obligation.objects.filter(item=soon).update(
        due_on=date(2026, 11, 9), closes_at=moment("2026-11-10 00:00")
    )
    client = desk(county.drafter)
    assert board(client) == [("逾期事项", "overdue"), ("将到期事项", "soon"), ("招生入学", "kept")]
    for standing, names in (("overdue", ["逾期事项"]), ("soon", ["将到期事项"]), ("never", [])):
        assert [name for name, _ in board(client, standing=standing)] == names
    assert board(client, q="将到期") == [("将到期事项", "soon")]
    page = client.get(reverse("cms_duties")).content.decode()
    assert "10 due dates missed" in page and "2026-01-31" in page
    assert board(desk(county.head)) == board(client)
    assert board(desk(county.outsider)) == [("医疗机构名录", "never")]
    assert len(board(desk(county.signatory))) == 4


@pytest.mark.parametrize("address", ["cms_duties", "cms_duty_matrix", "cms_duty"])
def test_who_has_no_work_with_duties_is_refused(county: County, now, address):
    list(computing.recompute_all())
    arguments = [of(county.clinics, county.health).pk] if address == "cms_duty" else []
    path = reverse(address, args=arguments)
    outsider = person("stranger", Role.SECURITY_ADMIN, county.government)
    root = User.objects.create_superuser("root", password="a-long-enough-password")
    for user in (outsider, root):
        assert desk(user).get(path).status_code in (302, 403)
    if address == "cms_duty":
        assert desk(county.drafter).get(path).status_code == 404  # another organ's
        assert desk(county.outsider).get(path).status_code == 200


def test_pieces_without_duty_are_shown_with_the_reason(county: County, now, admin: User):
    publish(county, draft_piece(county, "归属正常的公告"))
    publish(county, draft_piece(county, "主体改变的公告"))
    publish(county, draft_pair(county, "没有事项的通知", item=None)[0])
    list(computing.recompute_all())
    answer = desk(admin).get(reverse("cms_duties"), {"standing": "strays"})
    assert [(each["page"].title, each["why"]) for each in answer.context["rows"]] == [
        ("没有事项的通知", "It names no item of the catalogue.")
    ]
    Obligation.objects.filter(item=county.admissions).update(organ=county.health)
    answer = desk(admin).get(reverse("cms_duties"), {"standing": "strays"})
    assert {each["why"] for each in answer.context["rows"]} == {
        "It names no item of the catalogue.",
        "Its organ does not answer for its item.",
    }


def test_every_figure_of_the_matrix_opens_what_it_counts(county: County, now, admin: User):
    listed("每月更新", SubjectGroup.ALL, "各单位月报")
    publish(county, draft_piece(county))
    list(computing.recompute_all())
    client = desk(admin)
    answer = client.get(reverse("cms_duty_matrix"))
    matrix = answer.context["matrix"]
    cells = 0
    for row in matrix.rows:
        for domain, cell in zip(matrix.domains, row.cells, strict=True):
            for standing, number in cell.counts.items():
                opened = board(
                    client, organ=row.organ.code, domain=domain.domain.code, standing=standing
                )
                assert len(opened) == number
                cells += bool(number)
    assert cells == 6 and answer.context["whole"].total == 6
    assert "1 items: Overdue 1" in answer.content.decode().replace("2 items", "1 items")
    late = client.get(reverse("cms_duty_matrix"), {"kind": "township", "standing": "overdue"})
    assert [row.organ.code for row in late.context["matrix"].rows] == ["linjiang"]


def test_the_board_and_the_matrix_go_to_a_spreadsheet(county: County, now, admin: User):
    listed("每月更新", county.education, "=1+1")
    list(computing.recompute_all())

    def rows(address: str) -> list[Any]:
        answer = desk(admin).get(reverse(address), {"export": "xlsx"})
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        assert all(cell.data_type != "f" for row in book.active for cell in row)
        return list(book.active.values)

    _head, first, *others = rows("cms_duties")
    assert first[:6] == (
        "义务教育", "=1+1", "禾城县教育局", "每月更新", "Overdue", "2026-01-31",
    )  # fmt: skip
    assert len(others) == 2
    head, *organs = rows("cms_duty_matrix")
    assert head == ("Organ", "All", "义务教育", "医疗卫生")
    assert organs[0][0] == "禾城县教育局" and "Overdue 1" in organs[0][2] and not organs[0][3]


def test_no_page_asks_more_of_the_database_for_more_rows(county: County, now, admin: User):
    publish(county, draft_piece(county))

    def queries() -> dict[str, int]:
        list(computing.recompute_all())
        client = desk(admin)
        row = of(county.admissions, county.education)
        found = {}
        for address in (
            reverse("cms_duties"),
            reverse("cms_duties") + "?standing=strays",
            reverse("cms_duty_matrix"),
            reverse("cms_duty", args=[row.pk]),
            reverse("wagtailadmin_home"),
            ItemPage.objects.get(item=county.admissions).url,
            CataloguePage.objects.get().url,
        ):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            found[address] = len(captured)
        return found

    publish(county, draft_pair(county, "无事项通知", item=None)[0])
    few = queries()
    for number in range(4):
        listed("每月更新", SubjectGroup.ALL, f"月报{number}")
        publish(county, draft_piece(county, f"公告{number}"))
        publish(county, draft_pair(county, f"通知{number}", item=None)[0])
    assert queries() == few


def test_an_event_is_noted_counted_and_taken_back(
    county: County, now, django_capture_on_commit_callbacks
):
    item = listed("突发事件发生后5小时内；其他信息形成之日起20个工作日内", county.education)
    list(computing.recompute_all())
    path = reverse("cms_duty", args=[of(item, county.education).pk])
    client = desk(county.drafter)
    told = {"title": "校车事故", "happened_on": "2026-11-02", "happened_at": "08:30", "scope": ""}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(path, told).status_code == 302
    assert of(item, county.education).closes_at == moment("2026-11-02 13:30")
    assert "校车事故" in client.get(path).content.decode()
    for wrong, says in (
        ({"happened_on": "2026-11-03"}, "lies in the future"),
        ({"happened_on": "2025-01-01"}, "more than a year ago"),
        ({"title": ""}, "This field is required"),
    ):
        assert says in client.post(path, told | wrong).content.decode()
    occasion = item.occasions.get()
    assert occasion.noted_by_name == "drafter"
    reader = desk(county.signatory)
    assert "Events with a limit" not in reader.get(path).content.decode()
    reader.post(path, told)
    assert item.occasions.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(path, {"remove": occasion.pk})
    assert of(item, county.education).closes_at is None
    assert client.post(path, {"remove": occasion.pk}).status_code == 404


def test_the_home_shows_a_drafter_what_is_due(county: County, now):
    listed("每月更新", county.education, "本局月报")
    listed("每月更新", county.health, "别局月报")
    list(computing.recompute_all())
    home = desk(county.drafter).get(reverse("wagtailadmin_home")).content.decode()
    assert "本局月报" in home and "别局月报" not in home


# The public


def in_english(page: Page) -> str:
    with translation.override("zh-hans"):
        return f"/en{page.get_url()}"


@pytest.mark.parametrize(
    ("limit", "rhythm", "published", "words"),
    [
        ("每月更新", {}, True, ["Up to date", "newest 2026-11-02", "next due by 2026-12-31"]),
        ("每月更新", {}, False, ["Update overdue", "was due by 2026-01-31"]),
        ("及时公开", {}, True, ["Published", "states no length of time"]),
        ("及时公开", {}, False, ["Nothing published yet", "states no length of time"]),
        ("20个工作日内", {}, True, ["Published", "has no fixed rhythm"]),
        ("批准后20内", {}, False, ["Nothing published yet", "as it is written"]),
        ("及时公开", {"newest_days": 90}, True, ["Up to date", "next due by 2027-01-31"]),
        ("及时公开", {"rhythm_period": "year"}, True, ["Up to date", "next due by 2027-12-31"]),
    ],
)
def test_the_public_sees_whether_an_item_is_up_to_date(
    county: County, now, client: Client, limit, rhythm, published, words
):
    entry = EditionItem.objects.get(item=county.admissions)
    Edition.objects.filter(pk=entry.edition_id).update(status=EditionStatus.DRAFT)
    entry.time_limit_text = limit
    read_limits(entry)
    entry.save()
    EditionItem.objects.filter(pk=entry.pk).update(**rhythm)
    Edition.objects.filter(pk=entry.edition_id).update(status=EditionStatus.IN_FORCE)
    if published:
        publish(county, draft_piece(county))
    list(computing.recompute_all())
    page = client.get(in_english(ItemPage.objects.get(item=county.admissions))).content.decode()
    for word in words:
        assert word in page
    catalogue = client.get(in_english(CataloguePage.objects.get()))
    assert words[0] in catalogue.content.decode()


def test_the_public_learns_nothing_of_drafts(county: County, now, client: Client):
    address = ItemPage.objects.get(item=county.admissions).url

    def told() -> str:
        page = client.get(address).content.decode()
        assert "未公开的公告" not in page
        return page.partition('<section class="standing"')[2].partition("</section>")[0]

    list(computing.recompute_all())
    before = told()
    draft_piece(county, "未公开的公告", written_on=date(2026, 6, 1))
    list(computing.recompute_all())
    assert of(county.admissions, county.education).due_on == date(2026, 6, 30)
    assert before and told() == before


def test_several_organs_are_told_apart(county: County, now, client: Client):
    listed("每月更新", SubjectGroup.ALL, "各单位月报")
    from cms.structure import sync_catalogue

    list(sync_catalogue())
    list(computing.recompute_all())
    item = Item.objects.get(in_editions__name="各单位月报")
    page = client.get(in_english(ItemPage.objects.get(item=item))).content.decode()
    assert "Of 4 organs 4 are overdue" in page and "临江镇人民政府" in page


def test_on_request_is_no_obligation(county: County, now):
    listed("20个工作日内", county.education, "依申请事项", method="on_request")
    list(computing.recompute_all())
    assert set(Obligation.objects.values_list("entry__name", flat=True)) == {
        "招生入学",
        "医疗机构名录",
    }
