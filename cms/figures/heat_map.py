"""A heat map laid out: where each cell stands and how strong it is. Pure geometry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: The side of a cell in the units of the drawing; the stylesheet says how large a unit is.
SIDE = 20
GAP = 1
#: What a letter of a row's or a column's name takes, and the space between names and cells.
LETTER = 9
MARGIN = 6


@dataclass(frozen=True)
class Share:
    """How much of a whole there is, and how much of it is late."""

    part: int = 0
    whole: int = 0
    late: int = 0

    @property
    def level(self) -> int:
        """0 nothing, 1 less than half, 2 half or more, 3 all of it."""
        if not self.part:
            return 0
        if self.part >= self.whole:
            return 3
        return 2 if 2 * self.part >= self.whole else 1

    @property
    def percent(self) -> int:
        return round(100 * self.part / self.whole) if self.whole else 0

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.whole + other.whole, self.late + other.late)


@dataclass(frozen=True)
class HeatCell:
    """One cell; `words` say all that its colour says, `address` is the list behind it."""

    row: int
    column: int
    share: Share
    words: str
    address: str

    @property
    def x(self) -> int:
        return self.column * SIDE

    @property
    def y(self) -> int:
        return self.row * SIDE

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + SIDE // 2, self.y + SIDE // 2

    @property
    def corner(self) -> str:
        """The upper right corner, as a path names a point."""
        return f"{self.x + SIDE - GAP} {self.y}"


@dataclass(frozen=True)
class Line:
    """A row or a column: its place along the drawing, its name, and the list behind it."""

    at: int
    name: str
    address: str
    share: Share

    @property
    def middle(self) -> int:
        return self.at * SIDE + SIDE // 2


@dataclass(frozen=True)
class HeatMap:
    rows: Sequence[Line]
    columns: Sequence[Line]
    cells: Sequence[HeatCell]

    #: The side of the square that is drawn within a cell.
    side = SIDE - GAP

    @property
    def width(self) -> int:
        return len(self.columns) * SIDE

    @property
    def height(self) -> int:
        return len(self.rows) * SIDE

    @property
    def wide(self) -> str:
        """The width in em: a cell is two em wide, so that it grows with the type."""
        return f"{2 * len(self.columns)}em"

    @property
    def high(self) -> str:
        return f"{2 * len(self.rows)}em"

    @property
    def top(self) -> int:
        """The height of the column names, which stand upright."""
        return LETTER * max((len(line.name) for line in self.columns), default=0) + MARGIN

    @property
    def top_high(self) -> str:
        return f"{2 * self.top / SIDE}em"

    @property
    def top_text(self) -> int:
        """Where the column names end."""
        return self.top - MARGIN

    @property
    def side_width(self) -> int:
        """The width of the row names."""
        return LETTER * max((len(line.name) for line in self.rows), default=0) + MARGIN

    @property
    def side_wide(self) -> str:
        return f"{2 * self.side_width / SIDE}em"

    @property
    def side_text(self) -> int:
        return self.side_width - MARGIN

    def table(self) -> Iterable[tuple[Line, list[HeatCell | None]]]:
        """The same figures by rows; None where there is no cell."""
        at = {(cell.row, cell.column): cell for cell in self.cells}
        for row in self.rows:
            yield row, [at.get((row.at, column.at)) for column in self.columns]

    def by_column(self) -> Iterable[tuple[Line, list[tuple[Line, HeatCell]]]]:
        """The cells of each column, each with its row, for screens too narrow for the picture."""
        for column in self.columns:
            own = [cell for cell in self.cells if cell.column == column.at]
            yield column, [(self.rows[cell.row], cell) for cell in own]
