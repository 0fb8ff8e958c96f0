"""Lay out source.toml as the main job's three files.

Run from the project's root after changing source.toml: `python -m cms.demo.files.build`. The same
text gives the same bytes. Page and type follow GB/T 9704-2012 (A4, 22 lines of 28 points, red
heading, body in 16 points); no file carries an author or a date of making.
"""

import io
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from openpyxl import Workbook
from openpyxl.styles import Alignment

from cms.demo.attachments import add_page_number, fill_sheet, new_document, sealed, set_font

HERE = Path(__file__).parent
POLICY = "居家养老服务补贴实施办法.docx"
INTERPRETATION = "居家养老服务补贴实施办法解读.docx"
STANDARDS = "居家养老服务补贴标准.xlsx"

_TITLE_FONT = "方正小标宋简体"
_RED = RGBColor(0xD0, 0x00, 0x00)
_ARTICLE = re.compile(r"(第[一二三四五六七八九十]+条　)(.+)")
_CHAPTER = re.compile(r"第[一二三四五六七八九十]+章　")


def build() -> dict[str, bytes]:
    """The three files by name."""
    source = tomllib.loads((HERE / "source.toml").read_text("utf-8"))
    return {
        POLICY: policy(source["policy"]),
        INTERPRETATION: interpretation(source["interpretation"]),
        STANDARDS: standards(source["standards"]),
    }


def policy(text: Mapping[str, Any]) -> bytes:
    """The notice under its red heading, then on a new page what it issues."""
    document = new_document()
    heading = _line(document, text["heading"], _TITLE_FONT, 36, after=28)
    heading.runs[0].font.color.rgb = _RED
    _rule(_line(document, text["document_number"], after=24))
    _line(document, text["title"], _TITLE_FONT, 22, after=20)
    _body(document, text["addressees"], indent=False)
    for paragraph in text["notice"]:
        _body(document, paragraph)
    _body(document, "附件：" + text["attachment"]).paragraph_format.space_before = Pt(28)
    _sign(document, text)
    _body(document, text["remark"])
    issued = _line(document, text["issued_title"], _TITLE_FONT, 22, after=20)
    issued.paragraph_format.page_break_before = True
    for line in text["issued"].strip().splitlines():
        if _CHAPTER.match(line):
            chapter = _line(document, line, "黑体", after=8)
            chapter.paragraph_format.space_before = Pt(8)
            chapter.paragraph_format.keep_with_next = True
        else:
            _body(document, line)
    return _saved(document, text["title"])


def interpretation(text: Mapping[str, Any]) -> bytes:
    """The interpretation as questions and answers."""
    document = new_document()
    _line(document, text["title"], _TITLE_FONT, 22, after=20)
    for question, answer in text["pairs"]:
        asked = _body(document, "")
        set_font(asked.add_run("问：" + question), "黑体")
        asked.paragraph_format.keep_with_next = True
        _body(document, "答：" + answer)
    _sign(document, text)
    return _saved(document, text["title"])


def standards(sheets: list[Mapping[str, Any]]) -> bytes:
    """One sheet for each table, its notes below it."""
    book = Workbook()
    for leaf in book.worksheets:
        book.remove(leaf)
    for table in sheets:
        sheet = book.create_sheet(table["sheet"])
        fill_sheet(sheet, table["title"], table["header"], table["rows"])
        columns = len(table["header"])
        for at, note in enumerate(table["notes"], len(table["rows"]) + 3):
            sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=columns)
            sheet.cell(at, 1, note).alignment = Alignment("left", "center", wrap_text=True)
            sheet.row_dimensions[at].height = 30
    target = io.BytesIO()
    book.save(target)
    return sealed(target.getvalue(), sheets[0]["title"])


def _line(
    document: Document,
    text: str,
    font: str = "仿宋",
    size: float = 16,
    *,
    after: float = 0,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.CENTER,
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(after)
    paragraph.paragraph_format.line_spacing = Pt(max(28, size * 1.3))
    set_font(paragraph.add_run(text), font, size)
    return paragraph


def _body(document: Document, text: str, *, indent: bool = True) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(28)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(32)  # two characters of 16 points
    article = _ARTICLE.fullmatch(text)
    if article:
        set_font(paragraph.add_run(article[1]), "黑体")
        text = article[2]
    if text:
        set_font(paragraph.add_run(text), "仿宋")
    return paragraph


def _sign(document: Document, text: Mapping[str, Any]) -> None:
    signature = _line(document, text["signature"], align=WD_ALIGN_PARAGRAPH.RIGHT)
    signature.paragraph_format.space_before = Pt(56)
    signature.paragraph_format.right_indent = Pt(32)
    date = _line(document, text["written"], align=WD_ALIGN_PARAGRAPH.RIGHT)
    date.paragraph_format.right_indent = Pt(64)


def _rule(paragraph: Paragraph) -> None:
    """The red line that parts the heading from the text, as the paragraph's lower border."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "6"), ("color", str(_RED))):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties = paragraph._p.get_or_add_pPr()
    # The schema wants borders before spacing and alignment, which are there already.
    properties.insert(0, borders)


def _saved(document: Document, title: str) -> bytes:
    add_page_number(document.sections[0].footer.paragraphs[0])
    target = io.BytesIO()
    document.save(target)
    return sealed(target.getvalue(), title)


if __name__ == "__main__":
    for name, content in build().items():
        (HERE / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")
