"""From the codes in a PDF's content to characters, and how wide each is drawn.

ISO 32000-1 §9.10: /ToUnicode first, then the predefined CMaps and encodings. A font that gives no
way to characters makes its text unreadable for a machine, which the scan then says.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from pypdf._codecs.adobe_glyphs import adobe_glyphs
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

_BLOCK = re.compile(rb"begin(bfchar|bfrange|codespacerange)(.*?)end\1", re.S)
_CHAR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.S
)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_MOST_CODES = 70_000
_SIMPLE = {
    "/WinAnsiEncoding": "cp1252",
    "/MacRomanEncoding": "mac_roman",
    "/PDFDocEncoding": "latin-1",
}
_MULTIBYTE = (
    ("GBK", "gb18030"),
    ("GB-", "gb2312"),
    ("GBpc", "gb2312"),
    ("B5", "big5"),
    ("ETen", "big5"),
    ("90ms", "cp932"),
)


@dataclass(slots=True)
class Code:
    """One code of a shown string: its bytes `start:end`, its character (None: unknown), width."""

    start: int
    end: int
    text: str | None
    width: float
    value: int


@dataclass(slots=True)
class Font:
    """How one font's codes are read; widths are in thousandths of the font size."""

    size: int = 1
    unicode: dict[int, str] = field(default_factory=dict)
    codec: str = ""
    widths: dict[int, float] = field(default_factory=dict)
    default_width: float = 500.0
    vertical: bool = False

    def codes(self, shown: bytes) -> list[Code]:
        """The codes of a string operand."""
        found: list[Code] = []
        at = 0
        while at < len(shown):
            length = self.size
            if self.codec and self.codec != "utf-16-be" and self.size == 2 and shown[at] < 0x80:
                length = 1
            piece = shown[at : at + length]
            code = int.from_bytes(piece, "big")
            text = self.unicode.get(code)
            if text is None and self.codec:
                text = piece.decode(self.codec, "ignore") or None
            width = self.widths.get(code, self.default_width if length == self.size else 500.0)
            found.append(Code(at, at + len(piece), text, width, code))
            at += len(piece)
        return found


def _utf16(text: bytes) -> str:
    return bytes.fromhex(re.sub(rb"\s", b"", text).decode()).decode("utf-16-be", "ignore")


def _number(text: bytes) -> int:
    return int(re.sub(rb"\s", b"", text) or b"0", 16)


def _to_unicode(data: bytes) -> tuple[dict[int, str], int]:
    found: dict[int, str] = {}
    size = 0
    for kind, body in _BLOCK.findall(data):
        if kind == b"codespacerange":
            size = max([size, *(len(re.sub(rb"\s", b"", low)) // 2 for low in _HEX.findall(body))])
        elif kind == b"bfchar":
            for code, text in _CHAR.findall(body):
                found[_number(code)] = _utf16(text)
        else:
            for low, high, first, listed in _RANGE.findall(body):
                start, end = _number(low), min(_number(high), _number(low) + _MOST_CODES)
                if listed:
                    for offset, text in enumerate(_HEX.findall(listed)):
                        found[start + offset] = _utf16(text)
                elif first:
                    head, tail = _utf16(first)[:-1], ord((_utf16(first) or "\0")[-1])
                    for code in range(start, end + 1):
                        if tail + code - start < 0x110000:
                            found[code] = head + chr(tail + code - start)
        if len(found) > _MOST_CODES:
            break
    return found, size


def _differences(encoding: DictionaryObject) -> dict[int, str]:
    found: dict[int, str] = {}
    code = 0
    for item in encoding.get("/Differences", ()):
        item = item.get_object()
        if isinstance(item, NameObject):
            name = str(item)
            text = adobe_glyphs.get(name)
            uni = re.match(r"/u(?:ni)?([0-9A-F]{4,6})", name)
            if text is None and uni:
                text = chr(int(uni.group(1), 16))
            if text is not None:
                found[code] = text
            code += 1
        else:
            code = int(item)
    return found


def _cid_widths(descendant: DictionaryObject) -> dict[int, float]:
    found: dict[int, float] = {}
    items = [item.get_object() for item in descendant.get("/W", ArrayObject()).get_object()]
    at = 0
    while at + 1 < len(items):
        if isinstance(items[at + 1], ArrayObject):
            for offset, width in enumerate(items[at + 1]):
                found[int(items[at]) + offset] = float(width.get_object())
            at += 2
        elif at + 2 < len(items):
            for code in range(
                int(items[at]), min(int(items[at + 1]), int(items[at]) + _MOST_CODES) + 1
            ):
                found[code] = float(items[at + 2])
            at += 3
        else:
            break
    return found


def load_font(font: DictionaryObject) -> Font:
    """The font that a resource dictionary describes; what it leaves out is guessed plainly."""
    made = Font()
    to_unicode: Any = font.get("/ToUnicode")
    to_unicode = to_unicode.get_object() if to_unicode is not None else None
    size = 0
    if isinstance(to_unicode, StreamObject):
        made.unicode, size = _to_unicode(to_unicode.get_data())
    encoding: Any = font.get("/Encoding")
    encoding = encoding.get_object() if encoding is not None else None
    if font.get("/Subtype") == "/Type0":
        made.size = size or 2
        _composite(made, font, encoding)
        return made
    if isinstance(encoding, DictionaryObject):
        made.codec = _SIMPLE.get(str(encoding.get("/BaseEncoding", "")), "cp1252")
        made.unicode = {**_differences(encoding), **made.unicode}
    elif font.get("/Subtype") != "/Type3":
        made.codec = _SIMPLE.get(str(encoding), "cp1252")
    first = int(font.get("/FirstChar", 0))
    for offset, width in enumerate(font.get("/Widths", ArrayObject()).get_object()):
        made.widths[first + offset] = float(width.get_object())
    return made


def _composite(made: Font, font: DictionaryObject, encoding: Any) -> None:
    name = str(encoding) if isinstance(encoding, NameObject) else ""
    made.vertical = name.endswith("-V")
    if "UCS2" in name or "UTF16" in name:
        made.codec = "utf-16-be"
    else:
        made.codec = next((codec for part, codec in _MULTIBYTE if part in name), "")
    descendants = font.get("/DescendantFonts", ArrayObject()).get_object()
    if len(descendants):
        descendant = descendants[0].get_object()
        made.default_width = float(descendant.get("/DW", 1000))
        if not made.codec:
            made.widths = _cid_widths(descendant)
