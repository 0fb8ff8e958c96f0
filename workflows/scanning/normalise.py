"""One spelling for characters that look alike, so that each detector knows only one.

Full-width letters and digits, the digits of other scripts, the many dashes and blanks become
their ASCII forms; characters without a shape (zero width, direction marks) are dropped; digits
written out in Chinese become digits where eleven or more stand together.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_DROPPED = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_INVISIBLE = re.compile(f"[{_DROPPED}]")
_HAN_DIGITS = dict(zip("零〇○一幺二两三四五六七八九", "00011223456789", strict=True))
_HAN_NUMBER = re.compile(
    r"[零〇○一幺二两三四五六七八九](?:[ \-]?[零〇○一幺二两三四五六七八九xX]){10,}"
)


@cache
def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for point in (*range(0x80, 0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x20000)):
        char = chr(point)
        category = unicodedata.category(char)
        if category == "Nd":
            table[point] = str(unicodedata.digit(char))
        elif category == "Zs":
            table[point] = " "
        elif category == "Pd" or char == "\u2212":
            table[point] = "-"
        elif 0xFF01 <= point <= 0xFF5E:
            table[point] = chr(point - 0xFEE0)
    for char in "\uff0a\u2217\u2731\u274b\ufe61\u204e":
        table[ord(char)] = "*"
    return table


@dataclass(frozen=True, slots=True)
class Plain:
    """A normalised text and the way back to the text it came from."""

    text: str
    origin: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the original text of `text[start:end]` (not empty)."""
        if self.origin is None or end <= start:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1


def _digits(match: re.Match[str]) -> str:
    return "".join(_HAN_DIGITS.get(char, char) for char in match.group())


def plain(text: str) -> Plain:
    """`text` in the one spelling that the detectors read."""
    if text.isascii():
        return Plain(text)
    origin = None
    if _INVISIBLE.search(text):
        kept = [(index, char) for index, char in enumerate(text) if not _INVISIBLE.match(char)]
        origin = tuple(index for index, _ in kept)
        text = "".join(char for _, char in kept)
    return Plain(_HAN_NUMBER.sub(_digits, text.translate(_table())), origin)
