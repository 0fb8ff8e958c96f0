"""What queries should find, judged by reading the pages (bench/relevance_set/*.toml).

Each query says which pages are worth 3 (what the reader came for), 2 (a good part of it) and 1
(belongs to the matter), by patterns of their titles; `item:` stands before rows of the catalogue.
A page takes the best grade of the patterns that it fits. `{index:TITLE}` in a query is that page's
index number, `{wide index:TITLE}` the same in full-width characters.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from math import log2
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "relevance_set"
_INDEX = re.compile(r"\{(?P<wide>wide )?index:(?P<title>.+)\}")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
FIRST = 10
FIRST_SEEN = 3
GOOD = 2


@dataclass(frozen=True)
class Judged:
    """`grades` are by name (a title, or `item:` and a title); every page not named is worth 0."""

    query: str
    group: str
    grades: Mapping[str, int]

    def ndcg(self, names: Sequence[str]) -> float:
        """Normalised discounted cumulative gain of the first ten, with gains of 2^grade - 1."""
        best = sorted(self.grades.values(), reverse=True)[:FIRST]
        return _gain([self.grades.get(name, 0) for name in names[:FIRST]]) / _gain(best)

    def is_success(self, names: Sequence[str]) -> bool:
        """Whether one of the first three answers a good part of the question (2 or 3)."""
        return any(self.grades.get(name, 0) >= GOOD for name in names[:FIRST_SEEN])

    def has_best(self, names: Sequence[str]) -> bool:
        """Whether one of the first three is as good as any there is."""
        best = max(self.grades.values())
        return any(self.grades.get(name, 0) == best for name in names[:FIRST_SEEN])


def read_judgements(index_numbers: Mapping[str, str]) -> list[Judged]:
    """Every judged query over these pages: their index numbers, by name.

    Raises:
        SystemExit: a pattern fits no page, so the judgements are of other pages.
    """
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["query"]:
            patterns = [(grade, each) for grade in (1, 2, 3) for each in row.get(str(grade), [])]
            grades: dict[str, int] = {}
            for grade, pattern in patterns:
                fitting = [name for name in index_numbers if _fits(name, pattern)]
                if not fitting:
                    raise SystemExit(f"{path.name}: no page fits {pattern} ({row['q']})")
                grades |= dict.fromkeys(fitting, grade)
            found.append(Judged(_typed(row["q"], index_numbers), path.stem, grades))
    return found


def _fits(name: str, pattern: str) -> bool:
    return name.startswith("item:") == pattern.startswith("item:") and fnmatchcase(name, pattern)


def _typed(query: str, index_numbers: Mapping[str, str]) -> str:
    match = _INDEX.fullmatch(query)
    if match is None:
        return query
    number = index_numbers[match["title"]]
    return number.translate(_WIDE) if match["wide"] else number


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))
