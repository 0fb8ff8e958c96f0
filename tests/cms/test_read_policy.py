"""Recognising a policy document from its docx: ten real documents, and some built for the case."""

import io
import json
import re
from datetime import date
from html import unescape
from io import StringIO
from pathlib import Path

import docx
import pytest
from django.core.management import call_command
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from cms.readers.policy_docx import read_policy, to_blocks
from tests.cms.policy_files import built, saved

POLICIES = Path(__file__).parents[3] / "shared" / "policies"
REAL = sorted(POLICIES.glob("*.docx"))
needs_policies = pytest.mark.skipif(not REAL, reason="../shared/policies is absent")


def add_xml(document, xml):
    document.element.body.insert_element_before(
        parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)), "w:sectPr"
    )


def text_of(blocks):
    html = "".join(block["value"] for block in blocks if block["type"] == "text")
    return unescape(re.sub("<[^>]+>", "", html))


# --- the ten documents -------------------------------------------------------------------------


@needs_policies
def test_there_are_ten_documents():
    assert len(REAL) == 10


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_command_prints_what_the_document_says(path):
    out = StringIO()
    call_command("read_policy", str(path), json=True, stdout=out)
    printed = json.loads(out.getvalue())
    expected = json.loads(path.with_name(path.name + ".json").read_text())
    # Index number and topic were added by the site that published it; the file has neither.
    expected |= {"index_number": None, "topic": None}
    assert list(printed)[: len(expected)] == list(expected)
    assert {key: printed[key] for key in expected} == expected


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_no_sentence_is_lost_or_moved(path):
    lines = [p.text.strip() for p in docx.Document(str(path)).paragraphs]
    body = lines[lines.index("各省、自治区、直辖市人民政府，国务院各部委、各直属机构：") :]
    assert text_of(to_blocks(read_policy(path))) == "".join(body)


@needs_policies
def test_a_forwarded_opinion_keeps_its_own_title_and_date():
    reading = read_policy(POLICIES / "国办发-1997-11号.docx")
    (opinion,) = reading.attachments
    assert (opinion.title, opinion.issued) == ("关于清理整顿社会团体的意见", True)
    assert opinion.body[0].text == "（民政部　一九九七年一月二十八日）"
    assert reading.signature == ("国务院办公厅", "一九九七年四月八日")
    assert reading.notes == ("（本文有删减）",)
    headings = [node.number for node in opinion.body if (node.kind, node.level) == ("heading", 1)]
    assert headings == ["一、", "二、", "三、", "四、", "五、"]


@needs_policies
def test_phrases_that_open_a_numbered_paragraph_lead_and_list_items_do_not():
    nodes = read_policy(POLICIES / "国办发-2018-115号.docx").body
    assert [node.lead for node in nodes if node.level == 2][:2] == ["指导思想。", "主要目标。"]
    (opinion,) = read_policy(POLICIES / "国办发-1997-11号.docx").attachments
    assert not any(node.lead for node in opinion.body)


# --- a document of our own ---------------------------------------------------------------------

NOTICE = (
    "青禾县民政局　青禾县财政局文件",
    "青民[2026]12号",
    "青禾县民政局 青禾县财政局关于印发",
    "青禾县临时救助实施办法的通知",
    "各乡镇人民政府，县直各部门、各直属机构：",
    "现将《青禾县临时救助实施办法》印发给你们，请遵照执行。",
    "附件：1.青禾县临时救助申请表",
    "2.青禾县救助标准一览表",
    "青禾县民政局　青禾县财政局",
    "二〇二六年三月十二日",
    "（此件公开发布）",
    "青禾县临时救助实施办法",
    "第一章　总则",
    "第一条　为规范临时救助工作，制定本办法。",
    "第一条规定的救助包括：",
    "（一）急难型救助。由乡镇先行救助。",
    "（二）支出型救助。",
    "第二章　申请与审批",
    "第一节　申请",
    "第二条  收入低于<3000元 & 无存款的家庭可以申请。",
)


@pytest.fixture
def notice():
    document = docx.Document()
    for number, line in enumerate(NOTICE):
        paragraph = document.add_paragraph(line)
        if number < 4:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("附件2")
    document.add_paragraph("青禾县救助标准一览表")
    document.add_paragraph("表1　救助标准")
    table = document.add_table(rows=4, cols=3)
    for row, cells in enumerate(
        [
            ["类别", "标准（元）", ""],
            ["", "城市", "农村"],
            ["急难型", "3000", "2000"],
            ["支出型", "<5000", "4000"],
        ]
    ):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    document.add_paragraph("抄送：县委办公室，县人大常委会办公室。")
    document.add_paragraph("青禾县民政局办公室　　2026年3月13日印发")
    document.sections[0].header.paragraphs[0].text = "页眉文字"
    document.sections[0].footer.paragraphs[0].text = "页脚文字"
    return saved(document)


