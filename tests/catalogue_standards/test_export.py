"""Export in the official layout: what is written reads back, applies without a difference, and prints."""

from __future__ import annotations

import io
import tempfile
from itertools import count
from pathlib import Path

import docx
import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import TestCase
from django.utils import translation
from docx.oxml.ns import qn
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTestCase

from catalogue_standards.enums import (
    Audience,
    Method,
    OrganKind,
    RhythmPeriod,
    Stage,
    SubjectGroup,
)
from catalogue_standards.files import read_catalogue
from catalogue_standards.files.applying import apply_matching
from catalogue_standards.files.docx_writing import export_docx
from catalogue_standards.files.facts import ItemFacts, facts_of
from catalogue_standards.files.matching import match
from catalogue_standards.files.parts import write_parts
from catalogue_standards.files.register import Register
from catalogue_standards.files.rhythm import Rhythm, read_rhythm, written
from catalogue_standards.files.table import chinese_number
from catalogue_standards.files.xlsx_writing import export_xlsx
from catalogue_standards.models import (
    Channel,
    Domain,
    Edition,
    EditionDomain,
    EditionItem,
    Item,
    LegalBasis,
    Organ,
)

WRITERS = {"xlsx": export_xlsx, "docx": export_docx}

# Whole words of catalogue tables, among them what separates, brackets and marks elsewhere.
WORDS = [
    "办事",
    "指南",
    "结果",
    "救助",
    "规划",
    "名单",
    "1.5万元",
    "=",
    "A",
    "（试行）",
    "“双随机、一公开”",
]
WORDS += ["法律、法规", "工作日", "和", "及", "审批/核准", "社区", "其他", "内容；要素", "√", "20%"]
name = (
    st.lists(st.sampled_from(WORDS[:11]), min_size=1, max_size=4)
    .map("".join)
    .map(lambda t: f"甲{t}乙")
)
text = (
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("".join).map(lambda t: f"丙{t}丁")
)
limits = ["", "信息形成或变更之日起20个工作日内", "及时公开；公示7个工作日", "批准后20内"]
articles = ["", "第十条", "第二十条第（五）项、第（六）项", "第三条、第四条"]


numbers = st.integers(1, 9999)
periods = st.sampled_from(RhythmPeriod.values)
rhythms = st.builds(Rhythm, periods, numbers, st.none() | numbers) | st.builds(
    Rhythm, newest_days=st.none() | numbers
)


@given(rhythm=rhythms, rest=text | st.just(""))
def test_a_rhythm_is_read_as_it_was_written(rhythm, rest):
    read = read_rhythm(written(rhythm, rest))
    assert (read.rhythm, read.rest) == (rhythm, rest)


@pytest.mark.parametrize(
    ("cell", "rhythm", "rest"),
    [
        ("每季度至少2条", Rhythm("quarter", 2), ""),
        ("每季度至少两条；最新不超过30天", Rhythm("quarter", 2, 30), ""),
        ("每 月 更 新\n最近一条不超过 三十 日", Rhythm("month", 1, 30), ""),
        ("每半年不少于１次", Rhythm("half_year"), ""),
        ("年度", Rhythm("year"), ""),
        ("按月公开", Rhythm("month"), ""),
        ("至少每年4条以上。", Rhythm("year", 4), ""),
        ("每月；每年", Rhythm("month"), "每年"),
        ("不定期", Rhythm(), "不定期"),
        ("实时更新；每季度", Rhythm("quarter"), "实时更新"),
        ("每2个月", Rhythm(), "每2个月"),
        ("每季度至少0条", Rhythm(), "每季度至少0条"),
        ("最新一条不超过99999天", Rhythm(), "最新一条不超过99999天"),
        ("月", Rhythm(), "月"),
        ("", Rhythm(), ""),
    ],
)
def test_a_rhythm_is_read_from_the_words_that_counties_use(cell, rhythm, rest):
    read = read_rhythm(cell)
    assert (read.rhythm, read.rest) == (rhythm, rest)


