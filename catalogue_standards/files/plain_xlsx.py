"""Plain lists as an xlsx workbook: a sheet each, with a heading row, ready to print."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_LINE = Side(style="thin", color="999999")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEADING = PatternFill("solid", fgColor="EFEFEF")
_TOP = Alignment(vertical="top", wrap_text=True)
_LONGEST_CELL = 32_767  # characters, Excel's own limit
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Sheet:
    """One list. `widths` are in characters, one for each heading."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[object]]
    widths: Sequence[int]


def write_book(title: str, sheets: Iterable[Sheet]) -> bytes:
    """The workbook. Every cell is text: what begins with = never becomes a formula."""
    book = Workbook(write_only=True)
    book.properties.title = title
    names: set[str] = set()
    for sheet in sheets:
        target = book.create_sheet(_name(sheet.name, names))
        _set_up(target, sheet)
        target.append(_cells(target, sheet.headings, Font(name="黑体", size=10), _HEADING))
        font = Font(name="宋体", size=10)
        for row in sheet.rows:
            target.append(_cells(target, row, font))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def download(name: str, content: bytes) -> HttpResponse:
    """The answer that lets a browser save a workbook as `name`.xlsx."""
    disposition = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    headers = {"Content-Disposition": disposition}
    return HttpResponse(content, content_type=_XLSX, headers=headers)


def _set_up(target: Any, sheet: Sheet) -> None:
    for at, width in enumerate(sheet.widths, start=1):
        target.column_dimensions[get_column_letter(at)].width = width
    target.freeze_panes = "A2"
    target.print_title_rows = "1:1"
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = 9  # A4
    target.page_setup.fitToWidth = 1
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _cells(
    target: Any, row: Sequence[object], font: Font, fill: PatternFill | None = None
) -> list[Any]:
    cells = []
    for value in row:
        text = _UNWRITABLE.sub("", str(value))[:_LONGEST_CELL]
        cell = WriteOnlyCell(target, text)
        cell.data_type = "s"
        cell.font, cell.border, cell.alignment = font, _BORDER, _TOP
        if fill:
            cell.fill = fill
        cells.append(cell)
    return cells


def _name(name: str, names: set[str]) -> str:
    bare = _NOT_IN_NAMES.sub(" ", name).strip()[:28] or "1"
    candidate, number = bare, 1
    while candidate.casefold() in names:
        number += 1
        candidate = f"{bare}{number}"
    names.add(candidate.casefold())
    return candidate
