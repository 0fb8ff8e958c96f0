"""A Word table as a header and equal rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from cms.readers.reading import Table

# Word allows 63 columns; a larger span is an error or an attack.
_MAX_COLUMNS = 63
_MAX_HEADER_ROWS = 3


@dataclass(slots=True)
class _Row:
    cells: list[str]
    continues: list[bool]
    repeats_on_pages: bool


def read_table(element: Any, text_of: Callable[[Any], str]) -> Table:
    """Flatten a w:tbl: merged cells repeat their text, deleted rows and cells are gone.

    Header rows are those marked to repeat on each page, or as many as the merged cells of the
    first row reach down; their texts are joined per column. A first row that is one cell across
    the whole table becomes the caption.
    """
    rows = _rows(element, text_of)
    width = max((len(row.cells) for row in rows), default=0)
    for row in rows:
        row.cells += [""] * (width - len(row.cells))
        row.continues += [False] * (width - len(row.continues))
    rows = [row for row in rows if any(row.cells)]
    if not rows:
        return Table((), ())
    caption = ""
    if width > 1 and len(rows) > 2 and len(set(rows[0].cells)) == 1:
        caption = " ".join(rows.pop(0).cells[0].split())
    depth = _header_depth(rows)
    return Table(
        header=tuple(_joined([row.cells[i] for row in rows[:depth]]) for i in range(width)),
        rows=tuple(tuple(row.cells) for row in rows[depth:]),
        caption=caption,
    )


def _rows(element: Any, text_of: Callable[[Any], str]) -> list[_Row]:
    rows: list[_Row] = []
    for tr in _children(element, "w:tr"):
        properties = tr.find(qn("w:trPr"))
        if properties is not None and properties.find(qn("w:del")) is not None:
            continue
        row = _Row([], [], _is_on(properties, "w:tblHeader"))
        row.cells = [""] * _number(properties, "w:gridBefore", 0)
        row.continues = [False] * len(row.cells)
        above = rows[-1].cells if rows else []
        for tc in _children(tr, "w:tc"):
            cell = tc.find(qn("w:tcPr"))
            if cell is not None and cell.find(qn("w:cellDel")) is not None:
                continue
            span = _number(cell, "w:gridSpan", 1)
            merge = cell.find(qn("w:vMerge")) if cell is not None else None
            continues = merge is not None and merge.get(qn("w:val")) != "restart"
            place = len(row.cells)
            text = above[place] if continues and place < len(above) else text_of(tc)
            row.cells += [text] * span
            row.continues += [continues] * span
        del row.cells[_MAX_COLUMNS:], row.continues[_MAX_COLUMNS:]
        rows.append(row)
    return rows


def _header_depth(rows: list[_Row]) -> int:
    marked = 0
    while marked < len(rows) and rows[marked].repeats_on_pages:
        marked += 1
    merged = max(_reach(rows, column) for column in range(len(rows[0].cells)))
    return min(max(marked, merged), _MAX_HEADER_ROWS, max(len(rows) - 1, 1))


def _reach(rows: list[_Row], column: int) -> int:
    """How many rows down the first row's cell in this column goes."""
    depth = 1
    while depth < len(rows) and rows[depth].continues[column]:
        depth += 1
    return depth


def _joined(texts: list[str]) -> str:
    return " ".join(dict.fromkeys(" ".join(text.split()) for text in texts if text))


def _children(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == qn(tag):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _children(child, tag)


def _number(properties: Any, tag: str, default: int) -> int:
    found = properties.find(qn(tag)) if properties is not None else None
    value = found.get(qn("w:val"), "") if found is not None else ""
    return min(int(value), _MAX_COLUMNS) if value.isdigit() else default


def _is_on(properties: Any, tag: str) -> bool:
    found = properties.find(qn(tag)) if properties is not None else None
    return found is not None and found.get(qn("w:val")) not in ("0", "false", "off")
