"""Two versions of a text side by side: paragraph by paragraph, with the words that changed marked.

Pure Python. The articles (第X条) of a document are set beside each other first, by their number and
by what they say, so that an article that only moved is not told as struck and written anew; then
the paragraphs within them; then the words within each pair.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache, lru_cache
from typing import TypeVar

from rjieba import Jieba

T = TypeVar("T")

_HAN = "一二三四五六七八九十百零〇0-9０-９"
_ARTICLE = re.compile(rf"\s*(第[{_HAN}]+条(?:之[{_HAN}]+)?)\s*")
_DIVISION = re.compile(rf"\s*(?:第[{_HAN}]+[编章节]\s*|附[件表录则]\s*[{_HAN}]*\s*[：:、]?)")
_NUMBER = re.compile(
    rf"\s*(第[{_HAN}]+[编章节条款]|[（(][{_HAN}]+[）)]|[{_HAN}]+[、.．]|附[件表录]\s*[{_HAN}]*)"
)
_BLANK = re.compile(r"\s+")
_FIGURES = re.compile(r"\d+")
_TELLING = re.compile(r"\w")

#: From here two texts are versions of one another; numbers that agree lower the bar.
_ALIKE = 0.35
_ALIKE_BY_NUMBER = 0.15
_SAME_NUMBER = 0.25
#: Of two texts that share less than this, marks within the text would only confuse.
_SHARED = 0.25
#: Beyond so many pairs only those near the diagonal are looked at; beyond so many words, none.
_PAIRS = 200_000
_WORDS = 4_000


class Mark(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"  # of a row alone: some of it kept, some not


@dataclass(frozen=True)
class Segment:
    """A run of text; `mark` is KEPT, REMOVED (only in the old) or ADDED (only in the new)."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class Row:
    """A paragraph of both versions. `segments` read on as one text, what was removed before what
    was added in its place; `old` and `new` are each version's own, empty where it has none."""

    mark: Mark
    segments: tuple[Segment, ...]

    @property
    def old(self) -> tuple[Segment, ...]:
        return tuple(part for part in self.segments if part.mark != Mark.ADDED)

    @property
    def new(self) -> tuple[Segment, ...]:
        return tuple(part for part in self.segments if part.mark != Mark.REMOVED)


def compare(old: Sequence[str], new: Sequence[str]) -> list[Row]:
    """The paragraphs of both versions in reading order; blank ones are left out.

    What differs only in blanks is the same. Every character of both versions stands in the rows.
    """
    rows: list[Row] = []
    for before, after in _aligned(_units(old), _units(new), _unit_key):
        for one, other in _aligned(before or (), after or (), _paragraph_key):
            rows.append(_row(one, other))
    return rows


def _units(paragraphs: Iterable[str]) -> list[tuple[str, ...]]:
    """Each article with the paragraphs that follow it; whatever is in none, alone."""
    units: list[list[str]] = []
    in_article = False
    for paragraph in paragraphs:
        if not paragraph.strip():
            continue
        starts = _ARTICLE.match(paragraph) is not None
        ends = _DIVISION.match(paragraph) is not None
        if in_article and not starts and not ends:
            units[-1].append(paragraph.strip())
        else:
            units.append([paragraph.strip()])
        in_article = starts or (in_article and not ends)
    return [tuple(unit) for unit in units]


@dataclass(frozen=True)
class _Key:
    """What a text is recognised by: its number and its pairs of neighbouring characters."""

    whole: str
    number: str
    pairs: frozenset[str]


def _unit_key(unit: tuple[str, ...]) -> _Key:
    return _paragraph_key("\n".join(unit))


@lru_cache(maxsize=2048)
def _paragraph_key(text: str) -> _Key:
    found = _NUMBER.match(text)
    said = _FIGURES.sub("0", _BLANK.sub("", text[found.end() :] if found else text))
    pairs = frozenset(said[at : at + 2] for at in range(len(said) - 1)) or frozenset({said})
    number = _BLANK.sub("", found[1]) if found else ""
    return _Key(_BLANK.sub("", text), number, pairs)


def _likeness(one: _Key, other: _Key) -> float:
    """How well two texts go together; 0 where they must not stand beside each other."""
    if one.whole == other.whole:
        return 1 + _SAME_NUMBER
    shared = 2 * len(one.pairs & other.pairs) / (len(one.pairs) + len(other.pairs))
    same_number = bool(one.number) and one.number == other.number
    if shared < (_ALIKE_BY_NUMBER if same_number else _ALIKE):
        return 0
    return shared + same_number * _SAME_NUMBER


