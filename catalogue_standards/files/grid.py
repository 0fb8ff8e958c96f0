"""A table as a grid of texts, whatever file it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from catalogue_standards.files.model import CatalogueFileError, Place, gettext_noop

MOST_ROWS = 20_000  # of one table; the 26 domains of a county have some 1,000 together
MOST_COLUMNS = 60
_MOST_MERGED = 1_000_000  # cells under merged blocks; more is no table but an attack

Position = tuple[int, int]


@dataclass
class Grid:
    """Texts by row and column, counted from 0, every row equally long.

    A cell under a merged block has the text of the block's first cell; `heads` maps it, and the first
    cell too, to the position of that first cell. `captions` are words that stood before the table.
    """

    name: str
    rows: list[list[str]]
    heads: dict[Position, Position] = field(default_factory=dict)
    captions: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def head(self, row: int, column: int) -> Position:
        """The first cell of the merged block of which this cell is part, or the cell itself."""
        return self.heads.get((row, column), (row, column))

    def place(self, row: int, column: int | None = None) -> Place:
        return Place(self.name, row + 1, None if column is None else column + 1)


def squared(rows: list[list[str]]) -> list[list[str]]:
    """The rows made equally long, without the blank rows and columns at the end."""
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((i + 1 for row in rows for i, text in enumerate(row) if text), default=0)
    return [row[:width] + [""] * (width - len(row)) for row in rows]


def merge(grid: Grid, blocks: Iterable[tuple[int, int, int, int]]) -> None:
    """Spread each block's first text over it; blocks are (row, column, last row, last column).

    Raises CatalogueFileError when the blocks cover more cells than any real table has.
    """
    covered = 0
    for top, left, bottom, right in blocks:
        if top >= len(grid.rows) or left >= grid.width:
            continue
        bottom, right = min(bottom, len(grid.rows) - 1), min(right, grid.width - 1)
        covered += (bottom - top + 1) * (right - left + 1)
        if covered > _MOST_MERGED:
            raise CatalogueFileError(
                gettext_noop(
                    "The table “%(table)s” has more merged cells than a catalogue can have. Copy the "
                    "table into a new file and import that."
                ),
                table=grid.name,
            )
        text = grid.rows[top][left]
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                grid.rows[row][column] = text
                grid.heads[row, column] = (top, left)


def too_long(name: str) -> CatalogueFileError:
    return CatalogueFileError(
        gettext_noop(
            "The table “%(table)s” has more than %(most)s rows. Split it by domain and import the "
            "parts one by one."
        ),
        table=name,
        most=MOST_ROWS,
    )
