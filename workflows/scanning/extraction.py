"""The text of a file as its reader sees it, for the public search. Use `extract_text`, which keeps limits.

Left out is what no reader sees: comments, properties, deleted and hidden words, hidden sheets,
notes of slides, files within the file. Rows and columns hidden within a sheet are read.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache

from .items import SAMPLE, Item, Note, Passage
from .kinds import Kind
from .limits import Budget, Limits
from .readers.dispatch import read
from .words import place

_NUMBER = r"\d+"
# The words behind a scanned page are there to be searched.
_SEARCHED = "hidden_content.invisible"
_HIDDEN_SHEET = "hidden_content.sheet"
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class FileWords:
    """`text` has a line for each paragraph or row; `problem` says what could not be read, if anything."""

    text: str = ""
    problem: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


@cache
def _seen() -> re.Pattern[str]:
    """Places of passages that a reader sees, by the names the readers give them."""
    stories = [place(f"story_{kind}") for kind in ("document", "footnotes", "endnotes")]
    places = [
        place(kind, story=rf"{story}\d*", number=_NUMBER, table=_NUMBER, row=_NUMBER)
        for kind in ("paragraph", "row")
        for story in stories
    ]
    slide = place("slide", number=_NUMBER)
    places += [place("sheet_name"), place("sheet", sheet=".*") + r"!\d+"]
    places += [place(kind, slide=slide, number=_NUMBER) for kind in ("shape", "page", "line")]
    return re.compile("|".join(places), re.DOTALL)


class _Gathering:
    def __init__(self, most: int) -> None:
        self.left = most
        self.texts: list[tuple[str, str]] = []
        self.unseen: dict[str, list[str]] = {}
        self.hidden_sheets: set[str] = set()
        self.problem = ""

    def add(self, item: Item) -> None:
        if isinstance(item, Note) and item.kind is Kind.HIDDEN_CONTENT:
            if item.rule == _HIDDEN_SHEET:
                self.hidden_sheets.add(item.place)
            elif item.rule != _SEARCHED:
                self.unseen.setdefault(item.place, []).append(item.text)
        elif isinstance(item, Note) and item.kind is Kind.UNREADABLE:
            self.problem = self.problem or item.detail
        elif isinstance(item, Passage) and self.left > 0 and _seen().fullmatch(item.place):
            text = _without_labels(item)[: self.left]
            self.texts.append((item.place, text))
            self.left -= len(text) + 1

    def is_full(self, item: Item) -> bool:
        """Whether nothing more is wanted; only at its end does a sheet say that it is hidden."""
        return self.left <= 0 and _sheet(self.texts[-1][0]) != _sheet(item.place)

    def words(self) -> FileWords:
        seen = [
            _without(text, self.unseen.get(where, ()))
            for where, text in self.texts
            if _sheet(where) not in self.hidden_sheets
        ]
        return FileWords("\n".join(filter(None, seen)), self.problem)


def file_words(data: bytes, name: str, limits: Limits, most: int) -> FileWords:
    """The first `most` characters of a file's text, read in this very process."""
    gathering = _Gathering(most)
    for item in read(data, name, Budget(limits)):
        if gathering.is_full(item):
            break
        gathering.add(item)
    return gathering.words()


def _sheet(where: str) -> str:
    """The sheet at or in which a place is; "" for a place in another kind of file."""
    before = where.rpartition("!")[0] or where
    return before if re.fullmatch(place("sheet", sheet=".*"), before, re.DOTALL) else ""


def _without(text: str, unseen: Iterable[str]) -> str:
    """A passage without what its reader does not see; nothing where only a sample of that is known."""
    for sample in unseen:
        if len(sample) >= SAMPLE:
            return ""
        if len(sample) >= _FEWEST:
            text = text.replace(sample, "")
    return text


def _without_labels(passage: Passage) -> str:
    """A row without the headers that stand before its cells for the scanner's sake."""
    if not passage.cells:
        return passage.text
    return " ".join(passage.text[cell.start : cell.end] for cell in passage.cells)