@st.composite
def item_facts(draw, bases, channels, subjects):
    levels = draw(st.sampled_from([(1, 0, 0), (0, 1, 0), (1, 1, 0), (0, 1, 1), (1, 1, 1)]))
    audience = draw(st.sampled_from(Audience))
    required = draw(st.lists(st.sampled_from(channels), unique=True, max_size=3))
    optional = [
        c for c in draw(st.lists(st.sampled_from(channels), unique=True)) if c not in required
    ]
    cited = st.tuples(st.sampled_from(bases), st.sampled_from(articles))
    keys = draw(
        st.lists(st.sampled_from(["责任科室", "更新周期", "咨询电话", "source"]), unique=True)
    )
    rhythm = draw(rhythms)
    return ItemFacts(
        group=draw(st.sampled_from(["", "政策文件", "业务办理"])),
        name=draw(name),
        sub_name=draw(st.one_of(st.just(""), name)),
        content=tuple(draw(st.lists(text, max_size=4))),
        bases=tuple(draw(st.lists(cited, unique=True, max_size=3))),
        subjects=tuple(draw(st.lists(st.sampled_from(subjects), unique=True, max_size=3))),
        channels=tuple([(c, True) for c in required] + [(c, False) for c in optional]),
        time_limit_text=draw(st.sampled_from(limits)),
        audience=audience.value,
        audience_group=draw(st.one_of(st.just(""), text)) if audience == Audience.GROUP else "",
        method=draw(st.sampled_from(Method)).value,
        at_county=bool(levels[0]),
        at_township=bool(levels[1]),
        at_village=bool(levels[2]),
        stage=draw(st.sampled_from(["", *Stage.values])),
        rhythm_period=rhythm.period,
        rhythm_pieces=rhythm.pieces,
        newest_days=rhythm.newest_days,
        notes=tuple(sorted((key, draw(text)) for key in keys)),
    )


def content_of(edition):
    """Domain by domain what the edition says, in order, with the lasting identity of each item."""
    entries = edition.items.with_details().order_by("edition_domain__position", "position")
    return [
        (e.edition_domain.domain_id, e.edition_domain.name, e.item_id, facts_of(e)) for e in entries
    ]


def domains_of(edition):
    return list(
        edition.domains.values_list("position", "name", "seal", "former_name", "description")
    )


def limits_of(edition):
    columns = ("kind", "amount", "unit", "trigger", "scope")
    return [list(item.limits.values_list(*columns)) for item in edition.items.all()]


def reimported(edition, kind):
    """A draft of the year after with what the exported file of `edition` says."""
    file = WRITERS[kind](edition)
    names = list(edition.domains.values_list("name", flat=True))
    reading = read_catalogue(file, f"目录.{kind}", domains=names)
    draft = Edition.objects.create(year=edition.year + 1, title="下一年")
    matching = match(reading, Register.load(draft))
    assert [f"{p.place} {p}" for p in matching.blocking] == []
    apply_matching(draft, matching)
    return draft


