"""Importing a county's file into a draft edition: what is recognised, reported, written and left alone."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from catalogue_standards.enums import Audience, BasisKind, EditionAct, EditionStatus, OrganKind
from catalogue_standards.files import read_catalogue
from catalogue_standards.files.matching import match
from catalogue_standards.files.register import Register
from catalogue_standards.models import (
    Channel,
    Domain,
    Edition,
    EditionDomain,
    EditionEvent,
    EditionItem,
    LegalBasis,
    Organ,
    OrganAlias,
)
from tests.catalogue_standards.test_import_reading import HEADINGS, ITEM, SAMPLES, TITLE, workbook

TWO = [TITLE, HEADINGS, ITEM, ["2", "通用政策", "办事指南", "办理条件", *ITEM[4:]]]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def county(db):
    """A small county with last year's edition, which has one domain without items."""
    organs = {}
    for code, name, short_name, alias in (
        ("civil-affairs", "县民政局", "民政局", "民政部门"),
        ("market", "县市场监管局", "市场监管局", "市场监督管理、行政审批部门"),
        ("resources", "县自然资源和规划局", "县自然资源局", "规划部门"),
        ("old-town", "城关镇人民政府", "城关镇", "镇政府"),
        ("new-town", "河口镇人民政府", "河口镇", "镇政府"),
    ):
        organ = Organ.add_root(
            code=code, name=name, short_name=short_name, kind=OrganKind.DEPARTMENT
        )
        OrganAlias.objects.create(organ=organ, name=alias)
        organs[code] = organ
    LegalBasis.objects.create(
        code="elderly", title="中华人民共和国老年法", aliases=["老年法"], kind="law"
    )
    LegalBasis.objects.create(
        code="old-rules", title="养老办法", document_number="国令第1号", kind="rule"
    )
    LegalBasis.objects.create(
        code="new-rules", title="养老办法", document_number="国令第2号", kind="rule"
    )
    Channel.objects.create(code="website", name="政府网站", aliases=["门户网站"])
    Channel.objects.create(code="station", name="便民服务站", aliases=["便民服务中心"])
    edition = Edition.objects.create(year=2026, title="2026年版")
    domain = Domain.objects.create(code="elderly-care")
    EditionDomain.objects.create(
        edition=edition,
        domain=domain,
        position=20,
        name="养老服务",
        seal="老",
        former_name="老龄服务",
    )
    return organs


def run(tmp_path, rows, *options, name="目录.xlsx", year=2026):
    path = tmp_path / name
    path.write_bytes(workbook(rows))
    out, err = io.StringIO(), io.StringIO()
    call_command(
        "import_catalogue", str(path), "--edition", str(year), *options, stdout=out, stderr=err
    )
    return out.getvalue(), err.getvalue()


def changed(column, text, row=ITEM):
    return [text if h == column else cell for h, cell in zip(HEADINGS, row, strict=True)]


def problems_of(column, text):
    headings = [*HEADINGS, "更新频率"]
    row = [text if h == column else cell for h, cell in zip(headings, [*ITEM, ""], strict=True)]
    reading = read_catalogue(workbook([TITLE, headings, row]), "目录.xlsx")
    found = match(reading, Register.load()).problems
    return [(p.kind, str(p.place), p.blocking) for p in found]


@pytest.mark.django_db
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_dry_run_prints_the_reading_as_json_and_writes_nothing(path):
    out = io.StringIO()
    arguments = [str(path), "--edition", "2026", "--dry-run", "--json"]
    call_command("import_catalogue", *arguments, stdout=out, stderr=io.StringIO())
    rows = json.loads(out.getvalue())
    expected = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
    assert [{key: row[key] for key in expected[0]} for row in rows] == expected
    assert {" ".join(row) for row in rows} == {
        "domain level1 level2 level3 content basis time_limit subject channels audience method levels"
    }
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("column", "text", "problem"),
    [
        ("公开主体", "县民政局", None),
        ("公开主体", "县级人民政府民政部门", None),
        ("公开主体", "县民政局、县自然资源和规划局、各乡镇人民政府（街道办事处）", None),
        ("公开主体", "市场监督管理、行政审批部门和民政部门", None),
        ("公开主体", "县气象局", ("unknown-organ", "Sheet1!G3", True)),
        ("公开主体", "镇政府", ("unknown-organ", "Sheet1!G3", True)),
        ("公开主体", "", ("no-organ", "Sheet1!G3", False)),
        ("公开依据", "《中华人民共和国老年法》第十条、第十一条", None),
        ("公开依据", "【法律】《老年法》（2018年修正）", None),
        ("公开依据", "老年法第十条", None),
        ("公开依据", "《养老办法》（国令第2号）", None),
        ("公开依据", "《养老办法》", ("unknown-basis", "Sheet1!E3", True)),
        ("公开依据", "《老年法》实施细则", ("unknown-basis", "Sheet1!E3", True)),
        ("公开依据", "《养老条例》", ("unknown-basis", "Sheet1!E3", True)),
        ("公开依据", "", ("no-basis", "Sheet1!E3", False)),
        ("公开时限", "批准后20内", ("unread-limit", "Sheet1!F3", False)),
        ("公开时限", "", ("no-limit", "Sheet1!F3", False)),
        ("公开渠道和载体", "■门户网站■其他：便民服务中心", None),
        ("公开渠道和载体", "■抖音号", ("unknown-channel", "Sheet1!H3", True)),
        ("公开内容", "长" * 501, ("too-long", "Sheet1!D3", True)),
        ("公开层级", "", ("no-level", "Sheet1!K3", False)),
        ("公开方式", "☑主动☑依申请", ("two-methods", "Sheet1!J3", False)),
        ("更新频率", "每季度至少2条；最新不超过30天", None),
        ("更新频率", "不定期", None),
        ("更新频率", "每3周两条", ("unread-rhythm", "Sheet1!L3", False)),
    ],
)
def test_problem_is_found_at_its_cell(county, column, text, problem):
    assert problems_of(column, text) == ([problem] if problem else [])


