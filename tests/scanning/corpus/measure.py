"""Recall and precision per kind over the labelled passages."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from workflows.scanning import scan_text

from .build import DICTIONARY, Labelled

STRUCTURED = [
    "id_card",
    "mobile",
    "bank_card",
    "passport",
    "plate",
    "email",
    "secret_mark",
    "internal_mark",
    "dictionary",
]
CONTEXTUAL = ("address", "minor", "illness")


class Score(NamedTuple):
    """Counts of one kind: found, missed, and found where nothing is."""

    hit: int
    missed: int
    wrong: int

    @property
    def recall(self) -> float:
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def precision(self) -> float:
        return self.hit / (self.hit + self.wrong) if self.hit + self.wrong else 1.0


def found_in(passage: Labelled) -> list[tuple[str, int, int]]:
    """(kind, start, end) of each finding; a name beside a number counts as kind `name`."""
    return [
        ("name" if f.rule.endswith("name_beside") else str(f.kind), f.start, f.end)
        for f in scan_text(passage.text, dictionary=DICTIONARY)
    ]


def _same(a: tuple[str, int, int], b: tuple[str, int, int]) -> bool:
    """Same kind, and most of what was to be found is covered, with little besides."""
    overlap = min(a[2], b[2]) - max(a[1], b[1])
    return a[0] == b[0] and overlap * 2 > max(a[2] - a[1], b[2] - b[1])


def measure(passages: Iterable[Labelled]) -> tuple[dict[str, Score], list[str]]:
    """Scores by kind, and one line for each miss or false alarm."""
    hit, missed, wrong = Counter[str](), Counter[str](), Counter[str]()
    faults: list[str] = []
    for passage in passages:
        found = found_in(passage)
        for span in passage.spans:
            if any(_same(span, other) for other in found):
                hit[span[0]] += 1
            else:
                missed[span[0]] += 1
                faults.append(
                    f"MISS {span[0]}: {passage.text[span[1] : span[2]]!r} in {passage.text!r}"
                )
        for other in found:
            if not any(_same(span, other) for span in passage.spans):
                wrong[other[0]] += 1
                faults.append(
                    f"WRONG {other[0]}: {passage.text[other[1] : other[2]]!r} in {passage.text!r}"
                )
    kinds = (*STRUCTURED, *CONTEXTUAL, "name")
    return {kind: Score(hit[kind], missed[kind], wrong[kind]) for kind in kinds}, faults
