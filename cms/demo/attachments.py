"""Make the real files behind the attachments of the demo county's pieces.

The same spec gives the same bytes again, so that loading the demo twice changes no content hash.
The files carry no author, no software name of a person's machine and no date of making.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from unicodedata import east_asian_width
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

Rows = Sequence[Sequence[str]]

_PDF_FONT = "STSong-Light"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip entry can hold
_APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"/>'
)
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
    "</cp:coreProperties>"
)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,10}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d+))?")
_HEADING = re.compile(
    r"(?:第[一二三四五六七八九十]+[章条]|[一二三四五六七八九十]+、)[^。；：]{1,30}"
)
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def build_attachment(spec: Mapping[str, Any]) -> bytes:
    """The file that one [[piece.attachment]] asks for.

    spec holds `title`, `format` (xlsx, docx or pdf), `paragraphs` (list of str; docx and pdf only)
    and `header` with `rows` (lists of str, each row as long as the header). ValueError when the
    format is another one, a row has another length, or there is nothing to put into the file.
    """
    try:
        build = _BUILDERS[spec["format"]]
    except KeyError:
        known = ", ".join(_BUILDERS)
        raise ValueError(
            f"attachment {spec.get('title')!r}: format must be one of {known}"
        ) from None
    title, header, rows = spec["title"], spec.get("header", []), spec.get("rows", [])
    paragraphs = spec.get("paragraphs", [])
    if any(len(row) != len(header) for row in rows):
        raise ValueError(f"attachment {title!r}: give every row {len(header)} cells")
    if paragraphs and build is _xlsx:
        raise ValueError(f"attachment {title!r}: a sheet holds header and rows, no paragraphs")
    if not rows and not paragraphs:
        raise ValueError(f"attachment {title!r}: give it rows or paragraphs")
    return build(title, paragraphs, header, rows)


def file_name(spec: Mapping[str, Any]) -> str:
    """The title as a name that every file system takes (at most 255 bytes), with its ending."""
    stem = _UNSAFE.sub("_", spec["title"]).strip(" .")
    return f"{stem[:80]}.{spec['format']}"


def sealed(container: bytes, title: str) -> bytes:
    """An Office file with its properties reduced to the title and its dates of making removed."""
    properties = {"docProps/core.xml": _CORE.format(title=escape(title)), "docProps/app.xml": _APP}
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(container)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # otherwise Windows and Linux would write different bytes
            out.writestr(entry, properties.get(name) or source.read(name))
    return target.getvalue()


def new_document(body_font: str = "仿宋", size: float = 16) -> WordDocument:
    """An empty A4 Word file in Chinese with the margins of GB/T 9704-2012; size in points."""
    document = Document()
    rels = document.part.package.rels
    # The template's thumbnail would show a page that is not ours.
    for key in [key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
        del rels[key]
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), body_font)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    return document


def set_font(run: Run, name: str, size: float | None = None) -> Run:
    """Name the font of a run's Chinese characters, and its size in points."""
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
    if size:
        run.font.size = Pt(size)
    return run


def add_page_number(paragraph: WordParagraph) -> None:
    """Put — N — into a footer paragraph, N counted by the reader's program."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_font(paragraph.add_run("— "), "宋体", 14)
    run = set_font(paragraph.add_run(), "宋体", 14)
    for kind in ("begin", "PAGE", "end"):
        element = OxmlElement("w:instrText" if kind == "PAGE" else "w:fldChar")
        if kind == "PAGE":
            element.text = kind
        else:
            element.set(qn("w:fldCharType"), kind)
        run.element.append(element)
    set_font(paragraph.add_run(" —"), "宋体", 14)


def _is_heading(text: str) -> bool:
    return _HEADING.fullmatch(text) is not None


def _width(text: str) -> int:
    """Columns of a terminal or a sheet; a Chinese character takes two."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def _widths(header: Sequence[str], rows: Rows, least: int = 8, most: int = 42) -> list[int]:
    columns = zip(header, *rows, strict=True)
    return [min(max(max(map(_width, column)) + 2, least), most) for column in columns]


def _xlsx(title: str, paragraphs: Sequence[str], header: Sequence[str], rows: Rows) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # a new workbook has one
    sheet.title = _UNSAFE.sub("_", title).translate(str.maketrans("[]'", "___"))[:31]
    fill_sheet(sheet, title, header, rows)
    target = io.BytesIO()
    book.save(target)
    return sealed(target.getvalue(), title)


