"""Reading a catalogue file: its tables one after another, each row as an item."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import IO

from catalogue_standards.files.grid import Grid
from catalogue_standards.files.guessing import guessed_domain
from catalogue_standards.files.headings import Column, Headings, find_headings
from catalogue_standards.files.model import (
    CatalogueFileError,
    CatalogueReading,
    CatalogueRow,
    Place,
    Problem,
    ReadCell,
    gettext_noop,
)
from catalogue_standards.files.opening import open_tables
from catalogue_standards.files.rows import is_nothing, is_same_as_above, note_name, row_of
from catalogue_standards.files.texts import joined
from catalogue_standards.files.titles import domain_of_sheet, domain_of_title
from catalogue_standards.files.words import CELLS, starter_domains

Progress = Callable[[str, int], None]
_FOOTNOTE = re.compile(rf"^\s*(?:{'|'.join(CELLS['footnote'])})\s*\d*\s*[:：.、]")
_FILLED_ANYWAY = ("sequence", "domain", "level1")


def read_catalogue(
    file: bytes | Path | IO[bytes],
    name: str,
    *,
    domains: Sequence[str] = (),
    domain: str = "",
    progress: Progress | None = None,
) -> CatalogueReading:
    """Read the standard catalogue in an xlsx, docx or csv file that the user calls `name`.

    `domains` are names the county uses besides those of the starter edition; `domain` is the one to
    take for a table that does not state its own. `progress` is called with each table's name and its
    number of items. Raises CatalogueFileError for a file that cannot be read, is unsafe to read, or
    holds no catalogue table; what is wrong in a single cell is among the problems of the reading.
    """
    reader = _Reader((*domains, *starter_domains()), domain, PurePath(name).stem)
    for grid in open_tables(file, name):
        count = len(reader.rows)
        reader.read(grid)
        if progress and len(reader.rows) > count:
            progress(grid.name, len(reader.rows) - count)
    if not reader.rows:
        raise CatalogueFileError(
            gettext_noop(
                "No catalogue table was found in “%(file)s”. Its heading row must name the item (公开事项), "
                "公开内容, 公开依据, 公开时限, 公开主体 and so on, with the items below it."
            ),
            file=PurePath(name).name,
        )
    return CatalogueReading(tuple(reader.rows), tuple(reader.problems))


class _Reader:
    """What is remembered from row to row: the headings, the domain, and the row above."""

    def __init__(self, known: Sequence[str], fallback: str, file: str) -> None:
        self.known, self.fallback, self.file = known, fallback, file
        self.rows: list[CatalogueRow] = []
        self.problems: list[Problem] = []
        self.columns: tuple[Column, ...] = ()
        self.domain = ""
        self.above: dict[int, str] = {}

    def read(self, grid: Grid) -> None:
        first = len(self.rows)
        if len(self.columns) != grid.width or not grid.name.startswith("表"):
            self.columns = ()  # only a Word table of the same width can go on from the one before
        self.domain = self.domain if self.columns else ""
        self.above = self.above if self.columns else {}
        for caption in grid.captions:
            self._title(caption)
        number = 0
        while number < len(grid.rows):
            headings = find_headings(grid, number)
            number = self._head(headings) if headings else self._row(grid, number)
        self._settle_domain(grid, first)

    def _title(self, text: str) -> None:
        self.domain = domain_of_title(text, self.known) or self.domain

    def _head(self, headings: Headings) -> int:
        if headings.columns != self.columns:
            self.columns, self.above = headings.columns, {}
        return headings.end

    def _row(self, grid: Grid, number: int) -> int:
        """Take in one row; the number of the row after it."""
        texts = grid.rows[number]
        blocks = {grid.head(number, column) for column, text in enumerate(texts) if text}
        if not blocks:
            return number + 1
        if len(blocks) == 1 and self._is_banner(grid, number, blocks.copy().pop()):
            if not _FOOTNOTE.match("".join(texts)):
                self._title(next(text for text in texts if text))
        elif self.columns and not _is_aside(texts):
            self._item(grid, number)
        return number + 1

    def _is_banner(self, grid: Grid, row: int, head: tuple[int, int]) -> bool:
        if not self.columns:
            return True
        covered = sum(grid.head(row, column) == head for column in range(grid.width))
        return covered > grid.width / 2 or head[1] == 0

    def _item(self, grid: Grid, number: int) -> None:
        texts = [self._resolved(grid, number, at) for at in range(len(self.columns))]
        self._go_on_from_above(grid, number, texts)
        self.above = dict(enumerate(texts))
        cells: dict[str, ReadCell] = {}
        marked: list[tuple[Column, ReadCell]] = []
        notes: dict[str, str] = {}
        for at, (column, text) in enumerate(zip(self.columns, texts, strict=True)):
            cell = ReadCell(text, grid.place(number, at))
            if column.value:
                marked.append((column, cell))
            elif column.field != "note":
                cells[column.field] = replace(cell, text="") if is_nothing(text) else cell
            elif text and column.heading:
                notes[note_name(column.heading)] = text
        self._add(grid, number, cells, marked, notes)

    def _go_on_from_above(self, grid: Grid, number: int, texts: list[str]) -> None:
        """Fill a blank first-level cell from above, and a blank second-level one over a third level.

        Not when an item of a higher level begins in the row. A third level that is one block with the
        second is no level of its own.
        """
        at = {column.field: index for index, column in enumerate(self.columns)}
        first, second, third = (at.get(name, -1) for name in ("level1", "level2", "level3"))
        if third >= 0 and second >= 0 and grid.head(number, third)[1] != third:
            texts[third] = ""
        if first >= 0 and not texts[first]:
            texts[first] = self.above.get(first, "")
        same_first = first < 0 or texts[first] == self.above.get(first)
        if second >= 0 and not texts[second] and same_first and third >= 0 and texts[third]:
            texts[second] = self.above.get(second, "")

    def _resolved(self, grid: Grid, number: int, at: int) -> str:
        text = grid.rows[number][at]
        if not is_same_as_above(text):
            return text
        if at not in self.above:
            place = grid.place(number, at)
            self.problems.append(_nothing_above(text, place, self.columns[at].field))
        return self.above.get(at, "")

    def _add(
        self,
        grid: Grid,
        number: int,
        cells: dict[str, ReadCell],
        marked: list[tuple[Column, ReadCell]],
        notes: dict[str, str],
    ) -> None:
        if not any(cell.text for name, cell in cells.items() if name not in _FILLED_ANYWAY):
            return  # a numbered row that nobody filled in
        own = cells.get("domain")
        domain = joined(own.text).removesuffix("领域") if own else ""
        row, problems = row_of(cells, marked, notes, grid.place(number), domain or self.domain)
        self.rows.append(row)
        self.problems += problems
        if not (row.level1 or row.level2):
            self.problems.append(no_name(row))

    def _settle_domain(self, grid: Grid, first: int) -> None:
        """Give the rows without a domain the one of the sheet, the file, the caller, or the best guess."""
        lacking = [at for at in range(first, len(self.rows)) if not self.rows[at].domain]
        if not lacking:
            return
        sure = domain_of_sheet(grid.name, self.known) or domain_of_sheet(self.file, self.known)
        domain = sure or self.fallback
        if not domain:
            domain = guessed_domain(text for row in grid.rows for text in row)
            self.problems.append(_unsure_domain(grid, domain))
        for at in lacking:
            self.rows[at] = replace(self.rows[at], domain=domain)


def _is_aside(texts: list[str]) -> bool:
    """Whether a row is a footnote, or only numbers the columns (1 2 3 4 5)."""
    if _FOOTNOTE.match(next(text for text in texts if text)):
        return True
    digits = [text.strip("()（）") for text in texts if text]
    return len(digits) > 3 and all(a.isdigit() for a in digits) and digits[0] == "1"


def _nothing_above(text: str, place: Place, name: str) -> Problem:
    return Problem(
        "nothing-above",
        gettext_noop("“%(text)s” has no row above it to refer to. Write out what it stands for."),
        {"text": text},
        place,
        name,
    )


def no_name(row: CatalogueRow) -> Problem:
    """What to say of a row whose item has no name."""
    return Problem(
        "no-name",
        gettext_noop("The item has no name. Fill in its first-level or second-level item."),
        place=row.place,
        field="level2",
        blocking=True,
    )


def _unsure_domain(grid: Grid, domain: str) -> Problem:
    message = gettext_noop(
        "The table “%(table)s” does not say which domain it is of. Write the domain in its title or as the "
        "name of the sheet."
    )
    if domain:
        message = gettext_noop(
            "The table “%(table)s” does not say which domain it is of; from its words it was taken for "
            "“%(domain)s”. Confirm that, or write the domain in its title."
        )
    params = {"table": grid.name, "domain": domain}
    kind = "guessed-domain" if domain else "no-domain"
    return Problem(kind, message, params, grid.place(0), "domain", blocking=True)
