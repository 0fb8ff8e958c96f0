"""Finding the heading rows of a table, and what each column below them holds."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue_standards.files.grid import Grid
from catalogue_standards.files.texts import joined
from catalogue_standards.files.words import (
    FIELD_OF_HEADING,
    MARKED_FIELDS,
    VALUE_OF_HEADING,
    heading_key,
    usual_channels,
)

_LEAST = 3  # recognised headings; fewer may be a sentence that happens to use such words
_ITEMS = {"item", "level1", "level2", "level3"}
_LEVELS = ("level1", "level2", "level3")
_MOST_HEADING_ROWS = 4
_FIELDS = tuple(dict.fromkeys(FIELD_OF_HEADING.values()))


@dataclass(frozen=True)
class Column:
    """What a column holds.

    `field` is a key of words.toml [headings], or "note" for a further column. `value` is set where the
    column holds marks for one value of the field: a channel, 全社会, 主动, 县级.
    """

    field: str
    heading: str
    value: str = ""


@dataclass(frozen=True)
class Headings:
    """The heading rows of a table, from `first` to before `end`, and its columns."""

    first: int
    end: int
    columns: tuple[Column, ...]


def find_headings(grid: Grid, row: int) -> Headings | None:
    """The headings whose first row is `row`; None if that is no heading row."""
    fields = {FIELD_OF_HEADING.get(heading_key(text)) for text in grid.rows[row] if text} - {None}
    if len(fields) < _LEAST or not fields & _ITEMS or not fields - _ITEMS - {"sequence", "domain"}:
        return None
    end = row + 1
    while end < len(grid.rows) and end - row < _MOST_HEADING_ROWS and _goes_on(grid, row, end):
        end += 1
    paths = [_path(grid, row, end, column) for column in range(grid.width)]
    return Headings(row, end, tuple(_columns(paths)))


def _goes_on(grid: Grid, first: int, row: int) -> bool:
    """Whether `row` is a lower heading row: it only refines the headings above it."""
    own = 0
    for column, text in enumerate(grid.rows[row]):
        if not text or grid.head(row, column)[0] < row:
            continue
        parent = _column(_path(grid, first, row, column)).field
        key = heading_key(text)
        if (
            (
                parent in MARKED_FIELDS
                and (key in VALUE_OF_HEADING.get(parent, {}) or parent == "channels")
            )
            or FIELD_OF_HEADING.get(key) in _FIELDS
            or _value_of(key)
        ):
            own += 1
        else:
            return False
    return own > 0


def _path(grid: Grid, first: int, end: int, column: int) -> list[str]:
    """The heading texts over a column, top down, each once.

    A blank cell over a filled one belongs to the heading on its left, as in files that lost their merging.
    """
    path: list[str] = []
    for row in range(first, end):
        text = joined(grid.rows[row][column])
        if not text and row < len(grid.rows) - 1 and row == first and grid.rows[row + 1][column]:
            left = [joined(t) for t in grid.rows[row][:column] if t]
            text = left[-1] if left else ""
        if text and text not in path:
            path.append(text)
    return path


def _columns(paths: list[list[str]]) -> list[Column]:
    columns = [_column(path) for path in paths]
    taken = {column.field for column in columns if column.field in _LEVELS}
    single = sum(column.field == "item" for column in columns) == 1
    free = [level for level in (_LEVELS[1:] if single else _LEVELS) if level not in taken]
    free = free or [level for level in _LEVELS if level not in taken]
    seen: set[str] = set()
    result: list[Column] = []
    for column in columns:
        field = column.field
        if field == "item":
            field = free.pop(0) if free else "note"
        if field != "note" and not column.value and field in seen:
            field = "note"
        seen.add(field)
        result.append(Column(field, column.heading, column.value))
    return result


def _column(path: list[str]) -> Column:
    if not path:
        return Column("note", "")
    leaf = path[-1]
    key = heading_key(leaf)
    parents = [FIELD_OF_HEADING.get(heading_key(text), "") for text in path[:-1]]
    for parent in reversed(parents):
        if parent in MARKED_FIELDS and FIELD_OF_HEADING.get(key) != parent:
            value = VALUE_OF_HEADING.get(parent, {}).get(key)
            if value or parent == "channels":
                return Column(parent, leaf, value or leaf.lstrip("■□●○▲△√☑☐"))
    if field := FIELD_OF_HEADING.get(key):
        return Column(field, leaf)
    if found := _value_of(key):
        return Column(found[0], leaf, found[1] or leaf)
    above = next((field for field in reversed(parents) if field), "")
    return Column(above, leaf) if above else Column("note", leaf)


def _value_of(key: str) -> tuple[str, str] | None:
    for field, values in VALUE_OF_HEADING.items():
        if key in values:
            return field, values[key]
    return ("channels", "") if key in usual_channels() else None
