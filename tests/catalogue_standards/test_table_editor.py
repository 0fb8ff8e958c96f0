"""The table editor through its addresses: cells saved one by one, nothing of anybody's lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import translation

from catalogue_standards.cell_texts import all_texts
from catalogue_standards.enums import BasisKind, EditionAct, EditionStatus
from catalogue_standards.models import (
    CellEdit,
    Channel,
    Edition,
    EditionItem,
    LegalBasis,
    OrganAlias,
)
from tests.catalogue_standards.conftest import at_desk

JSON = {"accept": "application/json"}
REGULATION = "《中华人民共和国政府信息公开条例》"


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def cell_url(entry: EditionItem, name: str) -> str:
    return reverse("catalogue_items:cell", args=[entry.pk, name])


def opened(desk: Client, entry: EditionItem, name: str) -> dict[str, Any]:
    """What the form of a cell holds when it is opened, as a browser would send it."""
    answer = desk.get(cell_url(entry, name))
    assert answer.json()["state"] == "form"
    data = {}
    for field in answer.context["form"]:
        value = field.value()
        if value not in (None, False, ""):
            data[field.html_name] = value
    return data


def save(desk: Client, entry: EditionItem, name: str, **typed: Any) -> Any:
    data = {k: v for k, v in (opened(desk, entry, name) | typed).items() if v is not None}
    return desk.post(cell_url(entry, name), data)


def text_of(entry: EditionItem, name: str) -> str:
    return all_texts(EditionItem.objects.get(pk=entry.pk))[name]


def undo(desk: Client, edition: Edition, **data: Any) -> Any:
    return desk.post(reverse("catalogue_items:undo", args=[edition.pk]), data, headers=JSON)


@pytest.mark.parametrize(
    ("name", "typed", "now"),
    [
        ("group", {"text": "业务办理"}, "业务办理"),
        ("group", {"text": ""}, ""),
        ("name", {"text": " 入学招生 "}, "入学招生"),
        ("sub_name", {"text": "小学"}, "小学"),
        ("content", {"text": "●招生范围\n\n 招生计划；人数 "}, "招生范围\n招生计划；人数"),
        ("basis", {"text": f"{REGULATION}第十条"}, f"{REGULATION}第十条"),
        ("basis", {"text": ""}, ""),
        ("time_limit", {"text": "实时公开"}, "实时公开"),
        ("subject", {"text": "禾城县卫生健康局\n各乡镇"}, "禾城县卫生健康局\n各乡镇人民政府"),
        ("subject", {"text": "禾城县教育局、卫健局"}, "禾城县教育局\n禾城县卫生健康局"),
        (
            "audience",
            {"audience": "group", "audience_group": "家长"},
            "A particular group：家长",
        ),
        ("method", {"method": "on_request"}, "On request"),
        ("levels", {"at_county": None, "at_village": "on"}, "Village"),
        ("rhythm", {"text": "每季两次；最新不超过30天"}, "每季度至少2条；最新一条不超过30天"),
    ],
)
def test_a_cell_is_saved_at_once(desk, entry, county, admin, name, typed, now):
    OrganAlias.objects.create(organ=county.health, name="卫健局")
    answer = save(desk, entry, name, **typed)
    assert (answer.status_code, answer.json()["state"]) == (200, "saved"), answer.json()
    assert text_of(entry, name) == now
    assert now.split("\n")[0] in answer.json()["html"]
    edit = CellEdit.objects.get(entry=entry)
    assert (edit.cell, edit.after_text, edit.user) == (name, now, admin)
    assert entry.edition.events.filter(act=EditionAct.EDITED, user=admin).count() == 1


def test_channels_are_required_optional_or_none(desk, entry):
    website = Channel.objects.get(code="website")
    gazette = Channel.objects.create(code="gazette", name="政府公报")
    board = Channel.objects.create(code="board", name="公示栏")
    typed = {f"channel_{website.pk}": "0", f"channel_{gazette.pk}": "1", f"channel_{board.pk}": ""}
    save(desk, entry, "channels", **typed)
    assert text_of(entry, "channels") == "■政府公报\n□政府网站"


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("name", {"text": ""}, "needs a name"),
        ("name", {"text": "医疗机构名录"}, "Another item of this domain has the same names"),
        ("name", {"text": "长" * 201}, "at most 200 characters"),
        ("content", {"text": "长" * 501}, "has 501 characters; at most 500"),
        ("basis", {"text": "《没有的法》第一条"}, "《没有的法》第一条” is not known"),
        ("basis", {"text": f"{REGULATION}第{'一' * 70}条"}, "at most 60 are allowed"),
        ("subject", {"text": "没有的局"}, "is called “没有的局”"),
        ("time_limit", {"text": "长" * 501}, "at most 500 characters"),
        ("levels", {"at_county": None}, "at least one level"),
        ("rhythm", {"text": "每季度；不定期"}, "“不定期” was not understood"),
        ("method", {"method": "telepathy"}, "Select a valid choice"),
        ("name", {"seen": "forged"}, "Open the cell again"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_typed_kept(
    desk, entry, county, draft, name, typed, sentence
):
    clinics = draft.items.get(item=county.clinics)
    draft.items.filter(pk=clinics.pk).update(edition_domain=entry.edition_domain)
    was = text_of(entry, name)
    answer = save(desk, entry, name, **typed)
    assert (answer.status_code, answer.json()["state"]) == (422, "invalid")
    assert sentence in answer.json()["html"]
    if typed.get("text"):
        assert typed["text"] in answer.json()["html"]
    assert text_of(entry, name) == was
    assert not CellEdit.objects.exists()


def test_an_unknown_basis_is_entered_when_that_is_meant(desk, entry):
    line = "《义务教育法》（2018年修正）第四条"
    assert "accept" in save(desk, entry, "basis", text=line).json()["html"]
    assert not LegalBasis.objects.filter(title="义务教育法").exists()
    save(desk, entry, "basis", text=line, accept="on")
    assert text_of(entry, "basis") == line
    assert LegalBasis.objects.get(title="义务教育法").kind == BasisKind.LAW


@pytest.mark.parametrize(
    ("text", "kinds", "shown"),
    [
        ("每月5日前公开", ["periodic"], "every 1 months"),
        ("批准后20内", [], "Not understood"),
    ],
)
def test_the_cell_of_a_limit_shows_what_was_understood(desk, entry, text, kinds, shown):
    html = save(desk, entry, "time_limit", text=text).json()["html"]
    assert shown in html
    assert list(entry.limits.values_list("kind", flat=True)) == kinds


def test_clauses_corrected_by_hand_stay_with_an_unchanged_text(desk, entry):
    entry.limits.update(amount=7)
    save(desk, entry, "time_limit")
    assert entry.limits.get().amount == 7


def test_lines_that_stay_keep_what_they_cite(desk, entry):
    """Two acts of one title are told apart by nothing that is written."""
    LegalBasis.objects.create(
        code="twin", title="中华人民共和国政府信息公开条例", kind=BasisKind.REGULATION
    )
    cited = entry.bases.get().basis_id
    save(desk, entry, "basis", text=REGULATION)
    assert entry.bases.get().basis_id == cited


def test_a_stale_save_shows_both_versions_and_either_can_be_chosen(desk, second, entry):
    mine = opened(desk, entry, "time_limit") | {"text": "实时公开"}
    save(second, entry, "time_limit", text="及时公开")
    save(second, entry, "name", text="入学招生")
    answer = desk.post(cell_url(entry, "time_limit"), mine)
    assert (answer.status_code, answer.json()["state"]) == (409, "stale")
    shown = answer.json()["html"]
    assert "other changed this cell" in shown
    assert "及时公开" in shown and "实时公开" in shown
    assert text_of(entry, "time_limit") == "及时公开"
    anew = {field.html_name: field.value() for field in answer.context["form"]}
    assert desk.post(cell_url(entry, "time_limit"), anew).json()["state"] == "saved"
    assert text_of(entry, "time_limit") == "实时公开"


def test_different_cells_of_an_item_are_edited_side_by_side(desk, second, entry):
    mine = opened(desk, entry, "time_limit") | {"text": "实时公开"}
    save(second, entry, "name", text="入学招生")
    assert desk.post(cell_url(entry, "time_limit"), mine).json()["state"] == "saved"
    assert (text_of(entry, "name"), text_of(entry, "time_limit")) == ("入学招生", "实时公开")


def test_a_cell_saved_meanwhile_conflicts_with_the_items_form(desk, second, entry):
    from tests.catalogue_standards.test_admin import posted

    address = reverse("catalogue_items:edit", args=[entry.pk])
    data = posted(desk, address) | {"group": "政策"}
    save(second, entry, "basis", text=f"{REGULATION}第十条")
    assert "changed this item while" in desk.post(address, data).content.decode()


@pytest.mark.parametrize("status", [s for s in EditionStatus if s != EditionStatus.DRAFT])
def test_a_fixed_edition_has_no_open_cells(desk, entry, draft, status):
    data = opened(desk, entry, "name") | {"text": "改名"}
    Edition.objects.filter(status=status).update(status=EditionStatus.SUPERSEDED)
    Edition.objects.filter(pk=draft.pk).update(status=status)
    refused = desk.post(cell_url(entry, "name"), data)
    assert (refused.status_code, refused.json()["state"]) == (403, "refused")
    assert desk.get(cell_url(entry, "name")).status_code == 403
    page = desk.get(reverse("catalogue_items:table"), {"edition": draft.pk}).content.decode()
    assert "招生入学" in page and "data-cell" not in page
    assert undo(desk, draft).status_code == 409
    assert text_of(entry, "name") == "招生入学"


def test_only_catalogue_administrators_edit_and_superusers_may_as_before(desk, entry, county):
    data = opened(desk, entry, "name") | {"text": "改名"}
    outsider = at_desk(county.drafter)
    assert outsider.get(cell_url(entry, "name")).status_code == 403
    assert outsider.post(cell_url(entry, "name"), data).status_code == 403
    assert undo(outsider, entry.edition).status_code == 409
    assert outsider.get(reverse("catalogue_items:table")).status_code == 302
    assert text_of(entry, "name") == "招生入学"
    root = User.objects.create_superuser("root", password="x")
    assert at_desk(root).post(cell_url(entry, "name"), data).json()["state"] == "saved"


def test_undo_takes_back_ones_own_last_change_one_after_another(desk, second, entry, draft):
    was = {name: text_of(entry, name) for name in ("name", "basis", "time_limit")}
    save(desk, entry, "name", text="入学招生")
    save(desk, entry, "basis", text="")
    save(second, entry, "time_limit", text="实时公开")
    answer = undo(desk, draft).json()
    assert list(answer["cells"]) == [f"cell-{entry.pk}-basis"]
    assert text_of(entry, "basis") == was["basis"]
    undo(desk, draft)
    assert (text_of(entry, "name"), text_of(entry, "time_limit")) == (was["name"], "实时公开")
    nothing = undo(desk, draft)
    assert (nothing.status_code, nothing.json()["state"]) == (409, "refused")
    undo(second, draft)
    assert text_of(entry, "time_limit") == was["time_limit"]
    assert entry.limits.get().amount == 20


def test_undo_refuses_when_somebody_changed_it_since(desk, second, entry, draft):
    save(desk, entry, "name", text="入学招生")
    save(second, entry, "name", text="招生")
    answer = undo(desk, draft)
    assert answer.status_code == 409
    assert "other has changed “Second-level item” of “招生” since" in answer.json()["said"]
    assert text_of(entry, "name") == "招生"


def test_undo_refuses_what_named_an_act_that_is_gone(desk, entry, draft):
    act = LegalBasis.objects.create(code="x", title="旧法", kind=BasisKind.LAW)
    save(desk, entry, "basis", text="《旧法》")
    save(desk, entry, "basis", text="")
    act.delete()
    answer = undo(desk, draft)
    assert answer.status_code == 409
    assert "has been deleted since" in answer.json()["said"]
    assert text_of(entry, "basis") == ""


def test_an_items_history_tells_every_change_and_takes_one_back(desk, second, entry, draft):
    from tests.catalogue_standards.test_admin import posted

    save(desk, entry, "name", text="入学招生")
    address = reverse("catalogue_items:edit", args=[entry.pk])
    second.post(address, posted(second, address) | {"group": "政策"})
    history = reverse("catalogue_items:history", args=[entry.pk])
    page = second.get(history).content.decode()
    assert all(words in page for words in ("招生入学", "入学招生", "mulu", "other", "政策"))
    first = CellEdit.objects.get(entry=entry, cell="name")
    second.post(reverse("catalogue_items:undo", args=[draft.pk]), {"edit": first.pk})
    assert (text_of(entry, "name"), text_of(entry, "group")) == ("招生入学", "政策")
    assert "Taken back by other" in second.get(history).content.decode()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, 2),
        ({"q": "招生计划"}, 2),
        ({"q": "名录"}, 1),
        ({"q": "没有"}, 0),
        ({"p": "9"}, 2),
    ],
)
def test_the_table_is_filtered_by_text_too(desk, draft, filters, found):
    answer = desk.get(reverse("catalogue_items:table"), filters | {"edition": draft.pk})
    assert answer.content.decode().count('data-label="Second-level item"') == found


def test_the_table_takes_as_many_queries_for_many_items(
    desk, draft, entry, django_assert_max_num_queries
):
    from catalogue_standards.copying import copy_entry
    from catalogue_standards.editing import new_item

    for number in range(30):
        item = new_item(entry.edition_domain.domain)
        copy_entry(entry, item=item, name=f"事项{number}", position=number + 10)
    with django_assert_max_num_queries(40):
        answer = desk.get(reverse("catalogue_items:table"), {"edition": draft.pk})
    assert answer.content.decode().count("data-cell=") == 32 * 12


@pytest.fixture
def cited(draft):
    """Both items cite the regulation, one its article 10 and one article 20."""
    for entry, article in zip(draft.items.all(), ["第十条", "第二十条"], strict=True):
        entry.bases.update(article=article)
    return LegalBasis.objects.get(code="regulation")


def replace_basis(desk, draft, cited, **data):
    address = f"{reverse('catalogue_editions:basis', args=[draft.pk])}?basis={cited.pk}"
    given = {field.html_name: field.value() or "" for field in desk.get(address).context["form"]}
    answer = desk.post(address, given | data)
    if "apply" in data or not answer.context["changes"]:
        return answer
    return answer, {field.html_name: field.value() or "" for field in answer.context["form"]}


def citations(edition):
    return [all_texts(entry)["basis"] for entry in edition.items.all()]


def test_an_amended_law_is_changed_everywhere_in_the_draft_only(desk, draft, cited, admin):
    old_edition = citations(Edition.objects.in_force())
    amended = {"title": "政府信息公开条例", "number": "国务院令第800号", "article_0": "第十一条"}
    preview, shown = replace_basis(desk, draft, cited, **amended)
    page = preview.content.decode()
    assert f"{REGULATION}第十条" in page
    assert "《政府信息公开条例》（国务院令第800号）第十一条" in page
    assert citations(draft) == [f"{REGULATION}第十条", f"{REGULATION}第二十条"]
    assert replace_basis(desk, draft, cited, **shown, apply="1").status_code == 302
    assert citations(draft) == [
        "《政府信息公开条例》（国务院令第800号）第十一条",
        "《政府信息公开条例》（国务院令第800号）第二十条",
    ]
    assert citations(Edition.objects.in_force()) == old_edition
    assert draft.events.filter(act=EditionAct.EDITED, user=admin).exists()
    undo(desk, draft)
    assert citations(draft) == [f"{REGULATION}第十条", f"{REGULATION}第二十条"]


def test_only_an_article_changes_within_the_same_act(desk, draft, cited):
    preview, shown = replace_basis(desk, draft, cited, article_1="第二十一条")
    assert len(preview.context["changes"]) == 1
    replace_basis(desk, draft, cited, **shown, apply="1")
    assert citations(draft) == [f"{REGULATION}第十条", f"{REGULATION}第二十一条"]
    assert LegalBasis.objects.count() == 1


def test_what_would_change_is_shown_anew_when_the_draft_changed(desk, second, draft, cited, entry):
    _preview, shown = replace_basis(desk, draft, cited, title="新条例")
    save(second, entry, "basis", text="")
    again = replace_basis(desk, draft, cited, **shown, apply="1")
    assert "The draft changed meanwhile" in again.content.decode()
    assert len(again.context["changes"]) == 1
    assert not LegalBasis.objects.filter(title="新条例").exists()


def test_changing_nothing_and_fixed_editions_are_refused(desk, draft, cited):
    assert "Nothing would change" in replace_basis(desk, draft, cited).content.decode()
    _preview, shown = replace_basis(desk, draft, cited, title="新条例")
    Edition.objects.filter(pk=draft.pk).update(status=EditionStatus.IN_REVIEW)
    address = f"{reverse('catalogue_editions:basis', args=[draft.pk])}?basis={cited.pk}"
    assert "is in review" in desk.post(address, shown | {"apply": "1"}).content.decode()
    assert desk.get(address).status_code == 302
    assert citations(draft)[0] == f"{REGULATION}第十条"