def test_particulars_of_a_joint_notice(notice):
    reading = read_policy(notice)
    assert reading.title == "青禾县民政局青禾县财政局关于印发青禾县临时救助实施办法的通知"
    assert reading.document_number == "青民〔2026〕12号"
    assert reading.organ == "青禾县民政局、青禾县财政局"
    assert reading.written == date(2026, 3, 12)
    assert reading.addressees == ("各乡镇人民政府", "县直各部门、各直属机构")
    assert reading.notes == ("（此件公开发布）",)
    assert reading.imprint[1] == "青禾县民政局办公室　　2026年3月13日印发"


def test_attachments_named_and_appended_are_joined(notice):
    rules, form, standards = read_policy(notice).attachments
    assert (rules.title, rules.issued, rules.named) == ("青禾县临时救助实施办法", True, False)
    assert (form.title, form.number, form.body) == ("青禾县临时救助申请表", 1, ())
    assert (standards.title, standards.number, standards.named) == ("青禾县救助标准一览表", 2, True)
    assert [node.kind for node in standards.body] == ["table"]


def test_chapters_sections_and_articles(notice):
    rules = read_policy(notice).attachments[0]
    assert [(node.kind, node.number, node.text) for node in rules.body] == [
        ("chapter", "第一章", "总则"),
        ("article", "第一条", "为规范临时救助工作，制定本办法。"),
        ("paragraph", "", "第一条规定的救助包括："),
        ("paragraph", "（一）", "急难型救助。由乡镇先行救助。"),
        ("paragraph", "（二）", "支出型救助。"),
        ("chapter", "第二章", "申请与审批"),
        ("section", "第一节", "申请"),
        ("article", "第二条", "收入低于<3000元 & 无存款的家庭可以申请。"),
    ]


def test_blocks_hold_the_text_escaped_and_the_table_plain(notice):
    text, table = to_blocks(read_policy(notice))
    assert text["value"].startswith("<p>各乡镇人民政府，县直各部门、各直属机构：</p><p>现将")
    assert "<p>附件：1. 青禾县临时救助申请表；2. 青禾县救助标准一览表</p>" in text["value"]
    assert "<h3>青禾县临时救助实施办法</h3><h3>第一章　总则</h3>" in text["value"]
    assert "<h4>第一节　申请</h4>" in text["value"]
    assert "<p><b>第二条</b>　收入低于&lt;3000元 &amp; 无存款的家庭可以申请。</p>" in text["value"]
    assert table == {
        "type": "table",
        "value": {
            "caption": "表1　救助标准",
            "header": ["类别", "标准（元） 城市", "标准（元） 农村"],
            "rows": [["急难型", "3000", "2000"], ["支出型", "<5000", "4000"]],
        },
    }
    everything = json.dumps(to_blocks(read_policy(notice)), ensure_ascii=False)
    assert "页眉" not in everything and "页脚" not in everything and "抄送" not in everything


def test_tracked_changes_read_as_accepted():
    document = docx.Document()
    document.add_paragraph("青禾县人民政府关于加强防汛工作的通知")
    author = 'w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"'
    add_xml(
        document,
        f"<w:p><w:r><w:t>期限为</w:t></w:r><w:del {author}><w:r><w:delText>十</w:delText></w:r>"
        f"</w:del><w:ins {author}><w:r><w:t>二十</w:t></w:r></w:ins><w:moveFrom {author}><w:r>"
        "<w:t>旧处</w:t></w:r></w:moveFrom><w:r><w:t>日。</w:t></w:r></w:p>",
    )
    add_xml(
        document,
        f"<w:p><w:pPr><w:rPr><w:del {author}/></w:rPr></w:pPr><w:r><w:t>两段</w:t></w:r></w:p>",
    )
    add_xml(document, "<w:p><w:r><w:t>合为一段。</w:t></w:r></w:p>")
    add_xml(document, "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏的话。</w:t></w:r></w:p>")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip([c for r in table.rows for c in r.cells], "甲乙丙丁", strict=True):
        cell.text = text
    deleted = table.add_row()
    deleted.cells[0].text = "删去的行"
    deleted._tr.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')} {author}/>"))
    commented = document.add_paragraph("请认真执行。")
    document.add_comment(commented.runs, text="批注里的话")
    reading = read_policy(saved(document))
    assert [node.text for node in reading.body if node.kind == "paragraph"] == [
        "期限为二十日。",
        "两段合为一段。",
        "请认真执行。",
    ]
    (grid,) = [node.table for node in reading.body if node.table]
    assert (grid.header, grid.rows) == (("甲", "乙"), (("丙", "丁"),))
    assert "批注" not in json.dumps(reading.as_dict(), ensure_ascii=False)


