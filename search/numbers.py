"""Document numbers (发文字号) and index numbers (索引号): one token each, however they are written.

青政办〔2026〕12号, 青政办[2026]12号, 青政办（2026）12 号 and 青政办 2026 12号 are the same number.
Both functions take text that `normalising.fold` has folded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
LONGEST_PREFIX = 10
LONGEST_NUMBER = 80

_OPEN = r"[〔\[(【〖{<]"
_CLOSE = r"[〕\])】〗}>]"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SERIAL = r"第?\s{0,2}0*(?P<serial>\d{1,5})(?!\d)"
_PREFIX = rf"(?P<prefix>[{HAN}]{{0,{LONGEST_PREFIX}}})"
_BRACKETED = re.compile(
    rf"{_PREFIX}\s{{0,2}}{_OPEN}\s{{0,2}}{_YEAR}\s{{0,2}}年?{_CLOSE}\s{{0,2}}{_SERIAL}(?:\s{{0,2}}号)?"
)
# Without brackets only what nobody could mean otherwise: a prefix before and 号 behind, or blanks on both sides.
_BARE = re.compile(
    rf"(?P<prefix>[{HAN}]{{2,{LONGEST_PREFIX}}})\s{{0,2}}{_YEAR}"
    rf"(?:\s{{0,2}}年?{_SERIAL}\s{{0,2}}号|\s{{1,2}}(?P<last>\d{{1,5}})\s*$)"
)
_LEADING_WORDS = re.compile(
    r"^(?:查询|查找|搜索|关于|根据|依据|按照|文号|字号|文件|印发|关于印发|的)+"
)
_INDEX_NUMBER = re.compile(
    r"(?<![0-9a-z])(?P<organ>[0-9a-z]{6,20})\s?/\s?(?P<period>\d{4,8})\s?-\s?(?P<serial>\d{3,8})(?![0-9a-z])"
)


@dataclass(frozen=True)
class Number:
    """A number found in folded text at [start, end); `token` is its one form in the index."""

    token: str
    start: int
    end: int
    prefix: str = ""

    def tokens_for_index(self) -> list[str]:
        """Its token with every ending of its prefix.

        Where a prefix begins cannot be told in running text (根据青政办〔2026〕12号), so the index
        holds each possible beginning and the query asks for one.
        """
        bare = self.token.removeprefix(self.prefix)
        return [self.prefix[at:] + bare for at in range(len(self.prefix) + 1)]


def find_numbers(folded: str) -> Iterator[Number]:
    """Document numbers in brackets and index numbers in running text."""
    for match in _BRACKETED.finditer(folded):
        yield _document_number(match, match["serial"])
    yield from _index_numbers(folded)


def find_numbers_in_query(folded: str) -> list[Number]:
    """As `find_numbers`, and document numbers written without brackets, and without leading words."""
    found = [_document_number(match, match["serial"]) for match in _BRACKETED.finditer(folded)]
    if not found:
        found = [
            _document_number(match, match["serial"] or match["last"])
            for match in _BARE.finditer(folded)
        ]
    return [_without_leading_words(number) for number in found] + list(_index_numbers(folded))


def _document_number(match: re.Match[str], serial: str) -> Number:
    prefix = match["prefix"]
    return Number(f"{prefix}{match['year']}号{int(serial)}", match.start(), match.end(), prefix)


def _without_leading_words(number: Number) -> Number:
    prefix = _LEADING_WORDS.sub("", number.prefix)
    token = prefix + number.token.removeprefix(number.prefix)
    return Number(token, number.start, number.end, prefix)


def _index_numbers(folded: str) -> Iterator[Number]:
    for match in _INDEX_NUMBER.finditer(folded):
        token = f"{match['organ']}x{match['period']}x{match['serial']}"
        yield Number(token, match.start(), match.end())
