"""A file's way into a draft through the pages of the admin, step by step."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from catalogue_standards.actions import imports
from catalogue_standards.cell_texts import all_texts
from catalogue_standards.enums import EditionAct, EditionStatus, ImportState
from catalogue_standards.files.facts import facts_of
from catalogue_standards.files.xlsx_writing import export_xlsx
from catalogue_standards.import_forms import field_of
from catalogue_standards.models import (
    Channel,
    Edition,
    EditionDomain,
    EditionItem,
    ImportRun,
    LegalBasis,
    Organ,
)
from tests.catalogue_standards.conftest import at_desk
from tests.catalogue_standards.test_import_broken_files import BROKEN
from tests.catalogue_standards.test_import_reading import HEADINGS, ITEM, SAMPLES, workbook

TITLE = ["义务教育领域基层政务公开标准目录"]
OWN = dict(zip(HEADINGS, ITEM, strict=True)) | {
    "公开依据": "《中华人民共和国政府信息公开条例》第十条",
    "公开主体": "禾城县教育局",
    "公开时限": "信息形成之日起20个工作日内",
}


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def draft(draft: Edition) -> Edition:
    draft.domains.filter(domain__code="education").update(name="义务教育")
    return draft


def table(*changes: dict[str, str]) -> bytes:
    """A workbook of 义务教育 with an item for each of `changes`, other cells as in OWN."""
    return workbook([TITLE, HEADINGS, *[list((OWN | change).values()) for change in changes]])


def upload(
    desk: Client, draft: Edition, content: bytes, name: str = "目录.xlsx", **data: str
) -> Any:
    file = SimpleUploadedFile(name, content)
    return desk.post(address("import", draft.pk), {"file": file} | data)


def address(name: str, *args: Any) -> str:
    return reverse(f"catalogue_editions:{name}", args=args)


def begun(desk: Client, draft: Edition, *changes: dict[str, str]) -> ImportRun:
    answer = upload(desk, draft, table(*changes))
    assert answer.status_code == 302, answer.context["form"].errors
    return ImportRun.objects.get(edition=draft)


def page(desk: Client, run: ImportRun, **query: str) -> Any:
    return desk.get(address("import_run", run.pk), query)


def kinds(answer: Any) -> list[str]:
    return [kind for kind, _label, _number in answer.context["counts"]]


def correct(desk: Client, run: ImportRun, number: int, name: str, text: str, **data: str) -> Any:
    url = address("import_cell", run.pk, number, name)
    opened = {f.html_name: f.value() for f in desk.get(url).context["form"]}
    return desk.post(url, opened | {"text": text} | data)


def settle(desk: Client, run: ImportRun, kind: str, name: str, what: str = "", **data: str) -> Any:
    fields = {field_of(kind, name) if what else f"{field_of(kind, name)}-new": what or "on"}
    return desk.post(address("import_run", run.pk), fields | data)


def apply(desk: Client, run: ImportRun, seen: str = "") -> Any:
    changes = desk.get(address("import_changes", run.pk))
    if changes.status_code == 200:
        seen = seen or changes.context["rehearsal"].digest
    return desk.post(address("import_changes", run.pk), {"seen": seen})


def names(edition: Edition) -> list[str]:
    return [entry.name for entry in edition.items.order_by("position")]


def test_a_clean_file_goes_in_after_its_changes_were_seen(desk, draft, admin):
    run = begun(desk, draft, {}, {"二级事项": "办事指南", "公开时限": "及时公开"})
    assert (run.state, run.user) == (ImportState.READ, admin)
    assert kinds(page(desk, run)) == []
    changes = desk.get(address("import_changes", run.pk))
    assert [(kind.value, number) for kind, number in changes.context["counts"]] == [
        ("added", 2),
        ("removed", 1),
    ]
    assert names(draft) == ["招生入学", "医疗机构名录"], "nothing is written by looking"
    assert apply(desk, run).status_code == 302
    assert names(draft) == ["法律法规", "办事指南", "医疗机构名录"]
    assert draft.events.filter(act=EditionAct.EDITED, user=admin).exists()
    again = apply(desk, run, "x")
    assert again.status_code == 302
    assert "mulu applied it" in page(desk, run).content.decode()
    assert names(draft) == ["法律法规", "办事指南", "医疗机构名录"]


@pytest.mark.skipif(not SAMPLES, reason="the sample layouts are not here")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_each_sample_layout_goes_all_the_way(desk, draft, county, path):
    """With every name that this county lacks settled, and every cell that blocks corrected."""
    upload(desk, draft, path.read_bytes(), path.name)
    run = ImportRun.objects.get()
    understood = imports.Understood(run)
    fields = {}
    for kind in ("domain", "basis", "channel"):
        fields |= {f"{field_of(kind, n)}-new": "on" for n in understood.open_names(kind)}
    fields |= {field_of("organ", n): "禾城县教育局" for n in understood.open_names("organ")}
    for problem in understood.matching.problems:
        if problem.kind in ("guessed-domain", "no-domain"):
            fields[field_of("table", problem.params["table"])] = "义务教育"
    desk.post(address("import_run", run.pk), fields)
    for number, _place, _cells in page(desk, run, show="duplicate-item").context["rows"]:
        correct(desk, run, number, "level2", f"综合业务{number}")
    run.refresh_from_db()
    assert imports.Understood(run).blocking == 0
    assert apply(desk, run).status_code == 302
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED
    assert run.applied["added"] == len(run.reading["rows"])
    assert upload(desk, draft, path.read_bytes(), path.name).status_code == 302
    second = ImportRun.objects.first()
    if imports.Understood(second).blocking == 0:
        changes = desk.get(address("import_changes", second.pk))
        assert changes.context["rehearsal"].diff.is_empty, "running it again changes nothing"


@pytest.mark.parametrize(("name", "content", "sentence"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_answered_with_what_to_do(
    desk, draft, name, content, sentence, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = upload(desk, draft, content(), name)
    if run := ImportRun.objects.first():
        assert len(content()) > imports.AT_ONCE, "others are answered on the form"
        told = page(desk, run).context["run"].failure
    else:
        [told] = answer.context["form"].errors["file"]
    assert sentence in told


def test_what_an_edition_exports_imports_without_a_difference(desk, draft):
    exported = desk.get(address("export", draft.pk, "xlsx"))
    assert "attachment" in exported["Content-Disposition"]
    upload(desk, draft, exported.content)
    changes = desk.get(address("import_changes", ImportRun.objects.get().pk))
    assert changes.context["rehearsal"].diff.is_empty
    assert "nothing to apply" in changes.content.decode()


PROBLEMS = [
    ("unknown-organ", {"公开主体": "没有的局"}, "subject", "禾城县教育局", True),
    ("unknown-basis", {"公开依据": "《没有的法》"}, "basis", "", True),
    ("unknown-channel", {"公开渠道和载体": "■没有的渠道"}, "channels", "■政府网站", True),
    ("too-long", {"公开内容": "长" * 501}, "content", "●短", True),
    ("no-basis", {"公开依据": ""}, "basis", "《中华人民共和国政府信息公开条例》", False),
    ("unread-limit", {"公开时限": "批准后20内"}, "time_limit", "及时公开", False),
    ("no-limit", {"公开时限": ""}, "time_limit", "及时公开", False),
    ("no-organ", {"公开主体": ""}, "subject", "各乡镇", False),
    ("no-level", {"公开层级": ""}, "levels", "县级、乡级", False),
    ("two-audiences", {"公开对象": "■全社会\n■特定群体"}, "audience", "特定群体（家长）", False),
]


@pytest.mark.parametrize(("kind", "cell", "name", "text", "blocks"), PROBLEMS)
def test_a_problem_is_marked_at_its_cell_and_corrected_there(
    desk, draft, kind, cell, name, text, blocks
):
    run = begun(desk, draft, {}, {"二级事项": "办事指南"} | cell)
    shown = page(desk, run, show=kind)
    assert kind in kinds(shown)
    [(number, _place, cells)] = shown.context["rows"]
    assert number == 1
    marked = next(c for c in cells if c["id"] == f"cell-1-{name}")
    assert blocks in [problem["blocking"] for problem in marked["problems"]]
    assert (desk.get(address("import_changes", run.pk)).status_code == 302) == blocks
    answer = correct(desk, run, 1, name, text)
    assert answer.json()["state"] == "saved"
    assert kind not in kinds(page(desk, run))
    assert apply(desk, run).status_code == 302
    assert "办事指南" in names(draft)


def test_a_name_is_explained_once_and_remembered(desk, draft, county):
    basis = LegalBasis.objects.get(code="regulation")
    website = Channel.objects.get(code="website")
    change = {
        "公开主体": "教体局",
        "公开依据": "《公开条例》第十条\n《公开条例》第二十条",
        "公开渠道和载体": "■门户网",
    }
    run = begun(desk, draft, change, change | {"二级事项": "办事指南"})
    assert page(desk, run).context["lists"][0][2][0][1] == 2, "named in two items"
    settle(desk, run, "organ", "教体局", "禾城县教育局")
    settle(desk, run, "basis", "公开条例\t", "《中华人民共和国政府信息公开条例》")
    settle(desk, run, "channel", "门户网", "政府网站")
    assert not county.education.aliases.exists(), "not before it is applied"
    assert apply(desk, run).status_code == 302
    entry = draft.items.get(name="办事指南")
    assert all_texts(entry)["subject"] == "禾城县教育局"
    assert list(entry.bases.values_list("basis", "article")) == [
        (basis.pk, "第十条"),
        (basis.pk, "第二十条"),
    ]
    website.refresh_from_db()
    basis.refresh_from_db()
    assert list(county.education.aliases.values_list("name", flat=True)) == ["教体局"]
    assert (basis.aliases, website.aliases) == (["公开条例"], ["门户网"])
    ImportRun.objects.all().delete()
    assert kinds(page(desk, begun(desk, draft, change))) == []


def test_names_are_entered_as_new_when_that_is_meant(desk, draft):
    change = {"公开依据": "《义务教育法》第三条", "公开渠道和载体": "■校园公告栏"}
    run = begun(desk, draft, change)
    settle(desk, run, "basis", "义务教育法\t")
    settle(desk, run, "channel", "校园公告栏")
    assert "Will be entered as new" in page(desk, run).content.decode()
    assert not LegalBasis.objects.filter(title="义务教育法").exists()
    assert apply(desk, run).status_code == 302
    assert draft.items.get(name="法律法规").bases.get().basis.title == "义务教育法"
    assert Channel.objects.filter(name="校园公告栏").exists()


@pytest.mark.parametrize("typed", ["没有的局", "禾城县教育局、禾城县卫生健康局"])
def test_a_name_is_explained_by_one_that_the_county_has(desk, draft, typed):
    run = begun(desk, draft, {"公开主体": "教体局"})
    answer = settle(desk, run, "organ", "教体局", typed)
    assert "is not known" in answer.content.decode()
    run.refresh_from_db()
    assert not run.decisions.get("names")


def test_an_item_that_stands_twice_is_left_out_and_taken_in_again(desk, draft):
    run = begun(desk, draft, {}, {})
    assert kinds(page(desk, run)) == ["duplicate-item"]
    desk.post(address("import_run", run.pk), {"out": "1"})
    assert kinds(page(desk, run)) == []
    desk.post(address("import_run", run.pk), {"in": "1"})
    assert kinds(page(desk, run)) == ["duplicate-item"]
    assert desk.post(address("import_run", run.pk), {"out": "99"}).status_code == 404


def test_a_guessed_domain_is_confirmed(desk, draft):
    EditionDomain.objects.filter(edition=draft).update(former_name="")
    content = workbook([HEADINGS, list(OWN.values())])
    upload(desk, draft, content, "表.xlsx")
    run = ImportRun.objects.get()
    [(_table, field)] = page(desk, run).context["tables"]
    desk.post(address("import_run", run.pk), {field.html_name: "义务教育"})
    assert page(desk, run).context["tables"] == []
    assert apply(desk, run).status_code == 302
    assert "法律法规" in names(draft)


def test_a_domain_for_tables_that_do_not_say_is_chosen_with_the_file(desk, draft):
    content = workbook([HEADINGS, list(OWN.values())])
    upload(desk, draft, content, "表.xlsx", domain="义务教育")
    assert apply(desk, ImportRun.objects.get()).status_code == 302
    assert "法律法规" in names(draft)


def test_changes_are_shown_anew_when_the_draft_changed_meanwhile(desk, second, draft, entry):
    run = begun(desk, draft, {})
    seen = desk.get(address("import_changes", run.pk)).context["rehearsal"].digest
    draft.items.filter(pk=entry.pk).update(name="别人改的名称")
    answer = desk.post(address("import_changes", run.pk), {"seen": seen})
    assert "The draft changed meanwhile" in answer.content.decode()
    assert names(draft) == ["别人改的名称", "医疗机构名录"]
    assert (
        desk.post(
            address("import_changes", run.pk), {"seen": answer.context["rehearsal"].digest}
        ).status_code
        == 302
    )
    assert names(draft) == ["法律法规", "医疗机构名录"]


def test_two_people_at_one_file_do_not_overwrite_each_other(desk, second, draft):
    run = begun(desk, draft, {"公开主体": "教体局", "公开渠道和载体": "■门户网"})
    url = address("import_cell", run.pk, 0, "time_limit")
    opened = {f.html_name: f.value() for f in desk.get(url).context["form"]}
    correct(second, run, 0, "time_limit", "及时公开")
    settle(second, run, "organ", "教体局", "禾城县教育局")
    settle(desk, run, "channel", "门户网", "政府网站")
    stale = desk.post(url, opened | {"text": "实时公开"})
    assert (stale.status_code, stale.json()["state"]) == (409, "stale")
    assert "及时公开" in stale.json()["html"] and "实时公开" in stale.json()["html"]
    assert apply(desk, run).status_code == 302
    saved = draft.items.get(name="法律法规")
    assert (saved.time_limit_text, all_texts(saved)["subject"]) == ("及时公开", "禾城县教育局")


def test_a_large_file_is_read_by_the_worker(
    desk, draft, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(imports, "AT_ONCE", 0)
    with django_capture_on_commit_callbacks() as later:
        upload(desk, draft, table({}))
    run = ImportRun.objects.get()
    assert run.state == ImportState.WAITING
    assert "is being read" in page(desk, run).content.decode()
    assert desk.get(address("import_progress", run.pk)).json()["waiting"]
    assert desk.get(address("import_changes", run.pk)).status_code == 302
    for callback in later * 2:
        callback()
    run.refresh_from_db()
    assert (run.state, run.progress, run.content) == (ImportState.READ, 1, None)
    assert not desk.get(address("import_progress", run.pk)).json()["waiting"]
    assert apply(desk, run).status_code == 302


def test_a_large_file_that_is_no_catalogue_says_so_on_its_page(
    desk, draft, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(imports, "AT_ONCE", 0)
    with django_capture_on_commit_callbacks(execute=True):
        upload(desk, draft, workbook([["姓名", "电话"], ["甲", "1"]]))
    run = ImportRun.objects.get()
    assert run.state == ImportState.FAILED
    assert "No catalogue table was found" in page(desk, run).content.decode()


STEPS = [
    ("import", "post"),
    ("import_run", "post"),
    ("import_changes", "post"),
    ("import_cell", "post"),
    ("import_cell", "get"),
    ("import_progress", "get"),
    ("import_discard", "post"),
]


@pytest.mark.parametrize(("step", "verb"), STEPS)
def test_others_have_no_part_in_it(desk, draft, county, step, verb):
    run = begun(desk, draft, {})
    outsider = at_desk(county.drafter)
    more = (0, "subject") if step == "import_cell" else ()
    pk = draft.pk if step == "import" else run.pk
    answer = getattr(outsider, verb)(address(step, pk, *more), {"text": "x", "out": "0"})
    assert answer.status_code in (302, 403, 404)
    run.refresh_from_db()
    assert (run.state, run.decisions) == (ImportState.READ, {})


def test_a_fixed_edition_takes_no_file(desk, draft):
    run = begun(desk, draft, {})
    Edition.objects.filter(pk=draft.pk).update(status=EditionStatus.APPROVED)
    before = [facts_of(entry) for entry in EditionItem.objects.filter(edition=draft)]
    for answer in (
        upload(desk, draft, table({})),
        apply(desk, run, "x"),
        desk.get(address("import_run", run.pk)),
    ):
        assert answer.status_code == 302 and answer["Location"] == address("inspect", draft.pk)
    url = address("import_cell", run.pk, 0, "subject")
    assert desk.post(url, {"text": "x"}).status_code == 403
    assert [facts_of(entry) for entry in EditionItem.objects.filter(edition=draft)] == before


def test_an_import_is_thrown_away(desk, draft):
    run = begun(desk, draft, {})
    assert str(run) in desk.get(address("import", draft.pk)).content.decode()
    desk.post(address("import_discard", run.pk))
    assert not ImportRun.objects.exists()
    assert names(draft) == ["招生入学", "医疗机构名录"]


@pytest.mark.parametrize(
    ("status", "who", "code"),
    [
        (EditionStatus.SUPERSEDED, "public", 200),
        (EditionStatus.IN_REVIEW, "public", 404),
        (EditionStatus.DRAFT, "drafter", 404),
        (EditionStatus.DRAFT, "admin", 200),
    ],
)
def test_the_printable_table_is_public_once_it_was_in_force(
    client, desk, county, draft, status, who, code
):
    Edition.objects.filter(pk=draft.pk).update(status=status)
    reader = {"public": client, "drafter": at_desk(county.drafter), "admin": desk}[who]
    answer = reader.get(reverse("official_table", args=[2027, 0]))
    assert answer.status_code == code
    if code == 200:
        text = answer.content.decode()
        assert "招生入学" in text and "一级事项" in text
        assert ("public" in answer["Cache-Control"]) == (status == EditionStatus.SUPERSEDED)


def test_the_printable_table_merges_cells_and_takes_few_queries(
    client, county, django_assert_max_num_queries
):
    from tests.county import add_item

    edition = Edition.objects.in_force()
    Edition.objects.filter(pk=edition.pk).update(status=EditionStatus.DRAFT)
    for number in range(3):
        add_item(edition, "education", "义务教育", f"事项{number}", county.education)
    for number in range(5):
        add_item(edition, f"more{number}", f"领域{number}", "事项", county.education)
    Edition.objects.filter(pk=edition.pk).update(status=EditionStatus.IN_FORCE)
    with django_assert_max_num_queries(15):
        text = client.get(reverse("official_table", args=[2026, 0])).content.decode()
    assert re.search(r'<td rowspan="4">\s*政策文件', text)
    assert text.count("<caption>") == 7


@pytest.mark.parametrize(("kind", "code"), [("docx", 200), ("pdf", 404)])
def test_files_are_exported_for_administrators(desk, client, county, draft, kind, code):
    assert desk.get(address("export", draft.pk, kind)).status_code == code
    client.force_login(county.drafter)
    assert client.get(address("export", draft.pk, kind)).status_code == 302


def test_export_command_and_page_write_the_same(desk, draft):
    from catalogue_standards.files import read_catalogue

    exported = desk.get(address("export", draft.pk, "xlsx")).content
    assert read_catalogue(io.BytesIO(exported), "x.xlsx") == read_catalogue(
        export_xlsx(draft), "x.xlsx"
    )
    assert Organ.objects.count() == 4
