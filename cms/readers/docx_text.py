"""The lines and tables of a docx body in order, as they read once tracked changes are accepted.

Comments, headers, footers, hidden text and text boxes are not part of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import nsmap, qn
from docx.text.paragraph import Paragraph
from lxml import etree

from cms.readers.docx_numbering import Numbering
from cms.readers.docx_table import read_table
from cms.readers.reading import Table


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, never blank. `heading` is the level of a Word heading style, 0 for none."""

    text: str
    centred: bool = False
    heading: int = 0
    is_title: bool = False


Item = Line | Table

_SKIPPED = {
    qn(f"w:{name}")
    for name in (
        "del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText", "drawing", "pict",
        "object", "rt",
    )
}  # fmt: skip
_WRAPPERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml")}
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


def items(document: Document) -> Iterator[Item]:
    """Yield the body's lines (soft line breaks start a new one) and tables."""
    numbering = Numbering(document)
    # python-docx looks for a style through all of them, each time.
    styles: dict[str | None, tuple[str, bool]] = {}
    carried = ""
    for element in _blocks(document.element.body):
        if element.tag == qn("w:tbl"):
            yield from map(Line, _lines(carried))
            carried = ""
            yield from _table(element, numbering)
            continue
        text = carried + numbering.label(element) + raw_text(element)
        carried = ""
        if _mark_is_deleted(element):
            carried = text
            continue
        paragraph = Paragraph(element, document)
        if element.style not in styles:
            styles[element.style] = _look(paragraph)
        name, centred = styles[element.style]
        if name.startswith("toc "):
            continue
        if paragraph.alignment is not None:
            centred = paragraph.alignment == WD_ALIGN_PARAGRAPH.CENTER
        heading = re.fullmatch(r"heading (\d)", name)
        for part in _lines(text):
            yield Line(
                part,
                centred=centred,
                heading=int(heading[1]) if heading else 0,
                is_title=name == "title",
            )
    yield from map(Line, _lines(carried))


def raw_text(element: Any) -> str:
    """The visible text of a paragraph or run, line breaks as newlines."""
    out = []
    for child in element:
        if child.tag == qn("w:t"):
            out.append(child.text or "")
        elif child.tag in (qn("w:tab"), qn("w:ptab")):
            out.append("\t")
        elif child.tag in (qn("w:br"), qn("w:cr")):
            out.append("" if child.get(qn("w:type")) in ("page", "column") else "\n")
        elif child.tag == qn("w:noBreakHyphen"):
            out.append("-")
        elif child.tag not in _SKIPPED and child.tag != _ALTERNATE and not _is_hidden(child):
            out.append(raw_text(child))
    return "".join(out)


def clean(text: str) -> str:
    """Trim, and turn tabs, hard and repeated blanks into one; ideographic spaces inside stay."""
    text = re.sub("[\u200b\u200c\u200d\u2060\ufeff\u00ad]", "", text)
    return re.sub(r"[ \t\xa0]+", " ", text).strip()


def left_out(document: Document) -> dict[str, int]:
    """Count what the lines do not carry, by kind; only kinds that occur."""
    namespaces = nsmap | {
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }
    fallback = "not(ancestor::*[local-name()='Fallback'])"
    queries = {
        "pictures": f"//a:blip[{fallback}] | //v:imagedata[{fallback} and not(ancestor::w:object)]",
        "text_boxes": f"//w:txbxContent[{fallback}]",
        "footnotes": "//w:footnoteReference | //w:endnoteReference",
        "equations": "//m:oMath",
        "embedded": "//w:object | //w:altChunk",
    }
    root = document.element.getroottree().getroot()
    # python-docx's own xpath() knows only its own prefixes.
    found = {
        kind: etree.XPath(query, namespaces=namespaces)(root) for kind, query in queries.items()
    }
    return {kind: len(nodes) for kind, nodes in found.items() if nodes}


def _look(paragraph: Paragraph) -> tuple[str, bool]:
    """Name of the paragraph's style in lower case, and whether the style centres."""
    style = paragraph.style
    if style is None:
        return "", False
    return (style.name or "").lower(), style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER


def _blocks(parent: Any) -> Iterator[Any]:
    for child in parent:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _table(element: Any, numbering: Numbering) -> Iterator[Item]:
    def cell_text(cell: Any) -> str:
        texts = (clean(numbering.label(p) + raw_text(p)) for p in _cell_paragraphs(cell))
        return "\n".join(text for text in texts if text)

    table = read_table(element, cell_text)
    # A table of one cell is a frame around text.
    if len(table.header) == 1 and not table.rows:
        yield from map(Line, _lines(table.header[0]))
    elif any(table.header):
        yield table


def _cell_paragraphs(cell: Any) -> Iterator[Any]:
    """The paragraphs of a cell and of the tables inside it."""
    for block in _blocks(cell):
        if block.tag == qn("w:p"):
            yield block
        else:
            for row in block.iterchildren(qn("w:tr")):
                for inner in row.iterchildren(qn("w:tc")):
                    yield from _cell_paragraphs(inner)


def _lines(text: str) -> list[str]:
    return [line for line in map(clean, text.split("\n")) if line]


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val")) not in ("0", "false", "off")


def _mark_is_deleted(paragraph: Any) -> bool:
    mark = f"{qn('w:pPr')}/{qn('w:rPr')}/"
    return any(paragraph.find(mark + qn(tag)) is not None for tag in ("w:del", "w:moveFrom"))
