"""The numbers Word shows before a paragraph but does not store in its text (automatic lists)."""

import re
from collections.abc import Callable
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from cms.readers.chinese_numbers import to_chinese

_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital",
    "taiwaneseCounting", "taiwaneseCountingThousand", "chineseLegalSimplified",
}  # fmt: skip


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    out = ""
    for size, sign in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        out += sign * (number // size)
        number %= size
    return out


def _circled(number: int) -> str:
    return chr(0x245F + number) if 0 < number <= 20 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    **dict.fromkeys(_CHINESE, to_chinese),
}


class Numbering:
    """Counts the automatic lists of one document; ask for each paragraph once, in order."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[str, dict[int, Any]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._style_lists = {
            style.style_id: style.element.pPr.numPr
            for style in document.styles
            if getattr(style.element, "pPr", None) is not None
            and style.element.pPr.numPr is not None
        }
        try:
            part: Any = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
        except KeyError:
            return
        for abstract in part.element.iterchildren(qn("w:abstractNum")):
            self._levels[abstract.get(qn("w:abstractNumId"))] = {
                int(level.get(qn("w:ilvl"))): level for level in abstract.iterchildren(qn("w:lvl"))
            }
        for num in part.element.iterchildren(qn("w:num")):
            self._lists[num.get(qn("w:numId"))] = _value(num, "w:abstractNumId", "")

    def label(self, paragraph: Any) -> str:
        """The number shown before the paragraph, "" when it has none or only a bullet."""
        properties = paragraph.pPr
        own = properties.numPr if properties is not None else None
        listing = own if own is not None else self._style_lists.get(paragraph.style)
        if listing is None or listing.numId is None:
            return ""
        level = listing.ilvl.val if listing.ilvl is not None else 0
        abstract = self._lists.get(str(listing.numId.val), "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[level] = counts.get(level, _start(levels[level]) - 1) + 1
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]
        if _value(levels[level], "w:numFmt", "decimal") in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            wanted = int(match[1]) - 1
            if wanted not in levels:
                return ""
            number = counts.get(wanted, _start(levels[wanted]))
            return _FORMATS.get(_value(levels[wanted], "w:numFmt", "decimal"), str)(number)

        text = re.sub(r"%(\d)", shown, _value(levels[level], "w:lvlText", ""))
        return text + "　" if text.endswith(("章", "节", "条", "编")) else text


def _value(parent: Any, tag: str, default: str) -> str:
    child = parent.find(qn(tag))
    return default if child is None else child.get(qn("w:val"), default)


def _start(level: Any) -> int:
    return int(_value(level, "w:start", "1"))
