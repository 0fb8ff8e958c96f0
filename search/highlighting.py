"""Snippets of a text with what was asked for marked in them, safe to put in a page."""

import re
from bisect import bisect_left

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.normalising import fold_with_origins
from search.numbers import HAN, find_numbers
from search.terms import Term, parse_terms

ELLIPSIS = "…"
# The longest text that is looked through for a snippet.
LONGEST_TEXT = 20_000
_SENTENCE_STARTS = "。！？；!?;\n"

Span = tuple[int, int]


def highlight(text: str, query: str, *, length: int | None = 120) -> SafeString:
    """The part of `text` that answers `query` best, matched words in <mark>, all else escaped.

    It has about `length` characters of the text, with an ellipsis where something was left out;
    None keeps the whole text (for titles). Where nothing matches it is the beginning of the text.
    """
    text = text[:LONGEST_TEXT]
    spans = matched_spans(text, parse_terms(query))
    start, end = (0, len(text)) if length is None else _window(text, spans, length)
    parts = [ELLIPSIS] if start > 0 else []
    at = start
    for left, right, _term in spans:
        left, right = max(left, at), min(right, end)
        if left >= right:
            continue
        parts += [escape(text[at:left]), "<mark>", escape(text[left:right]), "</mark>"]
        at = right
    parts.append(escape(text[at:end]))
    if end < len(text):
        parts.append(ELLIPSIS)
    # Every part of the text was escaped above.
    return mark_safe("".join(parts).strip())


def matched_spans(text: str, terms: list[Term]) -> list[tuple[int, int, int]]:
    """Where terms stand in a text: (start, end, number of the term), in order, by place in `text`."""
    folded, origins = fold_with_origins(text)
    if not origins:
        return []
    found: list[tuple[int, int, int]] = []
    for place, term in enumerate(terms):
        for left, right in _term_spans(folded, term):
            found.append((origins[left], origins[right - 1] + 1, place))
    return sorted(found)


def _term_spans(folded: str, term: Term) -> list[Span]:
    if term.number:
        return [
            (number.start + number.tokens_for_index().index(term.number), number.end)
            for number in find_numbers(folded)
            if term.number in number.tokens_for_index()
        ]
    pattern = r"[^\w]{0,3}".join(_part_pattern(part) for part in term.parts)
    return [match.span() for match in re.finditer(pattern, folded)]


def _part_pattern(part: str) -> str:
    escaped = re.escape(part)
    # 12 is not to be marked in 2012, but 低保 is in 农村低保.
    outside = rf"(?:(?![{HAN}])[^\W_])"
    return escaped if re.match(rf"[{HAN}]", part) else rf"(?<!{outside}){escaped}(?!{outside})"


def _window(text: str, spans: list[tuple[int, int, int]], length: int) -> Span:
    if len(text) <= length:
        return 0, len(text)
    if not spans:
        return 0, length
    starts = [left for left, _right, _term in spans]
    best, most = 0, (0, 0)
    for at, left in enumerate(starts):
        inside = spans[at : bisect_left(starts, left + length)]
        worth = (len({term for _left, _right, term in inside}), len(inside))
        if worth > most:
            best, most = left, worth
    start = _sentence_start(text, best, length // 4)
    start = max(0, min(start, len(text) - length))
    return start, start + length


def _sentence_start(text: str, at: int, reach: int) -> int:
    """The beginning of the sentence around `at` when it is within reach, else a little before `at`."""
    for place in range(at, max(-1, at - reach - 1), -1):
        if place == 0 or text[place - 1] in _SENTENCE_STARTS:
            return place
    return max(0, at - reach // 2)
