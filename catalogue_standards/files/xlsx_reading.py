"""Tables in xlsx workbooks.

The cells are streamed (a workbook of a million empty formatted rows is common and must cost nothing).
openpyxl does not tell the merged blocks of a streamed sheet, so these are taken from the sheet's XML.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from posixpath import join, normpath
from typing import Any

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from catalogue_standards.files.csv_reading import FORMULA
from catalogue_standards.files.grid import MOST_COLUMNS, MOST_ROWS, Grid, merge, squared, too_long
from catalogue_standards.files.model import CatalogueFileError, Place

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([A-Z]+\d+:[A-Z]+\d+)[\"']")
_BLANK_RUN = 1_000  # rows; a table does not go on after so many blank ones
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def xlsx_grids(package: zipfile.ZipFile, name: str) -> Iterator[Grid]:
    """The visible sheets of a workbook. Raises CatalogueFileError when a cell holds a formula."""
    parts = _sheet_parts(package)
    assert package.fp is not None
    workbook = load_workbook(package.fp, read_only=True, keep_links=False)
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            continue
        sheet.reset_dimensions()
        grid = Grid(sheet.title, squared(_texts(sheet, name)))
        merge(grid, (_block(ref.decode()) for ref in _MERGED.findall(parts[sheet.title])))
        yield grid


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, bytes]:
    """The XML of each sheet, by the sheet's name."""
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in fromstring(package.read("xl/_rels/workbook.xml.rels"))
    }
    parts: dict[str, bytes] = {}
    for element in fromstring(package.read("xl/workbook.xml")).iter():
        if element.tag.endswith("}sheet"):
            target = targets[element.get(_RELATION)]
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            parts[element.get("name", "")] = package.read(path)
    return parts


def _block(reference: str) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of a reference such as B4:B6, from 0."""
    (left, top), (right, bottom) = (_position(corner) for corner in reference.split(":"))
    return top, left, bottom, right


def _position(corner: str) -> tuple[int, int]:
    letters, row = coordinate_from_string(corner)
    return column_index_from_string(letters) - 1, row - 1


def _texts(sheet: Any, name: str) -> list[list[str]]:
    rows: list[list[str]] = []
    blank = 0
    for row in sheet.iter_rows(max_col=MOST_COLUMNS):
        texts: list[str] = []
        for column, cell in enumerate(row, start=1):
            if cell.data_type == "f":
                place = Place(sheet.title, len(rows) + 1, column)
                raise CatalogueFileError(FORMULA, file=name, place=place)
            texts.append("" if cell.value is None else _text(cell.value))
        rows.append(texts)
        blank = 0 if any(texts) else blank + 1
        if blank > _BLANK_RUN:
            break
        if len(rows) - blank > MOST_ROWS:
            raise too_long(sheet.title)
    return rows


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("_x000D_", "").strip()
