"""Tables in csv files, as Excel and WPS in China write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import PurePath

from catalogue_standards.files.grid import MOST_COLUMNS, MOST_ROWS, Grid, squared, too_long
from catalogue_standards.files.model import CatalogueFileError, Place, gettext_noop

_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",\t;"
FORMULA = gettext_noop(
    "“%(file)s” holds a formula at %(place)s. Copy the table, paste it as values only, save it, and import "
    "it again."
)


def csv_grids(content: bytes, name: str) -> Iterator[Grid]:
    """The one table of a csv file in UTF-8, UTF-16 or GB 18030.

    Raises CatalogueFileError for what is no text, and for cells that a spreadsheet would compute.
    """
    text = _decoded(content, name)
    delimiter = max(_DELIMITERS, key=text[:20_000].count)
    table = PurePath(name).stem
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) >= MOST_ROWS:
                raise too_long(table)
            rows.append([cell.strip() for cell in row[:MOST_COLUMNS]])
    except csv.Error as error:
        raise _no_table(name) from error
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if len(cell) > 1 and cell.startswith("="):
                place = Place(table, number + 1, column + 1)
                raise CatalogueFileError(FORMULA, file=name, place=place)
    yield Grid(table, squared(rows))


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise _no_table(name)
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _no_table(name)


def _no_table(name: str) -> CatalogueFileError:
    return CatalogueFileError(
        gettext_noop(
            "“%(file)s” is neither an xlsx, a docx nor a csv file that can be read. Save the catalogue in "
            "one of these formats and import that."
        ),
        file=name,
    )
