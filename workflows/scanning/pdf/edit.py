"""Takes codes out of the strings that a PDF shows; what stays keeps its place on the page."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DictionaryObject,
    FloatObject,
    NameObject,
)

from .content import Glyph, pieces, shown_bytes

MASK_FONT = "/GongkaiMask"
_STAR_WIDTH = 389.0  # of * in Helvetica, thousandths
_SHOWS = (b"Tj", b"TJ", b"'", b'"')
Cut = dict[int, dict[int, list[Glyph]]]


def cuts(glyphs: Iterable[Glyph]) -> dict[int, Cut]:
    """Glyphs to go, by stream, operation and piece."""
    found: dict[int, Cut] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for glyph in glyphs:
        found[glyph.stream][glyph.operation][glyph.piece].append(glyph)
    return found


def edit(content: ContentStream, cut: Cut, star: bool) -> None:
    """Rewrites the operations of one stream; with `star` a star is drawn for each code taken."""
    made: list[tuple[Any, bytes]] = []
    font: Any = None
    saved: list[Any] = []
    for index, (operands, operator) in enumerate(content.operations):
        if operator == b"Tf":
            font = operands
        elif operator == b"q":
            saved.append(font)
        elif operator == b"Q" and saved:
            font = saved.pop()
        if index not in cut or operator not in _SHOWS:
            made.append((operands, operator))
            continue
        if operator == b'"':
            made += [([operands[0]], b"Tw"), ([operands[1]], b"Tc")]
        if operator in (b"'", b'"'):
            made.append(([], b"T*"))
        made += _show(operands, operator, cut[index], font if star else None)
    content.operations = made


def _show(
    operands: Any, operator: bytes, cut: dict[int, list[Glyph]], font: Any
) -> list[tuple[Any, bytes]]:
    strings = dict(pieces(operands, operator))
    items = list(operands[0]) if operator == b"TJ" else [operands[-1]]
    made: list[tuple[Any, bytes]] = []
    row = ArrayObject()
    for number, item in enumerate(items):
        piece = number if operator == b"TJ" else next(iter(strings))
        if piece not in strings or piece not in cut:
            row.append(item)
            continue
        text, at = shown_bytes(strings[piece]), 0
        for glyph in sorted(cut[piece], key=lambda glyph: glyph.start):
            row.append(ByteStringObject(text[at : glyph.start]))
            at = glyph.end
            if font is None:
                row.append(FloatObject(-glyph.width))
                continue
            made.append(([row], b"TJ"))
            made.append(([NameObject(MASK_FONT), font[1]], b"Tf"))
            star = ArrayObject([ByteStringObject(b"*"), FloatObject(_STAR_WIDTH - glyph.width)])
            made += [([star], b"TJ"), (font, b"Tf")]
            row = ArrayObject()
        row.append(ByteStringObject(text[at:]))
    made.append(([row], b"TJ"))
    return made


def star_font() -> DictionaryObject:
    """The font that the stars are drawn in; every reader has it."""
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
