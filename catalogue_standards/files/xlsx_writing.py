"""An edition as an xlsx workbook: a sheet for each domain, ready to print."""

from __future__ import annotations

import io
import re
from copy import copy
from typing import Any

from django.db.models import QuerySet
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from catalogue_standards.files.table import DomainTable, official_tables
from catalogue_standards.models import Edition, EditionItem

_LINE = Side(style="thin", color="999999")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEADING = PatternFill("solid", fgColor="EFEFEF")
_TITLE_FONT = Font(name="方正小标宋简体", size=16)
_HEADING_FONT = Font(name="黑体", size=10)
_BODY_FONT = Font(name="宋体", size=9)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_WIDE = 12  # characters; narrower columns are centred
_HEAD = 3  # rows: the title and two of headings
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")


def export_xlsx(
    edition: Edition, *, further: bool = True, rows: QuerySet[EditionItem] | None = None
) -> bytes:
    """The official table of an edition. See `official_tables` for `further` and `rows`.

    Printed, each sheet is A4 across, as wide as the page, with the headings on every page; the further
    columns are outside the print area. What it writes `read_catalogue` reads back.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = edition.title
    names: set[str] = set()
    for table in official_tables(edition, further=further, rows=rows):
        _write(book.create_sheet(_sheet_name(table.name, names)), table)
    if not book.worksheets:
        book.create_sheet(_sheet_name(edition.title, names))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _sheet_name(name: str, names: set[str]) -> str:
    """A name that Excel takes: 31 characters, none of its own marks, each once whatever the case."""
    bare = _NOT_IN_SHEET_NAMES.sub(" ", name).strip()[:28] or "目录"
    candidate, number = bare, 1
    while candidate.casefold() in names:
        number += 1
        candidate = f"{bare}{number}"
    names.add(candidate.casefold())
    return candidate


def _write(sheet: Worksheet, table: DomainTable) -> None:
    official = sum(column.official for column in table.columns)
    _put(sheet.cell(1, 1), table.title, _TITLE_FONT, _MIDDLE)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=official)
    _write_headings(sheet, table)
    # Setting fonts and borders on each cell anew takes most of the time: a row is styled like the first.
    styles: list[Any] = []
    for number, row in enumerate(table.rows, start=_HEAD + 1):
        for at, text in enumerate(row):
            cell: Any = sheet.cell(number, at + 1)
            if at == len(styles):
                cell.font, cell.border = _BODY_FONT, _BORDER
                cell.alignment = _LEFT if table.columns[at].width > _WIDE else _MIDDLE
                styles.append(cell._style)
            cell._style = copy(styles[at])
            _say(cell, text)
        sheet.cell(number, 1).value = int(row[0])
    for run in table.blocks:
        letter = get_column_letter(run.column + 1)
        sheet.merge_cells(f"{letter}{run.first + _HEAD + 1}:{letter}{run.last + _HEAD + 1}")
    for at, spec in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = spec.width + 2
    sheet.freeze_panes = f"D{_HEAD + 1}"
    _set_print(sheet, official, _HEAD + len(table.rows))


def _write_headings(sheet: Worksheet, table: DomainTable) -> None:
    for top, first, last in table.heading_spans():
        _put(sheet.cell(2, first + 1), top, _HEADING_FONT, _MIDDLE)
        lower = table.columns[first].sub is None
        if lower or last > first:
            sheet.merge_cells(
                start_row=2, start_column=first + 1, end_row=3 if lower else 2, end_column=last + 1
            )
    for at, column in enumerate(table.columns, start=1):
        if column.sub:
            _put(sheet.cell(3, at), column.sub, _HEADING_FONT, _MIDDLE)
        for row in (2, 3):
            sheet.cell(row, at).border = _BORDER
            sheet.cell(row, at).fill = _HEADING


def _put(cell: Cell | MergedCell, text: str, font: Font, alignment: Alignment) -> None:
    _say(cell, text)
    cell.font = font
    cell.alignment = alignment


def _say(cell: Cell | MergedCell, text: str) -> None:
    cell.value = text or None
    if text:
        cell.data_type = "s"  # a text that begins with = must not become a formula


def _set_print(sheet: Worksheet, columns: int, rows: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"2:{_HEAD}"
    sheet.print_area = f"A1:{get_column_letter(columns)}{rows}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.HeaderFooter.oddFooter.center.text = "第 &P 页，共 &N 页"  # type: ignore[union-attr]
