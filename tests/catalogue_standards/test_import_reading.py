"""Reading catalogue files: the sample layouts to the letter, and the shapes that counties' tables take."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from catalogue_standards.files import read_catalogue
from catalogue_standards.files.as_json import as_json

LAYOUTS = Path(__file__).resolve().parents[3] / "shared" / "catalogue" / "layouts"
SAMPLES = sorted(p for p in LAYOUTS.glob("*") if p.suffix in (".xlsx", ".docx"))
HEADINGS = ["序号", "一级事项", "二级事项", "公开内容", "公开依据", "公开时限", "公开主体"]
HEADINGS += ["公开渠道和载体", "公开对象", "公开方式", "公开层级"]
TITLE = ["养老服务领域基层政务公开标准目录"]
ITEM = ["1", "通用政策", "法律法规", "文件名称；文号", "《老年法》", "20个工作日内", "县民政局"]
ITEM += ["政府网站", "全社会", "主动", "县级"]


def workbook(rows, *, merge=(), sheet="Sheet1", more=None):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for block in merge:
        book.active.merge_cells(block)
    for name, lines in (more or {}).items():
        extra = book.create_sheet(name)
        for row in lines:
            extra.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read(rows, **layout):
    return read_catalogue(workbook([TITLE, *rows], **layout), "表.xlsx").rows


def with_cell(heading, text):
    return [text if h == heading else cell for h, cell in zip(HEADINGS, ITEM, strict=True)]


@pytest.mark.skipif(not SAMPLES, reason="the sample layouts are not here")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_sample_layout_reads_as_its_json_says(path):
    expected = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
    read_rows = as_json(read_catalogue(path, path.name))
    keys = expected[0].keys()
    assert [{key: row[key] for key in keys} for row in read_rows] == expected


def test_reading_needs_no_django():
    program = "import catalogue_standards.files, sys; sys.exit('django' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


@pytest.mark.parametrize(
    ("heading", "cell", "field", "expected"),
    [
        ("公开内容", "●名单\n●金额（元；角）", "content", ("名单", "金额（元；角）")),
        ("公开内容", "●名单●金额", "content", ("名单", "金额")),
        ("公开内容", "●办理时间、\n地点\n●电话", "content", ("办理时间、地点", "电话")),
        ("公开内容", "1.名单；2.金额1.5万元以上；3.事由", "content", ("名单", "金额1.5万元以上", "事由")),
        ("公开内容", "①名单②金额", "content", ("名单", "金额")),
        ("公开内容", "名单\n金额", "content", ("名单", "金额")),
        ("公开内容", "与养老有关的法律、\n法规", "content", ("与养老有关的法律、法规",)),
        ("公开依据", "《甲法》、《乙条例》（国务院令第1号）第三条、第四条、各地文件", "basis",
         ("《甲法》", "《乙条例》（国务院令第1号）第三条、第四条", "各地文件")),
        ("公开依据", "《甲法》和《乙条例》", "basis", ("《甲法》", "《乙条例》")),
        ("公开依据", "《甲法》及相关规定", "basis", ("《甲法》及相关规定",)),
        ("公开依据", "《关于印发〈甲、乙办法〉\n的通知》\n《丙法》", "basis",
         ("《关于印发〈甲、乙办法〉的通知》", "《丙法》")),
        ("公开依据", "1.《甲法》\n2.《乙法》", "basis", ("《甲法》", "《乙法》")),
        ("公开依据", "无", "basis", ()),
        ("公开时限", "信息形成之日起20个工作\n日内", "time_limit", "信息形成之日起20个工作日内"),
        ("公开时限", "信息形成之日起10个工作日内\n公示7个工作日", "time_limit",
         "信息形成之日起10个工作日内；公示7个工作日"),
        ("公开主体", "县民政局\n各乡镇人民政府", "subject", "县民政局、各乡镇人民政府"),
        ("公开主体", "县人力资源和社\n会保障局", "subject", "县人力资源和社会保障局"),
        ("公开渠道和载体", "■政府网站 □政府公报 ■入户/现场", "channels", ("政府网站", "入户/现场")),
        ("公开渠道和载体", "▲政府网站\n△政府公报", "channels", ("政府网站",)),
        ("公开渠道和载体", "●政府网站\n○政府公报", "channels", ("政府网站",)),
        ("公开渠道和载体", "√政府网站\n□政府公报", "channels", ("政府网站",)),
        ("公开渠道和载体", "☑政府网站 ☐政府公报", "channels", ("政府网站",)),
        ("公开渠道和载体", "R政府网站 £政府公报 R公开查阅点", "channels", ("政府网站", "公开查阅点")),
        ("公开渠道和载体", "政府网站✓\n公开查阅点✓", "channels", ("政府网站", "公开查阅点")),
        ("公开渠道和载体", "1.政府网站；2.公开查阅点", "channels", ("政府网站", "公开查阅点")),
        ("公开渠道和载体", "通过政府网站、公开查阅点等方式公开", "channels", ("政府网站", "公开查阅点")),
        ("公开渠道和载体", "□其他\n■其他:便民服务中心", "channels", ("其他:便民服务中心",)),
        ("公开渠道和载体", "■政府网站 □政府公报", "optional_channels", ("政府公报",)),
        ("公开渠道和载体", "√政府网站 □政府公报", "optional_channels", ()),
        ("公开对象", "☑全社会 ☐特定群体", "audience", "全社会"),
        ("公开对象", "□全社会 ■特定群体（低保对象）", "audience", "特定群体"),
        ("公开对象", "□全社会 ■特定群体（低保对象）", "audience_group", "低保对象"),
        ("公开对象", "被征收人", "audience_group", "被征收人"),
        ("公开方式", "依申请公开", "method", "依申请"),
        ("公开方式", "☑主动 ☐依申请", "method", "主动"),
        ("公开层级", "乡、村级", "levels", ("乡级", "村级")),
        ("公开层级", "区级；镇(街)级", "levels", ("县级", "乡级")),
        ("公开层级", "☑县级\n☐乡级\n☑社区", "levels", ("县级", "村级")),
    ],
)  # fmt: skip
def test_cell(heading, cell, field, expected):
    [row] = read([HEADINGS, with_cell(heading, cell)])
    assert getattr(row, field) == expected


def test_columns_in_any_order_and_further_ones_kept_as_notes():
    headings = ["责任科室", *reversed(HEADINGS), "五公开", "更新周期", "咨询电话"]
    [row] = read([headings, ["办公室", *reversed(ITEM), "服务公开", "每年", "12345\n转1"]])
    assert (row.level1, row.level2, row.subject) == ("通用政策", "法律法规", "县民政局")
    assert row.notes == {"责任科室": "办公室", "五公开": "服务公开", "咨询电话": "12345\n转1"}
    assert row.rhythm == "每年"


@pytest.mark.parametrize("same", ["同上", "〃", "同 上", "同上。"])
def test_same_as_above_in_any_column(same):
    second = ["2", same, "办事指南", "办理条件", *[same] * 7]
    first, row = read([HEADINGS, ITEM, second])
    assert row.level1 == "通用政策"
    assert (row.basis, row.time_limit, row.subject) == (
        first.basis,
        first.time_limit,
        first.subject,
    )
    assert (row.channels, row.audience, row.levels) == (
        first.channels,
        first.audience,
        first.levels,
    )


def test_same_as_above_with_nothing_above_is_a_problem_at_its_cell():
    reading = read_catalogue(workbook([TITLE, HEADINGS, with_cell("公开依据", "同上")]), "表.xlsx")
    [problem] = reading.problems
    assert (problem.kind, str(problem.place)) == ("nothing-above", "Sheet1!E3")


def test_merged_headings_and_a_column_for_every_mark():
    top = ["序号", "公开事项", None, None, "公开内容\n（要素）", "公开依据", "公开时限", "公开主体"]
    top += ["公开渠道和载体（■为必选，□为可选）", None, None, "公开对象", None, "公开方式", None]
    top += ["公开层级", None, None]
    low = [None, "一级\n事项", "二级事项", "三级事项", None, None, None, None]
    low += ["政府网站", "公开查阅点", "其他", "全社会", "特定群体", "主动", "依申请公开"]
    low += ["县（市、区）级", "乡镇级", "村级"]
    item = ["1", "甲", "乙", "丙", "内容", "《法》", "及时公开", "县民政局"]
    item += ["■", "□", "√（公告牌）", "", "√（低保对象）", "√", "×", "√", "/", "R"]
    merge = ["B2:D2", "I2:K2", "L2:M2", "N2:O2", "P2:R2"] + [f"{c}2:{c}3" for c in "AEFGH"]
    for blocks in (merge, []):  # the same table with its merging lost
        [row] = read([top, low, item], merge=blocks)
        assert (row.level1, row.level2, row.level3) == ("甲", "乙", "丙")
        assert row.content == ("内容",)
        assert (row.channels, row.optional_channels) == (
            ("政府网站", "其他:公告牌"),
            ("公开查阅点",),
        )
        assert (row.audience, row.audience_group) == ("特定群体", "低保对象")
        assert (row.method, row.levels) == ("主动", ("县级", "村级"))


def test_cells_merged_down_and_across():
    headings = ["序号", "一级事项", "二级事项", "三级事项", "公开内容", "公开依据", "公开主体"]
    rows = [
        headings,
        ["1", "甲", "乙", "丙", "内容1", "《法》", "县民政局"],
        ["2", None, None, "丁", "内容2", None, None],
        ["3", None, "戊", None, "内容3", None, None],
        ["4", "己", None, None, "内容4", None, None],
    ]
    merge = ["B3:B5", "C3:C4", "F3:F6", "C5:D5", "B6:C6"]
    result = read(rows, merge=merge)
    assert [(r.level1, r.level2, r.level3) for r in result] == [
        ("甲", "乙", "丙"),
        ("甲", "乙", "丁"),
        ("甲", "戊", ""),
        ("己", "己", ""),
    ]
    assert [r.basis for r in result] == [("《法》",)] * 4
    assert [r.subject for r in result] == ["县民政局", "", "", ""]


def test_third_level_under_blank_upper_levels():
    headings = ["一级事项", "二级事项", "三级事项", "公开内容", "公开主体"]
    rows = [headings, ["甲", "乙", "丙", "1", "县民政局"], ["", "", "丁", "2", "县民政局"]]
    assert [(r.level1, r.level2, r.level3) for r in read(rows)] == [
        ("甲", "乙", "丙"),
        ("甲", "乙", "丁"),
    ]


def test_titles_repeated_headings_number_rows_and_footnotes_are_no_items():
    rows = [
        ["填报单位：县民政局"],
        HEADINGS,
        [str(n) for n in range(1, 12)],
        ITEM,
        HEADINGS,
        ["2", "", "办事指南", *ITEM[3:]],
        ["3"],
        ["说明：■为必选，□为可选。"],
    ]
    assert [row.level2 for row in read(rows)] == ["法律法规", "办事指南"]
    assert [row.level1 for row in read(rows)] == ["通用政策", "通用政策"]


@pytest.mark.parametrize(
    ("title", "domain"),
    [
        ("（十九）社会救助领域基层政务公开标准目录", "社会救助"),
        ("青川县扶贫领域政务公开标准目录（2024年版）", "扶贫"),
        ("三角镇财政预决算领域基层政务公开标准目录", "财政预决算"),
        ("重庆市奉节县交通运输领域基层政务公开标准目录", "交通运输"),
        ("城市更新领域基层政务公开标准目录", "城市更新"),
        ("一、市政服务领域", "市政服务"),
    ],
)
def test_domain_of_title(title, domain):
    content = workbook([[title], HEADINGS, ITEM])
    reading = read_catalogue(content, "目录.xlsx")
    assert [row.domain for row in reading.rows] == [domain]
    assert reading.problems == ()


def test_domain_of_sections_sheets_file_column_and_caller():
    sections = [["一、社会救助领域"], HEADINGS, ITEM, ["二、义务教育领域"], ITEM]
    assert [r.domain for r in read_catalogue(workbook(sections), "x.xlsx").rows] == [
        "社会救助",
        "义务教育",
    ]
    sheets = workbook(
        [HEADINGS, ITEM],
        sheet="02社会保险",
        more={"说明": [["请看"]], "养老服务": [HEADINGS, ITEM]},
    )
    assert [r.domain for r in read_catalogue(sheets, "x.xlsx").rows] == ["社会保险", "养老服务"]
    bare = workbook([HEADINGS, ITEM])
    assert read_catalogue(bare, "医疗卫生领域目录.xlsx").rows[0].domain == "医疗卫生"
    assert read_catalogue(bare, "x.xlsx", domain="旅游").rows[0].domain == "旅游"
    column = workbook([["领域", *HEADINGS], ["旅游领域", *ITEM]])
    assert read_catalogue(column, "x.xlsx").rows[0].domain == "旅游"


def test_a_guessed_domain_must_be_confirmed():
    item = with_cell("公开内容", "养老机构备案；养老服务扶持补贴；养老机构评估")
    reading = read_catalogue(workbook([HEADINGS, item]), "x.xlsx")
    assert reading.rows[0].domain == "养老服务"
    assert [(p.kind, p.blocking) for p in reading.problems] == [("guessed-domain", True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv(encoding, delimiter):
    lines = [["养老服务领域目录"], HEADINGS, ITEM]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    [row] = read_catalogue(text.encode(encoding), "表.csv").rows
    assert (row.domain, row.content) == ("养老服务", ("文件名称", "文号"))


def word_file(*tables, captions=()):
    document = docx.Document()
    for number, rows in enumerate(tables):
        if number < len(captions):
            document.add_paragraph(captions[number])
        table = document.add_table(len(rows), len(rows[0]))
        for line, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, row, strict=True):
                cell.text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue(), document


def test_word_tables_go_on_without_headings_and_take_the_caption_before_them():
    content, _document = word_file(
        [HEADINGS, ITEM],
        [["2", "", *ITEM[2:]]],
        [HEADINGS, ITEM],
        captions=[*TITLE, "续表", "（二）户籍管理领域目录"],
    )
    rows = read_catalogue(content, "表.docx").rows
    assert [(r.domain, r.level1, r.place.table) for r in rows] == [
        ("养老服务", "通用政策", "表1"),
        ("养老服务", "通用政策", "表2"),
        ("户籍管理", "通用政策", "表3"),
    ]


def test_word_symbols_and_tracked_changes():
    _content, document = word_file([HEADINGS, ITEM], captions=TITLE)
    channels = document.tables[0].rows[1].cells[7].paragraphs[0]
    channels.clear()
    for code, name in (("F052", "政府网站"), ("F0A3", "政府公报")):
        symbol = OxmlElement("w:sym")
        symbol.set(qn("w:font"), "Wingdings 2")
        symbol.set(qn("w:char"), code)
        channels.add_run()._r.append(symbol)
        channels.add_run(name)
    removed = OxmlElement("w:del")
    limit = document.tables[0].rows[1].cells[5].paragraphs[0]
    limit.add_run("（旧）")
    removed.append(limit.runs[-1]._r)
    limit._p.append(removed)
    content = io.BytesIO()
    document.save(content)
    [row] = read_catalogue(content.getvalue(), "表.docx").rows
    assert row.channels == ("政府网站",)
    assert row.time_limit == "20个工作日内"


def test_a_wrong_stated_size_of_the_sheet_hides_nothing():
    book = openpyxl.load_workbook(io.BytesIO(workbook([TITLE, HEADINGS, ITEM])))
    book.active["A1048576"].number_format = "0"
    content = io.BytesIO()
    book.save(content)
    assert len(read_catalogue(content.getvalue(), "表.xlsx").rows) == 1


def test_two_thousand_items_within_five_seconds():
    rows = [[str(n), f"类{n // 9}", f"事项{n}", *ITEM[3:]] for n in range(2000)]
    content = workbook([TITLE, HEADINGS, *rows])
    counted = []
    start = time.process_time()
    reading = read_catalogue(content, "表.xlsx", progress=lambda *told: counted.append(told))
    assert time.process_time() - start < 5
    assert len(reading.rows) == 2000
    assert counted == [("Sheet1", 2000)]
