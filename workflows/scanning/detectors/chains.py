"""Digits as people write them: spaced, hyphenated, in groups, or with a part starred out.

A chain is a run of digit groups with single separators between. Candidates are cut from it at
blanks; a hyphenated or dotted code such as 2103-410105-04-01-123456 stays whole, because its
parts mean nothing by themselves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

STARS = "*×●█■✕□"
_GROUP = rf"[0-9](?:[0-9{STARS}]|[xX](?=[xX0-9{STARS}]|(?![A-Za-z0-9])))*"
_CHAIN = re.compile(
    rf"(?<![0-9A-Za-z_{STARS}])\+?{_GROUP}(?:(?: {{1,2}}|\s|[-._·]){_GROUP}|[{STARS}]+(?:[ -]?[0-9{STARS}]+)*)*"
    rf"(?![0-9A-Za-z_])"
)
_PART = re.compile(rf"[0-9xX{STARS}]+")
_MOST_DIGITS = 24


@dataclass(frozen=True, slots=True)
class Candidate:
    """Groups of one chain that might be a number: the digits alone, and how they were grouped."""

    digits: str
    groups: tuple[int, ...]
    start: int
    end: int

    @property
    def whole(self) -> bool:
        """Written in one piece, or every digit for itself."""
        return len(self.groups) == 1 or set(self.groups) == {1}

    @property
    def starred(self) -> bool:
        return not self.digits[:-1].isdigit()


def _tight(separator: str) -> bool:
    return bool(separator) and not separator.isspace()


def chains(text: str) -> Iterator[list[Candidate]]:
    """For each chain its candidates, longest first from the left.

    The text is normalised. Callers that accept a candidate skip those that overlap it.
    """
    for chain in _CHAIN.finditer(text):
        parts = [
            (match.group(), chain.start() + match.start(), chain.start() + match.end())
            for match in _PART.finditer(chain.group())
        ]
        if sum(len(part) for part, _, _ in parts) >= 7:
            yield list(_candidates(text, parts))


def _candidates(text: str, parts: list[tuple[str, int, int]]) -> Iterator[Candidate]:
    last = len(parts) - 1
    for first, (_, start, _) in enumerate(parts):
        if (
            first
            and _tight(text[parts[first - 1][2] : start])
            and parts[first - 1][0] not in _TRUNK
        ):
            continue
        found: list[Candidate] = []
        digits = ""
        for index in range(first, last + 1):
            digits += parts[index][0]
            if len(digits) > _MOST_DIGITS:
                break
            if index < last and _tight(text[parts[index][2] : parts[index + 1][1]]):
                continue
            sizes = tuple(len(part) for part, _, _ in parts[first : index + 1])
            found.append(Candidate(digits, sizes, start, parts[index][2]))
        yield from reversed(found)


_TRUNK = ("86", "0086")
