"""The standard catalogue in the admin, through its addresses."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from catalogue_standards import calendar_warning
from catalogue_standards.diff import diff_editions
from catalogue_standards.enums import EditionAct, EditionStatus
from catalogue_standards.models import (
    ArrangedDay,
    Edition,
    HolidayArrangement,
    LegalBasis,
    Organ,
)

NOTICE = """国务院办公厅关于2031年部分节假日安排的通知
各省、自治区、直辖市人民政府：
一、元旦：1月1日放假，共1天。
二、春节：1月22日至28日放假调休，共7天。1月19日（星期日）、2月1日（星期六）上班。"""


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def url(name: str, *args: Any) -> str:
    return reverse(f"catalogue_{name}", args=args)


def posted(desk: Client, address: str) -> dict[str, Any]:
    """What a browser would send back for the form at `address`, unchanged."""
    form = desk.get(address).context["form"]
    data = {}
    for each in [form, *getattr(form, "formsets", {}).values()]:
        forms = [each] if each is form else [each.management_form, *each.forms]
        for one in forms:
            for field in one:
                value = field.value()
                if hasattr(value, "pk"):
                    value = value.pk
                if value is not None and value is not False and value != "":
                    data[field.html_name] = value
    return data


def body(response: Any) -> str:
    return response.content.decode()


LISTS = ["editions", "items", "domains", "bases", "channels", "organs", "holidays"]


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_for_catalogue_administrators(desk, county, client, name):
    assert desk.get(url(f"{name}:index")).status_code == 200
    client.force_login(county.drafter)
    assert client.get(url(f"{name}:index")).status_code == 302
    assert url(f"{name}:index") not in body(client.get("/admin/"))


def test_the_whole_life_through_the_buttons(desk, second, draft):
    def act(client: Client, name: str, **data: str) -> Any:
        fields = {f"{name}-{key}": value for key, value in data.items()}
        return client.post(url("editions:act", draft.pk, name), fields, follow=True)

    act(desk, "submit")
    refused = act(desk, "approve")
    assert "another administrator has to approve it" in body(refused)
    assert "disabled" in body(desk.get(url("editions:inspect", draft.pk)))
    assert "Say why" in body(act(second, "return", reason=""))
    act(second, "approve")
    assert "in the past" in body(act(second, "force", on="2020-01-01"))
    act(second, "force", on="2031-01-01")
    draft.refresh_from_db()
    assert (draft.status, draft.in_force_from) == (EditionStatus.APPROVED, date(2031, 1, 1))
    assert act(desk, "explode").status_code == 404


def test_a_draft_is_begun_and_a_second_of_the_year_refused(desk, county):
    data = {"year": 2027, "title": "2027年版", "begin_from": "in_force"}
    desk.post(url("editions:add"), data)
    assert Edition.objects.get(year=2027).items.count() == 2
    again = desk.post(url("editions:add"), data)
    assert "2027" in body(again) and again.status_code == 200
    assert Edition.objects.filter(year=2027).count() == 1


def test_an_item_of_a_fixed_edition_has_no_form(desk, county):
    fixed = Edition.objects.in_force().items.first()
    answer = desk.get(url("items:edit", fixed.pk), follow=True)
    assert answer.redirect_chain[0][0] == url("items:inspect", fixed.pk)
    assert "is in force and is never edited" in body(answer)
    assert "w-editor-form" not in body(answer)


def test_what_was_typed_stays_when_the_edition_became_fixed(desk, entry):
    data = posted(desk, url("items:edit", entry.pk)) | {"name": "正在改的名称"}
    Edition.objects.filter(pk=entry.edition_id).update(status=EditionStatus.IN_REVIEW)
    answer = desk.post(url("items:edit", entry.pk), data)
    assert "is in review and cannot be edited" in body(answer)
    assert "正在改的名称" in body(answer)
    entry.refresh_from_db()
    assert entry.name == "招生入学"


def test_an_edit_is_saved_and_its_editor_noted(desk, entry, admin):
    data = posted(desk, url("items:edit", entry.pk)) | {"name": "入学招生"}
    assert desk.post(url("items:edit", entry.pk), data).status_code == 302
    entry.refresh_from_db()
    assert entry.name == "入学招生"
    assert entry.edition.events.filter(act=EditionAct.EDITED, user=admin).count() == 1
    assert entry.limits.get().amount == 20, "an unchanged text is not read anew"


@pytest.mark.parametrize(
    ("text", "kinds", "told"),
    [
        ("实时公开", ["realtime"], ""),
        ("信息形成之日起5个工作日内；每年1月31日前更新", ["within", "periodic"], ""),
        ("批准后20内", [], "批准后20内"),
    ],
)
def test_a_new_limit_is_read_and_what_is_not_understood_is_told(desk, entry, text, kinds, told):
    data = posted(desk, url("items:edit", entry.pk)) | {"time_limit_text": text}
    answer = desk.post(url("items:edit", entry.pk), data, follow=True)
    assert list(entry.limits.values_list("kind", flat=True)) == kinds
    assert ("was not understood" in body(answer)) == bool(told)


def test_a_stale_save_shows_both_versions_and_then_saves(desk, entry):
    address = url("items:edit", entry.pk)
    data = posted(desk, address) | {"time_limit_text": "实时公开"}
    desk.post(address, posted(desk, address) | {"name": "别人改的名称"})
    answer = desk.post(address, data)
    shown = body(answer)
    assert "别人改的名称" in shown and "实时公开" in shown
    entry.refresh_from_db()
    assert entry.name == "别人改的名称"
    desk.post(address, data | {"seen": answer.context["form"]["seen"].value()})
    entry.refresh_from_db()
    assert (entry.name, entry.time_limit_text) == ("招生入学", "实时公开")


def test_a_rhythm_is_set_on_a_draft_and_told_among_the_changes(desk, draft, entry):
    address = url("items:edit", entry.pk)
    rhythm = {"rhythm_period": "quarter", "rhythm_pieces": "2", "newest_days": "90"}
    assert desk.post(address, posted(desk, address) | rhythm).status_code == 302
    (change,) = diff_editions(draft.based_on, draft).domains[0].items[0].cells
    assert (change.name, change.old) == ("rhythm", "")
    assert change.new.splitlines() == [
        "Every quarter, at least 2 pieces",
        "the newest piece at most 90 days old",
    ]
    wrong = posted(desk, address) | {"rhythm_pieces": "0"}
    assert "greater than or equal to 1" in body(desk.post(address, wrong))


def test_a_responsible_subject_is_an_organ_or_a_group(desk, entry):
    data = posted(desk, url("items:edit", entry.pk)) | {"subjects-0-group": "townships"}
    assert "one of the two" in body(desk.post(url("items:edit", entry.pk), data))


def test_a_new_item_gets_its_identity_and_place(desk, draft):
    address = f"{url('items:add')}?edition={draft.pk}"
    data = posted(desk, address) | {
        "edition_domain": draft.domains.get(domain__code="education").pk,
        "name": "校外培训机构名单",
        "time_limit_text": "及时公开",
    }
    assert desk.post(address, data).status_code == 302
    made = draft.items.get(name="校外培训机构名单")
    assert made.item.key.startswith("education-")
    assert made.position == max(draft.items.values_list("position", flat=True))
    assert made.limits.get().kind == "prompt"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["招生入学", "医疗机构名录"]),
        ({"q": "招生"}, ["招生入学"]),
        ({"organ": "education"}, ["招生入学"]),
        ({"domain": "health"}, ["医疗机构名录"]),
        ({"basis": "regulation"}, ["招生入学", "医疗机构名录"]),
        ({"without": "subjects"}, []),
        ({"without": "limits"}, ["医疗机构名录"]),
    ],
)
def test_items_are_filtered(desk, draft, county, filters, found):
    draft.items.get(item=county.clinics).limits.all().delete()
    if code := filters.get("organ"):
        filters = {"organ": Organ.objects.get(code=code).pk}
    if code := filters.get("domain"):
        filters = {"domain": draft.domains.get(domain__code=code).domain_id}
    if code := filters.get("basis"):
        filters = {"basis": LegalBasis.objects.get(code=code).pk}
    listed = desk.get(url("items:index"), filters | {"edition": draft.pk}).context["object_list"]
    assert [row.name for row in listed] == found


def test_an_item_is_split_on_its_page(desk, draft, entry):
    address = url("items:reorganise", entry.pk)
    assert "at least two" in body(desk.post(address, {"how": "split", "names": "一个"}))
    desk.post(address, {"how": "split", "names": "小学招生\n初中招生"})
    assert set(draft.items.values_list("name", flat=True)) == {
        "小学招生",
        "初中招生",
        "医疗机构名录",
    }
    changes = url("editions:changes", draft.pk)
    assert "小学招生" in body(desk.get(changes))
    desk.post(changes, {"item": entry.item_id})
    assert draft.items.filter(name="招生入学").exists()


def test_what_is_cited_is_not_deleted(desk, county):
    basis = LegalBasis.objects.get(code="regulation")
    answer = desk.post(url("bases:delete", basis.pk), follow=True)
    assert "still in use" in body(answer)
    assert LegalBasis.objects.filter(pk=basis.pk).exists()


def test_other_titles_are_typed_one_on_each_line(desk, county):
    basis = LegalBasis.objects.get(code="regulation")
    address = url("bases:edit", basis.pk)
    data = posted(desk, address) | {"aliases": "信息公开条例\n\n 国务院令第711号 "}
    desk.post(address, data)
    basis.refresh_from_db()
    assert basis.aliases == ["信息公开条例", "国务院令第711号"]
    assert "信息公开条例\n国务院令第711号" in body(desk.get(address))


def test_a_domain_with_items_is_not_deleted(desk, draft):
    domain = draft.domains.first()
    assert "still in use" in body(desk.post(url("domains:delete", domain.pk), follow=True))
    assert draft.domains.filter(pk=domain.pk).exists()


def test_organs_are_made_and_moved_in_the_tree(desk, county):
    data = posted(desk, url("organs:add")) | {
        "parent": county.education.pk,
        "name": "禾城县招生办公室",
        "short_name": "招生办",
        "kind": "institution",
        "code": "admissions-office",
    }
    desk.post(url("organs:add"), data)
    made = Organ.objects.get(code="admissions-office")
    assert made.get_parent().pk == county.education.pk
    data = posted(desk, url("organs:edit", made.pk)) | {"parent": county.health.pk}
    desk.post(url("organs:edit", made.pk), data)
    assert Organ.objects.get(pk=made.pk).get_parent().pk == county.health.pk
    assert Organ.find_problems() == ([], [], [], [], [])


def test_a_notice_is_read_before_it_is_adopted(desk):
    data = {"source": "国办发明电〔2030〕8号", "text": NOTICE}
    shown = body(desk.post(url("holidays:notice"), data))
    assert "2031-01-22" in shown and not HolidayArrangement.objects.filter(year=2031).exists()
    desk.post(url("holidays:notice"), data | {"adopt": "1"})
    desk.post(url("holidays:notice"), data | {"adopt": "1"})
    arrangement = HolidayArrangement.objects.get(year=2031)
    assert arrangement.days.filter(is_working=False).count() == 8
    assert list(arrangement.days.filter(is_working=True).values_list("date", flat=True)) == [
        date(2031, 1, 19),
        date(2031, 2, 1),
    ]


@pytest.mark.parametrize("text", ["今天天气很好", NOTICE.replace("共7天", "共6天")])
def test_a_notice_that_is_none_is_refused_with_its_text_kept(desk, text):
    answer = desk.post(url("holidays:notice"), {"source": "x", "text": text, "adopt": "1"})
    assert text in body(answer)
    assert answer.context["form"].errors["text"]
    assert not ArrangedDay.objects.exists()


@pytest.mark.parametrize(
    ("today", "entered", "missing"),
    [
        (date(2026, 10, 31), (), None),
        (date(2026, 11, 1), (), 2027),
        (date(2026, 12, 31), (2027,), None),
        (date(2027, 3, 1), (), 2027),
    ],
)
def test_a_missing_year_is_warned_of_from_november(db, today, entered, missing):
    for year in entered:
        HolidayArrangement.objects.create(year=year, source="x")
    assert calendar_warning.missing_year(today) == missing


def test_the_warning_stands_on_the_home_page_and_in_check(desk, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 11, 2))
    assert "The holidays of 2027" in body(desk.get("/admin/"))
    ids = [each.id for each in run_checks(tags=["database"], databases=["default"])]
    assert "catalogue_standards.W001" in ids


def test_the_real_notice_of_2019_is_adopted(desk):
    path = Path("/work/shared/policies/holiday-notice-2019.txt")
    if not path.exists():
        pytest.skip("the shared facts are absent")
    data = {"source": "国办发明电〔2018〕15号", "text": path.read_text(), "adopt": "1"}
    desk.post(url("holidays:notice"), data)
    assert HolidayArrangement.objects.get(year=2019).days.exists()
