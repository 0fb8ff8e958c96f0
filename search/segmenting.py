"""Chinese text cut into words, the same way for the index and for a query."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from search.dictionary import WORDS, segmenter
from search.normalising import fold
from search.numbers import HAN, find_numbers, find_numbers_in_query

LONGEST_TOKEN = 64

# Words of grammar and of asking, which nearly every text has or no text has.
STOP_WORDS = frozenset((WORDS / "stop_words.txt").read_text(encoding="utf-8").split())

_PIECES = re.compile(
    rf"(?P<han>[{HAN}]+)|(?P<word>(?:(?![{HAN}])[^\W_])+)|(?P<stop>[。!?;…\n]+)",
)


@dataclass(frozen=True)
class Piece:
    """A part of folded text at [start, end): a run of Han characters, another word, or the end of a sentence."""

    kind: Literal["han", "word", "stop"]
    text: str
    start: int
    end: int


def pieces(folded: str) -> Iterator[Piece]:
    for match in _PIECES.finditer(folded):
        kind: Literal["han", "word", "stop"] = match.lastgroup  # type: ignore[assignment]
        yield Piece(kind, match[0], match.start(), match.end())


def words_of_run(run: str) -> list[str]:
    """The words of a run of Han characters, longer words also with the words within them."""
    return list(segmenter().cut_for_search(run))


def exact_words_of_run(run: str) -> list[str]:
    """The words of a run of Han characters, none overlapping another."""
    return list(segmenter().cut(run))


def segment_for_index(text: str) -> str:
    """The words of a text, folded, with blanks between; numbers (numbers.py) are one word and their parts."""
    folded = fold(text)
    words: list[str] = []
    for piece in pieces(folded):
        if piece.kind == "han":
            words += words_of_run(piece.text)
        elif piece.kind == "word":
            words.append(piece.text[:LONGEST_TOKEN])
    for number in find_numbers(folded):
        words += number.tokens_for_index()
    return " ".join(words)


def segment_for_query(text: str) -> list[str]:
    """The different words a reader asks for, in their order; words of grammar are left out where others remain."""
    folded = fold(text)
    words: list[str] = []
    for number in reversed(find_numbers_in_query(folded)):
        words.append(number.token)
        folded = folded[: number.start] + " " + folded[number.end :]
    for piece in pieces(folded):
        if piece.kind == "han":
            words += exact_words_of_run(piece.text)
        elif piece.kind == "word":
            words.append(piece.text[:LONGEST_TOKEN])
    return without_stop_words(list(dict.fromkeys(words)))


def without_stop_words(words: list[str]) -> list[str]:
    return [word for word in words if word not in STOP_WORDS] or words
