"""What a reader typed as a query: words that must all be found, and quoted phrases."""

import re

from modelsearch.query import And, Phrase, PlainText, SearchQuery

from search.terms import LONGEST_QUERY

# Pairs of quotation marks, Western and Chinese; a mark without its partner is not a quotation.
_QUOTED = re.compile(r"\"([^\"]+)\"|“([^”]+)”|「([^」]+)」|『([^』]+)』|＂([^＂]+)＂")
MOST_PHRASES = 8


def reader_query(text: str) -> SearchQuery:
    """The query for what a reader typed, which engines answer whatever it holds.

    Words in quotation marks stand in a text as they are, all other words anywhere in it. A quotation
    without a letter or digit, or beyond the `MOST_PHRASES` first, asks for nothing.
    """
    text = text[:LONGEST_QUERY]
    phrases = ["".join(filter(None, match.groups())) for match in _QUOTED.finditer(text)]
    words = _QUOTED.sub(" ", text)
    parts: list[SearchQuery] = [
        Phrase(phrase) for phrase in phrases[:MOST_PHRASES] if _has_word(phrase)
    ]
    if _has_word(words) or not parts:
        parts.append(PlainText(words))
    return parts[0] if len(parts) == 1 else And(parts)


def _has_word(text: str) -> bool:
    return any(char.isalnum() for char in text)
