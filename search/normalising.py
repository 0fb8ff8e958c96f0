"""One form for text that readers see as the same: widths, scripts, cases, dashes and invisible marks.

Every character is folded by itself, so a folded text can always be led back to the characters it
came from, which highlighting needs, and a long text costs one dictionary look-up per character.
"""

import unicodedata
from functools import cache

LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
# Marks of titles and quotations: 印发《办法》的通知 and 印发办法的通知 are the same words in a row.
QUOTATION_MARKS = "《》〈〉「」『』“”"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u301c"

# Blocks in which a traditional form may differ from the simplified one.
_HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2EBF0))
_LATIN_END = 0x0250
_LATIN_ADDITIONAL = range(0x1E00, 0x1F00)
# Latin letters that Unicode does not decompose.
_LATIN_LETTERS = {
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
}
_MARKS = range(0x0300, 0x0370)
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)


@cache
def simplified_forms() -> dict[str, str]:
    """Every single traditional character with its simplified form, one character to one."""
    from opencc import OpenCC

    characters = [chr(code) for start, end in _HAN_BLOCKS for code in range(start, end)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, converted, strict=True)
    return {char: simple for char, simple in pairs if char != simple and len(simple) == 1}


def _fold_character(char: str) -> str:
    if char in LINE_ENDS:
        return "\n"
    if char in QUOTATION_MARKS:
        return ""
    if char in DASHES:
        return "-"
    category = unicodedata.category(char)
    if category[0] == "Z" or category == "Cc":
        return " "
    if category in ("Cf", "Cs", "Me") or ord(char) in _MARKS or ord(char) in _VARIATION_SELECTORS:
        # Direction marks, joiners, accents standing alone say nothing to a search; a lone surrogate
        # cannot even be stored.
        return ""
    if ord(char) < _LATIN_END or ord(char) in _LATIN_ADDITIONAL:
        decomposed = unicodedata.normalize("NFKD", char)
        bare = "".join(part for part in decomposed if unicodedata.category(part) != "Mn").lower()
        return _LATIN_LETTERS.get(bare, bare)
    simple = simplified_forms()
    return "".join(simple.get(part, part) for part in unicodedata.normalize("NFKC", char)).lower()


class _Folding(dict[str, str]):
    def __missing__(self, char: str) -> str:
        folded = self[char] = _fold_character(char)
        if folded != char:
            # One step may lead to a character that has a simpler form itself.
            folded = self[char] = "".join(self[part] for part in folded)
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text as the index and the query know it.

    Full-width forms become half-width, traditional characters simplified, letters lower-case and
    without accents, dashes one dash, line ends one line end, other control characters blanks;
    invisible marks and quotation marks go.
    """
    return "".join([_FOLDING[char] for char in text])


def fold_with_origins(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index in `text` it came from."""
    parts: list[str] = []
    origins: list[int] = []
    for index, char in enumerate(text):
        folded = _FOLDING[char]
        parts.append(folded)
        origins.extend([index] * len(folded))
    return "".join(parts), origins