def test_import_writes_a_whole_row(county, tmp_path):
    row = ["1", "业务", "补贴", "●标准\n●流程", "《老年法》第十条", "20个工作日内；公示7个工作日"]
    row += [
        "民政局、各乡镇人民政府",
        "■政府网站\n□便民服务站",
        "特定群体（高龄老人）",
        "依申请",
        "乡、村级",
    ]
    out, _err = run(tmp_path, [TITLE, [*HEADINGS, "五公开", "责任科室"], [*row, "服务", "老龄股"]])
    assert "1 items added, 0 changed, 0 unchanged, 0 removed" in out
    [entry] = EditionItem.objects.with_details()
    assert (entry.item.key, entry.group, entry.name) == ("elderly-care-01", "业务", "补贴")
    assert [str(element) for element in entry.content_elements.all()] == ["标准", "流程"]
    assert [str(basis) for basis in entry.bases.all()] == ["《中华人民共和国老年法》第十条"]
    assert [s.organ or s.group for s in entry.subjects.all()] == [
        county["civil-affairs"],
        "townships",
    ]
    assert [str(channel) for channel in entry.channels.all()] == ["■政府网站", "□便民服务站"]
    assert [(limit.kind, limit.amount) for limit in entry.limits.all()] == [
        ("within", 20),
        ("display", 7),
    ]
    assert (entry.audience, entry.audience_group) == (Audience.GROUP, "高龄老人")
    assert (entry.method, entry.levels) == ("on_request", ["township", "village"])
    assert (entry.stage, entry.notes) == ("service", {"责任科室": "老龄股"})


def test_import_again_changes_only_what_differs(county, tmp_path):
    run(tmp_path, TWO)
    before = {entry.name: entry.pk for entry in EditionItem.objects.all()}
    rows = [TITLE, HEADINGS, changed("二级事项", "新事项"), changed("公开时限", "及时公开")]
    out, _err = run(tmp_path, rows)
    assert "1 items added, 1 changed, 0 unchanged, 1 removed" in out
    entries = {entry.name: entry for entry in EditionItem.objects.select_related("item")}
    assert [e.name for e in sorted(entries.values(), key=lambda e: e.position)] == [
        "新事项",
        "法律法规",
    ]
    assert entries["法律法规"].pk == before["法律法规"]
    assert [limit.kind for limit in entries["法律法规"].limits.all()] == ["prompt"]
    assert entries["新事项"].item.key == "elderly-care-03"
    assert "0 items added, 0 changed, 2 unchanged, 0 removed" in run(tmp_path, rows)[0]


def test_other_domains_of_the_draft_stay(county, tmp_path):
    run(tmp_path, TWO)
    rows = [["旅游领域基层政务公开标准目录"], HEADINGS, changed("二级事项", "景区")]
    run(tmp_path, rows, "--accept-unknown")
    assert [e.name for e in EditionItem.objects.all()] == ["法律法规", "办事指南", "景区"]
    new = EditionDomain.objects.get(name="旅游")
    assert (new.domain.code, new.position, new.seal) == ("lv-you", 21, "旅")


