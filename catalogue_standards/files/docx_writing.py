"""An edition as a Word document: a heading and a table for each domain, ready to print."""

from __future__ import annotations

import io

from django.db.models import QuerySet
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from catalogue_standards.files.table import DomainTable, official_tables
from catalogue_standards.models import Edition, EditionItem

_PAGE = (Mm(297), Mm(210))
_MARGIN = Mm(12)
_FONT = "宋体"
_SIZE = 16  # half points
_TWIPS = 15_000  # the width of the text; 1/1440 inch


def export_docx(
    edition: Edition, *, further: bool = True, rows: QuerySet[EditionItem] | None = None
) -> bytes:
    """The official table of an edition on A4 across, headings repeated on every page.

    See `official_tables` for `further` and `rows`. What it writes `read_catalogue` reads back.
    """
    document = Document()
    _set_page(document, edition)
    for number, table in enumerate(official_tables(edition, further=further, rows=rows)):
        heading = document.add_heading(table.title, level=1)
        heading.paragraph_format.page_break_before = number > 0
        # Before the section's properties, which must stay last in the body.
        document.element.body.insert(len(document.element.body) - 1, _table(table))
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _set_page(document: WordDocument, edition: Edition) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    document.core_properties.title = edition.title
    for name in ("Normal", "Heading 1", "Title"):
        style = document.styles[name]
        style.font.name = _FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    document.styles["Normal"].font.size = Pt(_SIZE / 2)
    document.add_paragraph(edition.title, style="Title")


def _element(name: str, *children: object, **attributes: object) -> object:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    for child in children:
        element.append(child)
    return element


# The rows are written as XML: python-docx counts through the whole table to find each cell.
def _table(table: DomainTable) -> object:
    total = sum(column.width for column in table.columns)
    widths = [column.width * _TWIPS // total for column in table.columns]
    properties = _element(
        "tblPr",
        _element("tblStyle", val="TableGrid"),
        _element("tblW", w=sum(widths), type="dxa"),
        _element("tblLayout", type="fixed"),
    )
    grid = _element("tblGrid", *(_element("gridCol", w=width) for width in widths))
    return _element("tbl", properties, grid, *_heading_rows(table, widths), *_rows(table, widths))


def _heading_rows(table: DomainTable, widths: list[int]) -> list[object]:
    upper = []
    for top, first, last in table.heading_spans():
        merged = None if table.columns[first].sub else "restart"
        upper.append(_cell(top, sum(widths[first : last + 1]), last - first + 1, merged))
    lower = [
        _cell(column.sub or "", width, 1, None if column.sub else "continue")
        for column, width in zip(table.columns, widths, strict=True)
    ]
    return [
        _element("tr", _element("trPr", _element("cantSplit"), _element("tblHeader")), *cells)
        for cells in (upper, lower)
    ]


def _rows(table: DomainTable, widths: list[int]) -> list[object]:
    merged: dict[tuple[int, int], str] = {}
    for block in table.blocks:
        merged[block.first, block.column] = "restart"
        for row in range(block.first + 1, block.last + 1):
            merged[row, block.column] = "continue"
    return [
        _element(
            "tr",
            *(
                _cell(text, width, 1, merged.get((number, at)))
                for at, (text, width) in enumerate(zip(row, widths, strict=True))
            ),
        )
        for number, row in enumerate(table.rows)
    ]


def _cell(text: str, width: int, span: int, merged: str | None) -> object:
    properties = [_element("tcW", w=width, type="dxa")]
    if span > 1:
        properties.append(_element("gridSpan", val=span))
    if merged:
        properties.append(_element("vMerge", val=merged))
    properties.append(_element("vAlign", val="center"))
    paragraph = [] if merged == "continue" else [_run(text)]
    return _element("tc", _element("tcPr", *properties), _element("p", *paragraph))


def _run(text: str) -> object:
    run = _element("r", _element("rPr", _element("sz", val=_SIZE), _element("szCs", val=_SIZE)))
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(_element("br"))  # type: ignore[attr-defined]
        words = OxmlElement("w:t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)  # type: ignore[attr-defined]
    return run
