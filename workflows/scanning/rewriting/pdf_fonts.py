"""A font's table of characters lists what the document once showed; this forgets the rest."""

from collections import defaultdict
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from ..limits import Budget
from ..pdf.content import Interpreter
from ..pdf.fonts import Font
from .pdf_pages import appearances, walk

_HEAD = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def "
    "/CMapType 2 def 1 begincodespacerange <{low}> <{high}> endcodespacerange\n"
)
_TAIL = "endcmap CMapName currentdict /CMap defineresource pop end end"
_BLOCK = 100


def forget_unused(writer: PdfWriter, budget: Budget) -> None:
    """Rewrites each /ToUnicode with only the codes that pages, forms and annotations still show."""
    used: dict[int, set[int]] = defaultdict(set)
    known: dict[int, Font] = {}
    for page in writer.pages:
        for owner, stream in [(page, page.get_contents()), *((a, a) for a in appearances(page))]:
            if stream is None:
                continue
            pen = Interpreter(writer, frozenset(), budget.unpack)
            pen.run(stream, owner.get("/Resources", DictionaryObject()))
            known |= pen.drawing.fonts
            for key, codes in pen.used.items():
                used[key] |= codes
    for _, __, value in walk(writer.root_object, set()):
        font: Any = value.get_object()
        if (
            isinstance(font, DictionaryObject)
            and font.get("/Type") == "/Font"
            and "/ToUnicode" in font
        ):
            table = font["/ToUnicode"].get_object()
            if isinstance(table, StreamObject):
                made = known.get(id(font))
                codes = used.get(id(font), set())
                font[NameObject("/ToUnicode")] = writer._add_object(_table(made, codes))


def _table(font: Font | None, codes: set[int]) -> StreamObject:
    digits = 2 * (font.size if font else 1)
    kept = sorted(code for code in codes if font and code in font.unicode)
    lines = [_HEAD.format(low="0" * digits, high="F" * digits)]
    for at in range(0, len(kept), _BLOCK):
        block = kept[at : at + _BLOCK]
        lines.append(f"{len(block)} beginbfchar\n")
        for code in block:
            text = font.unicode[code].encode("utf-16-be").hex().upper() if font else ""
            lines.append(f"<{code:0{digits}X}> <{text}>\n")
        lines.append("endbfchar\n")
    stream = StreamObject()
    stream.set_data(("".join(lines) + _TAIL).encode())
    return stream.flate_encode()
