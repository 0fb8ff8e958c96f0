"""Tables in Word documents."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from catalogue_standards.files.grid import MOST_COLUMNS, MOST_ROWS, Grid, merge, squared, too_long

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}br", f"{_W}cr"}
_NOT_TEXT = {f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "tcPr")}
# Boxes and ticks set as symbols: the last two hex digits of the code, by font.
_SYMBOLS = {
    "Wingdings 2": {"52": "☑", "53": "☒", "50": "√", "A3": "☐", "54": "☒", "97": "●", "A2": "■"},
    "Wingdings": {
        "FE": "☑",
        "FD": "☒",
        "FC": "√",
        "A8": "☐",
        "6F": "☐",
        "6E": "■",
        "6C": "●",
        "71": "☐",
    },
}


def docx_grids(package: zipfile.ZipFile, name: str) -> Iterator[Grid]:
    """The tables of the body in order, named 表1, 表2 ..., each with the paragraphs before it.

    Text that a tracked change deleted is left out, and inserted text is read, as if accepted.
    """
    captions: list[str] = []
    count = 0
    for block in _blocks(fromstring(package.read("word/document.xml"))):
        if block.tag == f"{_W}tbl":
            count += 1
            yield _grid(block, f"表{count}", tuple(captions))
            captions = []
        elif text := _text(block):
            captions.append(text)


def _blocks(root: Element) -> Iterator[Element]:
    """Paragraphs and tables, also those in content controls."""
    for element in root:
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in (f"{_W}body", f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _blocks(element)


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, through content controls, never of a table inside."""
    for element in parent:
        if element.tag == f"{_W}{tag}":
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _within(element, tag)


def _grid(table: Element, name: str, captions: tuple[str, ...]) -> Grid:
    rows: list[list[str]] = []
    open_blocks: dict[int, list[int]] = {}  # left column -> top, left, bottom, right
    blocks: list[list[int]] = []
    for number, tr in enumerate(_within(table, "tr")):
        if number >= MOST_ROWS:
            raise too_long(name)
        row = [""] * _number(tr, "trPr/gridBefore")
        for tc in _within(tr, "tc"):
            left, span = len(row), max(1, _number(tc, "tcPr/gridSpan"))
            if left + span > MOST_COLUMNS:
                break
            merged = tc.find(_path("tcPr/vMerge"))
            above = open_blocks.get(left)
            if merged is not None and merged.get(f"{_W}val") != "restart" and above:
                above[2] = number
            else:
                block = [number, left, number, left + span - 1]
                blocks.append(block)
                open_blocks[left] = block
            row += [_text(tc)] + [""] * (span - 1)
        rows.append(row)
    grid = Grid(name, squared(rows), captions=captions)
    merge(grid, ((t, left, b, r) for t, left, b, r in blocks if (t, left) != (b, r)))
    return grid


def _path(names: str) -> str:
    return "/".join(f"{_W}{name}" for name in names.split("/"))


def _number(element: Element, path: str) -> int:
    found = element.find(_path(path))
    value = found.get(f"{_W}val", "") if found is not None else ""
    return min(int(value), MOST_COLUMNS) if value.isdigit() else 0


def _text(element: Element) -> str:
    lines = "".join(_pieces(element)).split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in _NOT_TEXT:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag == f"{_W}tab":
            yield " "
        elif child.tag == f"{_W}sym":
            code = child.get(f"{_W}char", "")[-2:].upper()
            yield _SYMBOLS.get(child.get(f"{_W}font", ""), {}).get(code, "")
        elif child.tag == f"{_W}checkBox":
            yield _box(child)
        else:
            yield from _pieces(child)
    if element.tag == f"{_W}p":
        yield "\n"


def _box(box: Element) -> str:
    """The glyph of an old-style form box: its own state, or else its default."""
    for name in ("checked", "default"):
        state = box.find(f"{_W}{name}")
        if state is not None:
            return "☐" if state.get(f"{_W}val") in ("0", "false") else "☑"
    return "☐"