class ExportThenImportIsTheIdentity(PropertyTestCase):
    def setUp(self):
        numbers = count(1)
        self.bases = [
            LegalBasis.objects.create(
                code=f"b{next(numbers)}", title=t, document_number=n, kind="law"
            )
            for t, n in [
                ("预算法", "2018年修正"),
                ("预算法", "国务院令第1号公布，2020年修订"),
                ("关于印发〈甲、乙办法〉的通知", "财库〔2015〕135号"),
                ("统计规范（试行）", ""),
            ]
        ]
        self.channels = [
            Channel.objects.create(code=f"c{next(numbers)}", name=n)
            for n in (
                "政府网站",
                "发布会/听证会",
                "社区/企事业单位/村公示栏（电子屏）",
                "其他",
                "便民热线12345",
            )
        ]
        self.organs = [
            Organ.add_root(
                code=f"o{next(numbers)}", name=n, short_name=n, kind=OrganKind.DEPARTMENT
            )
            for n in ("县财政局", "县人力资源和社会保障局", "市场监督管理、行政审批相关责任部门")
        ]

    # No shrinking: every example writes a whole edition, and shrinking takes minutes.
    @settings(
        max_examples=15,
        deadline=None,
        phases=[Phase.reuse, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(data=st.data(), kind=st.sampled_from(sorted(WRITERS)))
    def test_on_any_edition(self, data, kind):
        edition = Edition.objects.create(year=2030, title="目录")
        subjects = [(organ.pk, "") for organ in self.organs] + [
            (None, group) for group in SubjectGroup.values
        ]
        facts = item_facts([b.pk for b in self.bases], [c.pk for c in self.channels], subjects)
        domains = data.draw(st.lists(name, min_size=1, max_size=2, unique=True))
        written = []
        for position, domain_name in enumerate(domains, start=1):
            entry = EditionDomain.objects.create(
                edition=edition,
                domain=Domain.objects.create(code=f"d{position}"),
                position=position,
                name=domain_name,
                seal=domain_name[0],
            )
            for fact in data.draw(st.lists(facts, max_size=4, unique_by=lambda f: f.names)):
                number = len(written) + 1
                columns = {k: v for k, v in vars(fact).items() if k not in PARTS}
                row = EditionItem.objects.create(
                    edition=edition,
                    edition_domain=entry,
                    item=Item.objects.create(key=f"i{number}"),
                    position=number,
                    notes=dict(fact.notes),
                    **columns,
                )
                written.append((row, fact))
        if not written:
            return
        write_parts(written)
        assert content_of(reimported(edition, kind)) == content_of(edition)


PARTS = ("content", "bases", "subjects", "channels", "notes")


class StarterEdition(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_starter", stdout=io.StringIO())
        cls.edition = Edition.objects.in_force()

    def test_it_comes_back_as_it_went(self):
        for kind in WRITERS:
            with self.subTest(kind), transaction.atomic():
                draft = reimported(self.edition, kind)
                assert draft.items.count() > 400
                assert content_of(draft) == content_of(self.edition)
                assert domains_of(draft) == domains_of(self.edition)
                assert limits_of(draft) == limits_of(self.edition)
                transaction.set_rollback(True)

    def test_workbook_has_a_sheet_for_each_domain_ready_to_print(self):
        book = openpyxl.load_workbook(io.BytesIO(export_xlsx(self.edition)))
        assert len(book.sheetnames) == 26
        sheet = book["财政预决算"]
        assert sheet["A1"].value == "（三）财政预决算领域基层政务公开标准目录"
        assert [c.value for c in sheet[3] if c.value] == [
            *["一级事项", "二级事项", "全社会", "特定群体"],
            *["主动", "依申请", "县级", "乡级", "村级"],
        ]
        merged = {str(block) for block in sheet.merged_cells.ranges}
        assert {"A1:O1", "A2:A3", "B2:C2", "D2:D3", "I2:J2", "K2:L2", "M2:O2"} <= merged
        assert any(block.startswith("B4:B") for block in merged)
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$2:$3"
        assert sheet.print_area.endswith(f"$A$1:$O${sheet.max_row}")

    def test_word_file_repeats_its_headings_on_a4_across(self):
        document = docx.Document(io.BytesIO(export_docx(self.edition, further=False)))
        assert len(document.tables) == 26
        section = document.sections[0]
        assert [round(section.page_width.mm), round(section.page_height.mm)] == [297, 210]
        for table in document.tables:
            marks = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for row in table.rows[:3]]
            assert [mark is not None for mark in marks] == [True, True, False]
        first = [cell.text for cell in document.tables[0].rows[0].cells]
        assert first[0] == "序号"
        assert "来源" not in first

    def test_command_writes_the_file_or_says_what_to_do(self):
        with tempfile.TemporaryDirectory() as folder, translation.override("en"):
            path = Path(folder) / "目录.xlsx"
            with pytest.raises(CommandError, match=r"ends in \.xlsx or \.docx"):
                call_command("export_catalogue", str(path.with_suffix(".pdf")), edition=2026)
            with pytest.raises(CommandError, match="There are editions of: 2026"):
                call_command("export_catalogue", str(path), edition=1999)
            assert not path.exists()
            call_command("export_catalogue", str(path), edition=2026, stdout=io.StringIO())
            assert len(read_catalogue(path, path.name).rows) == self.edition.items.count()


@pytest.mark.django_db
def test_an_edition_without_items_exports_an_empty_workbook():
    edition = Edition.objects.create(year=2031, title="空目录")
    assert openpyxl.load_workbook(io.BytesIO(export_xlsx(edition))).sheetnames == ["空目录"]
    assert docx.Document(io.BytesIO(export_docx(edition))).tables == []


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (26, "二十六"),
        (99, "九十九"),
        (120, "120"),
    ],
)
def test_chinese_number(number, written):
    assert chinese_number(number) == written
