"""“Did you mean”: a query that finds nothing, with a word put in the place of one that sounds like it.

Chinese is typed by sound, so a slip gives another word of the same sound: 义务较育, 土地正收. Only words the
county itself uses are offered, and only what finds something.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pypinyin import lazy_pinyin

from search.dictionary import BUILT_IN
from search.models import Entry
from search.normalising import fold
from search.segmenting import pieces
from search.vocabulary import county_words

LONGEST_WORD = 8
_SHORTEST_WORD = 2
#: Keywords are read from this many of the newest entries.
_MOST_ENTRIES = 2000
# Sounds that many speakers do not tell apart: zh z, ch c, sh s, n l at the beginning, ng n at the end.
_MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"))


def alternatives(query: str, day: str) -> Iterator[str]:
    """Queries that sound like `query`, the one with the longest familiar word first.

    `day` names the day, so that the words are read anew every day.
    """
    folded = fold(query)
    by_sound = _words_by_sound(day)
    for piece in pieces(folded):
        if piece.kind != "han":
            continue
        for start, end in _windows(len(piece.text)):
            word = piece.text[start:end]
            for other in by_sound.get(_sound(word), ()):
                if other != word:
                    at = piece.start + start
                    yield folded[:at] + other + folded[at + len(word) :]


def _windows(length: int) -> Iterator[tuple[int, int]]:
    for size in range(min(length, LONGEST_WORD), _SHORTEST_WORD - 1, -1):
        for start in range(length - size + 1):
            yield start, start + size


@lru_cache(maxsize=1)
def _words_by_sound(day: str) -> dict[str, list[str]]:
    words: dict[str, list[str]] = defaultdict(list)
    for word in dict.fromkeys(map(fold, _words())):
        if _SHORTEST_WORD <= len(word) <= LONGEST_WORD:
            words[_sound(word)].append(word)
    return dict(words)


def _words() -> Iterable[str]:
    yield from BUILT_IN
    yield from county_words()
    newest = Entry.objects.exclude(keywords="").order_by("-published_at")
    for keywords in newest.values_list("keywords", flat=True)[:_MOST_ENTRIES]:
        yield from keywords.replace("，", " ").replace("、", " ").split()


def _sound(word: str) -> str:
    """How a word sounds, without tones and without what many speakers do not tell apart."""
    return " ".join(_plain(syllable) for syllable in lazy_pinyin(word))


def _plain(syllable: str) -> str:
    for marked, plain in _MERGED:
        if syllable.startswith(marked):
            syllable = plain + syllable[2:]
    if syllable.startswith("n") and len(syllable) > 1:
        syllable = "l" + syllable[1:]
    return syllable.removesuffix("g") if syllable.endswith("ng") else syllable