def test_automatic_numbers_are_part_of_the_text():
    document = docx.Document()
    document.add_paragraph("青禾县教育局关于招生工作的通知")
    numbering = document.part.numbering_part.element
    for xml in (
        '<w:abstractNum {} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt '
        'w:val="japaneseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>',
        '<w:num {} w:numId="90"><w:abstractNumId w:val="90"/></w:num>',
    ):
        numbering.append(parse_xml(xml.format(nsdecls("w"))))
    for line in ("招生范围", "具有本县户籍的儿童。", "报名时间", "六月二十日起。"):
        paragraph = document.add_paragraph(line)
        if not line.endswith("。"):
            paragraph._p.get_or_add_pPr().append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>'
                )
            )
    headings = [n for n in read_policy(saved(document)).body if n.kind == "heading"]
    assert [(n.number, n.text) for n in headings] == [("一、", "招生范围"), ("二、", "报名时间")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["青禾县人民政府令", "第12号", "《青禾县烟花爆竹管理办法》已经通过，现予公布。",
             "县长　李某某", "2026年5月6日", "青禾县烟花爆竹管理办法", "第一条　为了安全。"],
            {"title": "青禾县人民政府令", "document_number": "第12号", "organ": "青禾县人民政府",
             "written": "2026-05-06"},
            id="order signed by the head of government",
        ),
        pytest.param(
            ["青禾县养犬管理规定", "（2026年3月1日县人民政府第5次常务会议通过，自2026年4月1日起施行）",
             "第一章　总则", "第一条　为了规范养犬行为。"],
            {"title": "青禾县养犬管理规定", "document_number": None, "organ": None,
             "written": "2026-03-01"},
            id="rules dated under their title",
        ),
        pytest.param(
            ["索 引 号：QH001/202603-00012", "主题分类：民政、社会救助", "发布日期：2026年3月9日",
             "青禾县民政局关于开展核查的通知", "（青民〔2026〕8号）", "各乡镇人民政府：", "请按时报送。",
             "青禾县民政局", "2026年3月8日"],
            {"index_number": "QH001/202603-00012", "topic": "民政、社会救助",
             "document_number": "青民〔2026〕8号", "written": "2026-03-08"},
            id="particulars printed above the text",
        ),
        pytest.param(
            ["000001", "特急", "青禾县教育局文件", "青教〔２０２６〕３号　　签发人：王某", "关于做好校园安全工作的通知",
             "各学校：", "现就有关事项通知如下：", "一、排查", "全面排查。", "特此通知", "2026年2月1日"],
            {"title": "关于做好校园安全工作的通知", "document_number": "青教〔2026〕3号",
             "organ": "青禾县教育局", "written": "2026-02-01", "addressees": ["各学校"]},
            id="organ known only from the red head",
        ),
        pytest.param(
            ["关于公布举报电话的公告", "举报电话已经开通。"],
            {"title": "关于公布举报电话的公告", "document_number": None, "organ": None,
             "written": None, "index_number": None, "topic": None, "addressees": []},
            id="what is not said is null",
        ),
    ],
)  # fmt: skip
def test_kinds_of_documents(lines, expected):
    reading = read_policy(built(*lines)).as_dict()
    assert {key: reading[key] for key in expected} == expected


def test_a_number_cited_in_the_text_is_not_the_documents_own():
    reading = read_policy(
        built("青禾县民政局关于落实的通知", "根据国办发〔2018〕115号，制定本通知。")
    )
    assert reading.document_number is None


def test_pictures_are_counted_because_the_text_cannot_carry_them():
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    document = docx.Document()
    document.add_paragraph("青禾县防汛路线图")
    document.add_picture(picture)
    assert read_policy(saved(document)).left_out == {"pictures": 1}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["青禾县教育局", "2026年3月1日", "附件：1.甲表", "2.乙表"], [(1, "甲表", 0), (2, "乙表", 0)]),
        (["附件：甲表", "青禾县教育局", "2026年3月1日", "附件", "甲表", "说明。"], [(None, "甲表", 1)]),
        (["附件1：甲表", "附件2：乙表", "青禾县教育局　2026年3月1日", "附件1：甲表", "填写。", "附件2", "乙表"],
         [(1, "甲表", 1), (2, "乙表", 0)]),
        (["附件一", "甲表", "填写。", "附件二", "乙表", "填写。"], [(1, "甲表", 1), (2, "乙表", 1)]),
    ],
    ids=["listed last", "unnumbered", "one line each", "unsigned"],
)  # fmt: skip
def test_ways_to_name_attachments(lines, expected):
    reading = read_policy(built("青禾县教育局关于填表的通知", "各学校：", "请填表。", *lines))
    assert [(a.number, a.title, len(a.body)) for a in reading.attachments] == expected
