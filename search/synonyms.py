"""A reader's words together with what administrators say means the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from modelsearch.query import And, Or, Phrase, PlainText, SearchQuery

from search.models import SynonymGroup
from search.normalising import fold
from search.numbers import find_numbers_in_query
from search.queries import reader_query
from search.segmenting import STOP_WORDS, exact_words_of_run, pieces, words_of_run
from search.terms import has_telling_terms

_QUOTATION = '"“”「」『』＂'


class Synonyms:
    """Every word that has synonyms. Read anew for each search, so that a change counts at once."""

    def __init__(self, groups: list[list[str]]) -> None:
        self._groups: dict[str, list[str]] = {}
        for group in groups:
            for word in group:
                # A word that stands in several groups means all of them.
                known = self._groups.get(word, [])
                self._groups[word] = list(dict.fromkeys([*known, *group]))
        self._longest = max((len(word) for word in self._groups), default=0)

    @classmethod
    def kept(cls) -> Synonyms:
        """Those in the database; one query."""
        return cls([group.word_list for group in SynonymGroup.objects.all()])

    def query(self, text: str, *, broad: bool = False) -> SearchQuery:
        """The query for what a reader typed; what stands in quotation marks means only itself.

        A broad query asks for any of the words, also of those within longer words.
        """
        if any(mark in text for mark in _QUOTATION):
            return reader_query(text)
        folded = fold(text)
        parts = list(self._parts(folded))
        found: list[SearchQuery] = [
            Or([Phrase(word) for word in self._groups[folded[part.start : part.end]]])
            for part in parts
        ]
        if broad:
            return Or([*found, PlainText(" ".join(_short_words(folded)), operator="or")])
        if not found:
            return reader_query(text)
        rest = _rest(folded, parts)
        return And([*found, PlainText(rest)]) if rest else _all(found)

    def expand(self, text: str) -> str:
        """`text` and the synonyms of its words, for highlighting."""
        folded = fold(text)
        added = [
            word
            for part in self._parts(folded)
            for word in self._groups[folded[part.start : part.end]]
        ]
        return " ".join([text, *added])

    def _parts(self, folded: str) -> Iterator[_Part]:
        """Where words with synonyms stand, longest first from the left; never across a word's edge."""
        if not self._groups:
            return
        edges = _word_edges(folded)
        at = 0
        while at < len(folded):
            ends = range(min(len(folded), at + self._longest), at + 1, -1)
            end = next(
                (end for end in ends if {at, end} <= edges and folded[at:end] in self._groups), None
            )
            if end is None:
                at += 1
            else:
                yield _Part(at, end)
                at = end


def can_be_broadened(texts: tuple[str, ...]) -> bool:
    """Whether there is more than one word to choose from, and neither a quotation nor a number."""
    joined = " ".join(texts)
    if any(mark in joined for mark in _QUOTATION) or list(find_numbers_in_query(fold(joined))):
        return False
    return len(_short_words(fold(joined))) > 1


@dataclass(frozen=True)
class _Part:
    start: int
    end: int


def _word_edges(folded: str) -> set[int]:
    """Places where a word begins or ends; none within a document or index number."""
    edges: set[int] = set()
    for piece in pieces(folded):
        at = piece.start
        for word in exact_words_of_run(piece.text) if piece.kind == "han" else [piece.text]:
            edges |= {at, at + len(word)}
            at += len(word)
    for number in find_numbers_in_query(folded):
        edges -= set(range(number.start + 1, number.end))
    return edges


def _rest(folded: str, parts: list[_Part]) -> str:
    """What stands beside the parts; "" when that is nothing but words of grammar."""
    at, texts = 0, []
    for part in [*parts, _Part(len(folded), len(folded))]:
        between = folded[at : part.start]
        # A character beside a word with synonyms is left over: 办 in 办低保.
        if len(between) > 1 or not between.isalpha():
            texts.append(between)
        at = part.end
    rest = " ".join(texts)
    return rest if has_telling_terms(rest) else ""


def _short_words(folded: str) -> list[str]:
    """The words of a query and those within them; words of grammar and single characters are left out."""
    words = [
        word
        for piece in pieces(folded)
        if piece.kind != "stop"
        for word in (words_of_run(piece.text) if piece.kind == "han" else [piece.text])
    ]
    return [word for word in dict.fromkeys(words) if len(word) > 1 and word not in STOP_WORDS]


def _all(queries: list[SearchQuery]) -> SearchQuery:
    return And(queries) if queries[1:] else queries[0]
