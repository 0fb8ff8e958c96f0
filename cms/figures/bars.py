"""Bars laid out: parts of a whole along a line, and columns of a year. Pure geometry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

#: A stacked bar is this long, a year's chart this wide and high, in the units of the drawing.
LENGTH = 100
MONTH = 30
HEIGHT = 150
_STEPS = (1, 2, 3, 4, 5, 6, 8)


@dataclass(frozen=True)
class Part:
    """A part of a stacked bar from `x` on; `kind` names its look and stands beside its word."""

    kind: str
    word: str | Promise
    number: int
    x: float
    width: float


def stacked(numbers: Sequence[tuple[str, str | Promise, int]], longest: int) -> list[Part]:
    """(kind, word, number) as parts that follow one another; `longest` fills the whole length."""
    parts, x = [], 0.0
    for kind, word, number in numbers:
        width = round(LENGTH * number / longest, 2) if longest else 0.0
        if number:
            parts.append(Part(kind, word, number, round(x, 2), width))
        x += width
    return parts


@dataclass(frozen=True)
class MonthBar:
    """A month of a year's chart; `number` is None for a month that is still to come."""

    year: int
    month: int
    number: int | None
    top: int

    @property
    def x(self) -> int:
        return (self.month - 1) * MONTH

    @property
    def middle(self) -> int:
        return self.x + MONTH // 2

    @property
    def height(self) -> float:
        return round(HEIGHT * (self.number or 0) / self.top, 1) if self.top else 0.0

    @property
    def y(self) -> float:
        return round(HEIGHT - self.height, 1)

    @property
    def label_y(self) -> float:
        return round(self.y - 5, 1)


@dataclass(frozen=True)
class YearChart:
    year: int
    bars: Sequence[MonthBar]

    @property
    def total(self) -> int:
        return sum(bar.number or 0 for bar in self.bars)


def year_charts(numbers: Mapping[tuple[int, int], int], now: tuple[int, int]) -> list[YearChart]:
    """A chart for each year from the first (year, month) to `now`, all on one scale, newest first."""
    years = sorted({year for year, _month in numbers} | {now[0]}, reverse=True)
    top = round_up(max(numbers.values(), default=0))
    return [
        YearChart(
            year,
            [
                MonthBar(
                    year,
                    month,
                    numbers.get((year, month), 0) if (year, month) <= now else None,
                    top,
                )
                for month in range(1, 13)
            ],
        )
        for year in years
    ]


def round_up(number: int) -> int:
    """The next of 1, 2, 3, 4, 5, 6, 8, 10, 20 … that is not smaller."""
    return next(step for step in _round_numbers() if step >= number)


def _round_numbers() -> Iterator[int]:
    power = 1
    while True:
        yield from (power * step for step in _STEPS)
        power *= 10