def _aligned(
    old: Sequence[T], new: Sequence[T], key_of: Callable[[T], _Key]
) -> Iterator[tuple[T | None, T | None]]:
    """Both sequences in their order, what goes together beside each other."""
    keys = [key_of(each) for each in old], [key_of(each) for each in new]
    same = SequenceMatcher(
        None, [key.whole for key in keys[0]], [key.whole for key in keys[1]], autojunk=False
    )
    for kind, a, b, c, d in same.get_opcodes():
        if kind == "equal":
            yield from zip(old[a:b], new[c:d], strict=True)
            continue
        at = a, c
        for one, other in _best(keys[0][a:b], keys[1][c:d]):
            yield from _between(old[at[0] : a + one], new[at[1] : c + other])
            yield old[a + one], new[c + other]
            at = a + one + 1, c + other + 1
        yield from _between(old[at[0] : b], new[at[1] : d])


def _between(old: Sequence[T], new: Sequence[T]) -> Iterator[tuple[T | None, T | None]]:
    yield from ((each, None) for each in old)
    yield from ((None, each) for each in new)


def _best(old: Sequence[_Key], new: Sequence[_Key]) -> list[tuple[int, int]]:
    """The places that go together, in order, of the greatest likeness in all."""
    if not old or not new:
        return []
    reach = max(1, _PAIRS // (2 * len(old))) if len(old) * len(new) > _PAIRS else len(new)
    # best[i][j] is the likeness within old[i:] and new[j:].
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    taken: set[tuple[int, int]] = set()
    for i in range(len(old) - 1, -1, -1):
        middle = i * len(new) // len(old)
        for j in range(len(new) - 1, -1, -1):
            likeness = _likeness(old[i], new[j]) if abs(j - middle) <= reach else 0
            together = best[i + 1][j + 1] + likeness if likeness else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
            if likeness and together == best[i][j]:
                taken.add((i, j))
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if (i, j) in taken:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _row(old: str | None, new: str | None) -> Row:
    if old is None or new is None:
        mark = Mark.ADDED if old is None else Mark.REMOVED
        return Row(mark, (Segment(mark, old if new is None else new),))  # type: ignore[arg-type]
    if _BLANK.sub("", old) == _BLANK.sub("", new):
        return Row(Mark.KEPT, (Segment(Mark.KEPT, new),))
    segments = tuple(_marked(words_of(old), words_of(new)))
    kept = sum(len(part.text) for part in segments if part.mark == Mark.KEPT)
    if kept < _SHARED * max(len(old), len(new)):
        segments = Segment(Mark.REMOVED, old), Segment(Mark.ADDED, new)
    return Row(Mark.CHANGED, segments)


def words_of(text: str) -> list[str]:
    """The words of a Chinese text; together they are the text."""
    return list(_segmenter().cut(text))


@cache
def _segmenter() -> Jieba:
    return Jieba()


def _marked(old: list[str], new: list[str]) -> Iterator[Segment]:
    removed, added = "", ""
    for same, one, other in _runs(old, new):
        if not same:
            removed, added = removed + one, added + other
            continue
        yield from _changed(removed, added)
        removed, added = "", ""
        yield Segment(Mark.KEPT, other)
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[Segment]:
    if removed:
        yield Segment(Mark.REMOVED, removed)
    if added:
        yield Segment(Mark.ADDED, added)


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[bool, str, str]]:
    """Runs of words: whether they are the same, in the old, in the new.

    A lone mark or character that happens to stand in both amid changes counts as changed.
    """
    if max(len(old), len(new)) > _WORDS:
        yield False, "".join(old), "".join(new)
        return
    one_plain, other_plain = ([_BLANK.sub(" ", word) for word in words] for words in (old, new))
    codes = SequenceMatcher(None, one_plain, other_plain, autojunk=False).get_opcodes()
    for place, (kind, a, b, c, d) in enumerate(codes):
        one, other = "".join(old[a:b]), "".join(new[c:d])
        amid = 0 < place < len(codes) - 1
        lone = len(_TELLING.findall(other)) < 2
        yield kind == "equal" and not (amid and lone), one, other