def fill_sheet(sheet: Worksheet, title: str, header: Sequence[str], rows: Rows) -> None:
    """Title in row 1, header in row 2 (frozen, repeated in print), rows below it; A4 wide."""
    line = Side(style="thin", color="BFBFBF")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(header))
    sheet.cell(1, 1, title).font = Font(name="宋体", size=16, bold=True)
    sheet.cell(1, 1).alignment = Alignment("center", "center", wrap_text=True)
    sheet.row_dimensions[1].height = 36
    for at, row in enumerate([header, *rows], 2):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(at, column)
            _fill(cell, text)
            cell.font = Font(name="宋体", size=11, bold=at == 2)
            cell.border = Border(line, line, line, line)
            side = "center" if at == 2 else "left" if cell.data_type == "s" else "right"
            cell.alignment = Alignment(side, "center", wrap_text=True)
            if at == 2:
                cell.fill = PatternFill("solid", "DCE6F1")
    for column, width in enumerate(_widths(header, rows), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "2:2"
    sheet.page_setup.orientation = "landscape" if len(header) > 5 else "portrait"
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = sheet.PAPERSIZE_A4, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _fill(cell: Cell | MergedCell, text: str) -> None:
    """A number where the text is one as people write it; codes such as 007 stay text."""
    number = _NUMBER.fullmatch(text)
    if number:
        plain = text.replace(",", "")
        cell.value = float(plain) if number[1] else int(plain)
        places = "." + "0" * len(number[1]) if number[1] else ""
        cell.number_format = ("#,##0" if "," in text else "0") + places
    else:
        cell.value = text
        cell.data_type = "s"  # a text that begins with = is no formula


def _docx(title: str, paragraphs: Sequence[str], header: Sequence[str], rows: Rows) -> bytes:
    document = new_document(size=14)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_font(heading.add_run(title), "宋体", 20).bold = True
    for text in paragraphs:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(28)
        paragraph.paragraph_format.line_spacing = Pt(26)
        paragraph.paragraph_format.space_after = Pt(0)
        set_font(paragraph.add_run(text), "黑体" if _is_heading(text) else "仿宋")
    if rows:
        table = document.add_table(rows=0, cols=len(header), style="Table Grid")
        for at, row in enumerate([header, *rows]):
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                set_font(cell.paragraphs[0].add_run(text), "宋体", 11).bold = at == 0
        repeat = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)
    add_page_number(document.sections[0].footer.paragraphs[0])
    target = io.BytesIO()
    document.save(target)
    return sealed(target.getvalue(), title)


def _pdf(title: str, paragraphs: Sequence[str], header: Sequence[str], rows: Rows) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(_PDF_FONT))
    body = ParagraphStyle("body", fontName=_PDF_FONT, fontSize=12, leading=22, wordWrap="CJK")
    text = ParagraphStyle("text", body, firstLineIndent=24)
    strong = ParagraphStyle("strong", body, fontSize=13, spaceBefore=8)
    top = ParagraphStyle("top", body, fontSize=18, leading=28, alignment=TA_CENTER, spaceAfter=14)
    small = ParagraphStyle("small", body, fontSize=10, leading=14)
    story: list[Flowable] = [Paragraph(escape(title), top)]
    story += [Paragraph(escape(p), strong if _is_heading(p) else text) for p in paragraphs]
    target = io.BytesIO()
    # Empty strings: where nothing is given reportlab writes an author "anonymous".
    document = SimpleDocTemplate(
        target, pagesize=A4, title=title, author="", subject="", creator="", lang="zh-CN",
        leftMargin=28 * mm, rightMargin=26 * mm, topMargin=30 * mm, bottomMargin=28 * mm,
        invariant=1,
    )  # fmt: skip
    if rows:
        widths = _widths(header, rows)
        cells = [[Paragraph(escape(cell), small) for cell in row] for row in [header, *rows]]
        table = Table(cells, [document.width * w / sum(widths) for w in widths], repeatRows=1)
        table.setStyle(
            TableStyle(
                [
                    ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
                    ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#DCE6F1")),
                    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ]
            )
        )
        story += [Spacer(1, 10), table]
    document.build(story, onFirstPage=_number_page, onLaterPages=_number_page)
    return target.getvalue()


def _number_page(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(_PDF_FONT, 10)
    canvas.drawCentredString(A4[0] / 2, 15 * mm, f"— {document.page} —")


_BUILDERS: dict[str, Callable[[str, Sequence[str], Sequence[str], Rows], bytes]] = {
    "xlsx": _xlsx,
    "docx": _docx,
    "pdf": _pdf,
}
