"""What an edition changes, told item by item; and splitting, merging, replacing items."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from catalogue_standards.actions.begin import CopyEditionAction
from catalogue_standards.actions.reorganise import (
    DropItemAction,
    MergeItemAction,
    ReplaceItemAction,
    RestoreItemAction,
    SplitItemAction,
)
from catalogue_standards.diff import ChangeKind, EditionDiff, diff_editions
from catalogue_standards.editing import new_item
from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import (
    ContentElement,
    Domain,
    Edition,
    EditionDomain,
    EditionItem,
    ItemSubject,
    ItemSuccession,
)
from catalogue_standards.rules import Refused
from tests.county import County, add_item
from workflows.actions.assign import AssignRoleAction
from workflows.enums import Role


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def admin(county: County) -> User:
    user = User.objects.create_user("mulu", last_name="mulu")
    AssignRoleAction(user, Role.CATALOGUE_ADMIN, county.government).execute()
    return User.objects.get(pk=user.pk)


@pytest.fixture
def former(county: County) -> Edition:
    return Edition.objects.in_force()


@pytest.fixture
def draft(former: Edition, admin: User) -> Edition:
    return CopyEditionAction(2027, "2027年版", admin, former).execute()


@pytest.fixture
def admissions(draft: Edition, county: County) -> EditionItem:
    return draft.items.get(item=county.admissions)


@pytest.fixture
def clinics(draft: Edition, county: County) -> EditionItem:
    return draft.items.get(item=county.clinics)


def kinds(diff: EditionDiff) -> dict[str, tuple[str, ...]]:
    """Every changed item by name, with the domain it is told under."""
    return {
        f"{domain.name}/{change.name}": change.kinds
        for domain in diff.domains
        for change in domain.items
    }


def renamed(draft, entry):
    draft.items.filter(pk=entry.pk).update(name="入学招生")


def moved(draft, entry):
    health = draft.domains.get(domain__code="health")
    draft.items.filter(pk=entry.pk).update(edition_domain=health)


def changed(draft, entry):
    draft.items.filter(pk=entry.pk).update(time_limit_text="5个工作日内", method="on_request")


def moved_and_renamed(draft, entry):
    renamed(draft, entry)
    moved(draft, entry)


def removed(draft, entry):
    entry.delete()


def order_changed(draft, entry):
    draft.items.filter(pk=entry.pk).update(position=400)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (renamed, {"义务教育/入学招生": (ChangeKind.RENAMED,)}),
        (moved, {"医疗卫生/招生入学": (ChangeKind.MOVED,)}),
        (changed, {"义务教育/招生入学": (ChangeKind.CHANGED,)}),
        (moved_and_renamed, {"医疗卫生/入学招生": (ChangeKind.MOVED, ChangeKind.RENAMED)}),
        (removed, {"义务教育/招生入学": (ChangeKind.REMOVED,)}),
        (order_changed, {}),
        (lambda draft, entry: None, {}),
    ],
)
def test_each_change_has_its_kind(draft, former, admissions, change, expected):
    change(draft, admissions)
    diff = diff_editions(former, draft)
    assert kinds(diff) == expected
    assert diff.is_empty == (not expected)


def test_cells_stand_old_beside_new(draft, former, admissions, county):
    changed(draft, admissions)
    ContentElement.objects.create(edition_item=admissions, text="学区划分", sort_order=2)
    ItemSubject.objects.filter(edition_item=admissions).update(organ=county.health)
    change = diff_editions(former, draft).domains[0].items[0]
    assert {cell.name: (cell.old, cell.new) for cell in change.cells} == {
        "content": ("招生范围；招生计划", "招生范围；招生计划\n学区划分"),
        "time_limit": ("信息形成或变更之日起20个工作日内", "5个工作日内"),
        "subject": ("禾城县教育局", "禾城县卫生健康局"),
        "method": ("Proactive", "On request"),
    }


def test_a_clause_corrected_by_hand_is_told(draft, former, admissions):
    admissions.limits.update(amount=10)
    cells = diff_editions(former, draft).domains[0].items[0].cells
    assert [(cell.name, cell.old, cell.new) for cell in cells] == [
        (
            "counted",
            "within 20 working days after the information is formed or changed",
            "within 10 working days after the information is formed or changed",
        )
    ]


def test_domains_come_go_and_are_renamed(draft, former, clinics):
    clinics.delete()
    draft.domains.get(domain__code="health").delete()
    draft.domains.filter(domain__code="education").update(name="教育")
    EditionDomain.objects.create(
        edition=draft,
        domain=Domain.objects.create(code="sport"),
        position=9,
        name="体育",
        seal="体",
    )
    diff = diff_editions(former, draft)
    assert [(d.old_name, d.new_name, d.kind) for d in diff.domains] == [
        ("义务教育", "教育", ChangeKind.RENAMED),
        ("", "体育", ChangeKind.ADDED),
        ("医疗卫生", "", ChangeKind.REMOVED),
    ]


def test_a_split_is_told_as_one(draft, former, admissions, admin):
    SplitItemAction(admissions, admin, ["小学招生", "初中招生"]).execute()
    diff = diff_editions(former, draft)
    assert kinds(diff) == {"义务教育/招生入学": (ChangeKind.SPLIT,)}
    assert [row.name for row in diff.domains[0].items[0].successors] == ["小学招生", "初中招生"]
    made = draft.items.get(name="初中招生")
    assert made.content_elements.get().text == "招生范围；招生计划"
    assert made.limits.get().amount == 20
    assert made.item.key.startswith("education-")


def test_a_merged_item_gives_what_the_other_lacks(
    draft, former, admissions, clinics, admin, county
):
    MergeItemAction(admissions, admin, clinics).execute()
    assert {s.organ for s in clinics.subjects.all()} == {county.health, county.education}
    assert clinics.bases.count() == 1, "what it cites already is not cited twice"
    diff = kinds(diff_editions(former, draft))
    assert diff["义务教育/招生入学"] == (ChangeKind.MERGED,)
    assert diff["医疗卫生/医疗机构名录"] == (ChangeKind.CHANGED,)


def test_a_replacement_takes_nothing_over(draft, former, admissions, clinics, admin):
    ReplaceItemAction(admissions, admin, clinics).execute()
    assert kinds(diff_editions(former, draft)) == {"义务教育/招生入学": (ChangeKind.REPLACED,)}


def test_a_split_part_merged_again_leads_to_the_end(draft, former, admissions, clinics, admin):
    first, _second = SplitItemAction(admissions, admin, ["小学招生", "初中招生"]).execute()
    MergeItemAction(first, admin, clinics).execute()
    change = next(
        change
        for domain in diff_editions(former, draft).domains
        for change in domain.items
        if change.name == "招生入学"
    )
    assert {row.name for row in change.successors} == {"医疗机构名录", "初中招生"}


def test_a_dropped_item_is_put_back(draft, former, admissions, clinics, admin, county):
    ReplaceItemAction(admissions, admin, clinics).execute()
    RestoreItemAction(former.items.get(item=county.admissions), admin, draft).execute()
    assert diff_editions(former, draft).is_empty
    assert not ItemSuccession.objects.filter(edition=draft).exists()


def test_dropping_a_successor_leaves_a_plain_removal(draft, former, admissions, admin):
    for made in SplitItemAction(admissions, admin, ["小学招生", "初中招生"]).execute():
        DropItemAction(made, admin).execute()
    assert kinds(diff_editions(former, draft)) == {"义务教育/招生入学": (ChangeKind.REMOVED,)}


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda e, o, u: SplitItemAction(e, u, ["一个"]), "at least two"),
        (lambda e, o, u: SplitItemAction(e, u, ["同名", "同名 "]), "at least two"),
        (lambda e, o, u: MergeItemAction(e, u, e), "another item"),
        (lambda e, o, u: ReplaceItemAction(e, u, o), "another item"),
        (lambda e, o, u: RestoreItemAction(o, u, e.edition), "already"),
    ],
)
def test_a_reorganisation_that_makes_no_sense_is_refused(
    draft, former, admissions, admin, act, sentence
):
    other = former.items.get(item=admissions.item)
    with pytest.raises(Refused, match=sentence):
        act(admissions, other, admin).execute()
    assert diff_editions(former, draft).is_empty


def test_only_drafts_are_reorganised(former, admin, county):
    entry = former.items.get(item=county.admissions)
    with pytest.raises(Refused, match="in force and is never edited"):
        SplitItemAction(entry, admin, ["一", "二"]).execute()


def test_the_number_of_queries_is_constant(draft, former, county):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            diff_editions(former, draft)
        return len(captured)

    few = queries()
    for number in range(30):
        add_item(draft, "education", "义务教育", f"新事项{number}", county.education)
    draft.items.filter(item=county.admissions).update(name="改名")
    assert queries() == few


def test_new_keys_number_on(county):
    domain = Domain.objects.get(code="education")
    first, second = new_item(domain), new_item(domain)
    assert first.key != second.key
    assert int(second.key.rpartition("-")[2]) == int(first.key.rpartition("-")[2]) + 1


def test_successions_of_editions_in_between_are_followed(draft, former, admissions, admin, county):
    SplitItemAction(admissions, admin, ["小学招生", "初中招生"]).execute()
    Edition.objects.filter(pk=former.pk).update(status=EditionStatus.SUPERSEDED)
    Edition.objects.filter(pk=draft.pk).update(status=EditionStatus.IN_FORCE)
    draft.refresh_from_db()
    later = CopyEditionAction(2028, "2028年版", admin, draft).execute()
    assert kinds(diff_editions(former, later)) == {"义务教育/招生入学": (ChangeKind.SPLIT,)}
    assert diff_editions(draft, later).is_empty
