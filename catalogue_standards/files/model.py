"""What a catalogue file holds, once it has been read: rows, where each cell stood, and problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def gettext_noop(message: str) -> str:
    """Mark a message for translation by whoever shows it; reading a file needs no Django."""
    return message


class CatalogueFileError(ValueError):
    """The file cannot be read as a catalogue at all.

    Show it as `gettext(error.message) % error.params`; it says what to do about the file.
    """

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message % params)
        self.message = message
        self.params = params


@dataclass(frozen=True)
class Place:
    """Where a cell stands: sheet name (or 表1, 表2 in a Word file), row and column counted from 1."""

    table: str
    row: int
    column: int | None = None

    def __str__(self) -> str:
        if self.column is None:
            return f"{self.table}!{self.row}"
        return f"{self.table}!{_letters(self.column)}{self.row}"


def _letters(column: int) -> str:
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


@dataclass(frozen=True)
class Problem:
    """Something a person should look at. A blocking one keeps the file from being applied.

    Show it as `gettext(problem.message) % problem.params`. `kind` is stable, for filters and fixes.
    `field` is the key of the row's cell that it concerns, or "" when it is the whole row or table.
    """

    kind: str
    message: str
    params: dict[str, Any] = field(default_factory=dict)
    place: Place | None = None
    field: str = ""
    blocking: bool = False

    def __str__(self) -> str:
        return self.message % self.params


@dataclass(frozen=True)
class ReadCell:
    """A cell's words as read, 同上 and merged cells followed, with the place they were asked for."""

    text: str
    place: Place


@dataclass(frozen=True)
class CatalogueRow:
    """One item as the file states it, in the file's own words; nothing is looked up.

    `channels` are the required (■) ones and `optional_channels` the optional (□), in file order.
    `levels` are among 县级, 乡级, 村级. `rhythm` is the cell as written. `notes` holds the further columns
    by heading. `cells` keeps what each field was read from, by field name; `place` is the row itself.
    """

    place: Place
    domain: str = ""
    level1: str = ""
    level2: str = ""
    level3: str = ""
    content: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    time_limit: str = ""
    subject: str = ""
    channels: tuple[str, ...] = ()
    optional_channels: tuple[str, ...] = ()
    audience: str = ""
    audience_group: str = ""
    method: str = ""
    levels: tuple[str, ...] = ()
    rhythm: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    cells: dict[str, ReadCell] = field(default_factory=dict)

    def place_of(self, name: str) -> Place:
        """The place of a field's cell, or of the row where the file has no such cell."""
        cell = self.cells.get(name)
        return cell.place if cell else self.place


@dataclass(frozen=True)
class CatalogueReading:
    """What a file was understood to say, with what could not be understood."""

    rows: tuple[CatalogueRow, ...]
    problems: tuple[Problem, ...]