def test_an_item_keeps_its_identity_over_the_years_and_a_domain_its_number(county, tmp_path):
    run(tmp_path, TWO)
    Edition.objects.filter(year=2026).update(status=EditionStatus.IN_FORCE)
    rows = [["老龄服务领域基层政务公开标准目录"], *TWO[1:], changed("二级事项", "第三项")]
    run(tmp_path, rows, year=2027)
    keys = list(EditionItem.objects.filter(edition__year=2027).values_list("item__key", flat=True))
    assert keys == ["elderly-care-01", "elderly-care-02", "elderly-care-03"]
    [domain] = Edition.objects.get(year=2027).domains.all()
    assert (domain.name, domain.position, domain.seal) == ("养老服务", 20, "老")
    acts = EditionEvent.objects.filter(edition__year=2027).values_list("act", flat=True)
    assert list(acts) == [EditionAct.BEGUN, EditionAct.EDITED]


def test_a_clause_corrected_by_hand_stays_as_long_as_its_text(county, tmp_path):
    run(tmp_path, [TITLE, HEADINGS, ITEM])
    entry = EditionItem.objects.get()
    entry.limits.update(amount=7)
    run(tmp_path, [TITLE, HEADINGS, changed("公开内容", "文件全文")])
    assert entry.limits.get().amount == 7
    assert entry.content_elements.get().text == "文件全文"
    run(tmp_path, [TITLE, HEADINGS, changed("公开时限", "10个工作日内")])
    assert entry.limits.get().amount == 10


@pytest.mark.parametrize("status", [s for s in EditionStatus if s != EditionStatus.DRAFT])
def test_an_edition_that_is_no_draft_is_refused(county, tmp_path, status):
    Edition.objects.update(status=status)
    with pytest.raises(CommandError, match=r"returned with a reason|numbered amendment"):
        run(tmp_path, TWO)
    assert not EditionItem.objects.exists()


def test_nothing_is_written_while_a_blocking_problem_is_left(county, tmp_path):
    rows = [*TWO, changed("公开主体", "县气象局", ["3", "通用政策", "第三项", *ITEM[3:]])]
    with pytest.raises(CommandError, match="Nothing was imported: 1 problems"):
        run(tmp_path, rows, "--accept-unknown", year=2028)
    assert not EditionItem.objects.exists()
    assert not Edition.objects.filter(year=2028).exists()


def test_duplicate_items_are_named_with_both_places(county, tmp_path):
    rows = [*TWO, changed("序号", "9")]
    reading = read_catalogue(workbook(rows), "目录.xlsx")
    [problem] = match(reading, Register.load()).problems
    assert (problem.kind, str(problem.place), problem.blocking) == (
        "duplicate-item",
        "Sheet1!C5",
        True,
    )
    assert "first at Sheet1!3" in str(problem)


def test_unknown_names_are_entered_only_when_accepted(county, tmp_path):
    row = changed("公开依据", "《养老条例》（国令第9号）第三条、《〈老年法〉解释》的通知")
    rows = [TITLE, HEADINGS, changed("公开渠道和载体", "■抖音号□政府网站", row)]
    with pytest.raises(CommandError, match="Nothing was imported: 3 problems"):
        run(tmp_path, rows)
    out, _err = run(tmp_path, rows, "--accept-unknown")
    assert "New: 0 domains, 2 legal bases, 1 channels" in out
    act = LegalBasis.objects.get(title="养老条例")
    assert (act.code, act.document_number, act.kind) == (
        "yang-lao-tiao-li",
        "国令第9号",
        BasisKind.REGULATION,
    )
    [entry] = EditionItem.objects.with_details()
    assert [b.article for b in entry.bases.all()] == ["第三条", ""]
    assert [str(c) for c in entry.channels.all()] == ["■抖音号", "□政府网站"]


def test_a_guessed_domain_is_not_written_until_the_caller_names_it(county, tmp_path):
    rows = [HEADINGS, changed("公开内容", "养老机构备案；养老服务扶持补贴；养老机构评估")]
    with pytest.raises(CommandError, match="Nothing was imported: 1 problems"):
        run(tmp_path, rows, name="x.xlsx")
    run(tmp_path, rows, "--domain", "养老服务", name="x.xlsx")
    assert EditionItem.objects.count() == 1


def test_progress_and_problems_are_told_apart(county, tmp_path):
    out, err = run(tmp_path, [TITLE, HEADINGS, changed("公开时限", "批准后20内")], "--dry-run")
    assert out == "Sheet1: 1 items\n"
    assert "Sheet1!F3" in err
    assert not EditionItem.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["没有.xlsx", "--edition", "2026"], "cannot be read"),
        ([__file__, "--edition", "2026", "--json"], "give --dry-run with it"),
        (
            [str(Path(__file__).parent / "__init__.py"), "--edition", "2026", "--dry-run"],
            "is empty",
        ),
    ],
)
def test_command_says_what_to_do(county, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("import_catalogue", *arguments)
