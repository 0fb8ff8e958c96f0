"""xlsx: every sheet row by row, as a stream, with what is hidden in it.

openpyxl is not used to read: its fast mode does not say which rows and columns are hidden, and its
full mode needs fifty times the file's size in memory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from lxml import etree

from ..items import Items, Passage, Table, hidden, metadata
from ..passages import row_passage
from ..words import place
from .office import Recurse, read_shared
from .package import Package
from .tables import find_header
from .xml import R, S, done, events, is_on, local, parse

_LETTERS = re.compile(r"([A-Z]+)(\d+)")
_QUOTED = re.compile(r'"([^"]{4,})"')
_HEAD_ROWS = 6


@dataclass(slots=True)
class _Book:
    strings: list[str] = field(default_factory=list)
    used: bytearray = field(default_factory=bytearray)
    unseen_styles: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Sheet:
    name: str
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: list[int] = field(default_factory=list)
    unseen: dict[str, list[str]] = field(default_factory=dict)
    hidden_text: list[str] = field(default_factory=list)


def column_number(letters: str) -> int:
    """0 for A, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _strings(package: Package, name: str) -> list[str]:
    found = []
    for _, item in events(package.read(name), (f"{S}si",)):
        if _ == "end":
            found.append("".join(t.text or "" for t in item.iter(f"{S}t")))
            done(item)
    return found


def _styles(package: Package) -> dict[int, str]:
    name = "xl/styles.xml"
    return unseen_styles(parse(package.read(name))) if name in package else {}


def unseen_styles(root: etree._Element) -> dict[int, str]:
    """Numbers of cell styles whose words cannot be seen, and why."""
    fonts = [f.find(f"{S}color") for f in root.findall(f"{S}fonts/{S}font")]
    white = [c is not None and c.get("rgb", "").upper() in ("FFFFFFFF", "00FFFFFF") for c in fonts]
    filled = [
        p.get("patternType") not in (None, "none")
        and (fg := p.find(f"{S}fgColor")) is not None
        and fg.get("rgb", "").upper() not in ("FFFFFFFF", "00FFFFFF")
        for p in root.findall(f"{S}fills/{S}fill/{S}patternFill")
    ]
    blank = {
        f.get("numFmtId") for f in root.iter(f"{S}numFmt") if f.get("formatCode") in (";;;", ";;;;")
    }
    found: dict[int, str] = {}
    for index, style in enumerate(root.findall(f"{S}cellXfs/{S}xf")):
        font, fill = int(style.get("fontId", 0)), int(style.get("fillId", 0))
        if style.get("numFmtId") in blank:
            found[index] = "blank_format"
        elif font < len(white) and white[font] and not (fill < len(filled) and filled[fill]):
            found[index] = "white"
    return found


def read_sheets(package: Package, recurse: Recurse) -> Items:
    """All text of an xlsx, sheet by sheet."""
    book = _Book(unseen_styles=_styles(package))
    if "xl/sharedStrings.xml" in package:
        book.strings = _strings(package, "xl/sharedStrings.xml")
        book.used = bytearray(len(book.strings))
    root = parse(package.read("xl/workbook.xml"))
    yield from _makers(root)
    relations = package.relations("xl/workbook.xml")
    for entry in root.iter(f"{S}sheet"):
        name = entry.get("name", "")
        yield Passage(place("sheet_name"), name)
        target = relations.get(entry.get(f"{R}id", ""), ("", "", False))[1]
        state = entry.get("state", "visible")
        if target in package and "worksheets" in target:
            yield from _read_sheet(package, book, target, name, state)
    for defined in root.iter(f"{S}definedName"):
        text = "；".join(_QUOTED.findall(defined.text or ""))
        if text:
            yield hidden("defined_name", place("defined_name", name=defined.get("name")), text)
            yield Passage(place("defined_name", name=defined.get("name")), text)
    orphans = [text for text, used in zip(book.strings, book.used, strict=True) if not used]
    if any(text.strip() for text in orphans):
        yield hidden("orphan", "xl/sharedStrings.xml", " ".join(orphans[:20]))
        yield from (Passage("xl/sharedStrings.xml", text) for text in orphans if text.strip())
    yield from _parts(package)
    yield from read_shared(package, recurse)


def _makers(root: etree._Element) -> Items:
    """Whose machine a workbook was on, as Excel notes it."""
    for element in root.iter():
        if local(element) == "absPath" and element.get("url"):
            yield metadata("path", "xl/workbook.xml", element.get("url", ""))
        elif local(element) == "fileSharing" and element.get("userName"):
            yield metadata("author", "xl/workbook.xml", element.get("userName", ""))


def _parts(package: Package) -> Items:
    """Pivot caches, outside books, charts and drawings: text that stands in no cell."""
    for name in package.names:
        kind = re.match(
            r"xl/(pivotCache|externalLinks|charts|drawings|tables|threadedComments|comments|persons)",
            name,
        )
        if not kind or not name.endswith((".xml", ".vml")) or name.endswith(".vml"):
            continue
        root = parse(package.read(name))
        if kind.group(1) == "persons":
            people = " ".join(e.get("displayName", "") for e in root)
            yield metadata("author", name, people)
            continue
        if "omments" in kind.group(1):
            yield from _comments(root, name)
            continue
        wanted = (
            ("t", "v", "s", "x") if kind.group(1) in ("pivotCache", "externalLinks") else ("t", "v")
        )
        texts = [e.get("v") or e.text or "" for e in root.iter() if local(e) in wanted]
        texts += [e.get("descr", "") for e in root.iter() if local(e) == "cNvPr"]
        text = "\n".join(t for t in texts if t.strip())
        if text and kind.group(1) in ("pivotCache", "externalLinks"):
            yield hidden("cache", name, text)
        if text:
            yield Passage(name, text)


def _comments(root: etree._Element, name: str) -> Items:
    authors = [e.text or "" for e in root.iter() if local(e) == "author"]
    if any(a.strip() for a in authors):
        yield metadata("author", name, " ".join(authors))
    for element in root.iter():
        if local(element) in ("comment", "threadedComment"):
            text = "".join(t.text or "" for t in element.iter() if local(t) in ("t", "text"))
            where = place("cell_comment", part=name.rpartition("/")[2], cell=element.get("ref", ""))
            yield hidden("comment", where, text)
            yield Passage(where, text)


def _value(cell: etree._Element, book: _Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(f"{S}t"))
    element = cell.find(f"{S}v")
    text = (element.text or "") if element is not None else ""
    if kind == "s" and text.isdigit() and int(text) < len(book.strings):
        book.used[int(text)] = 1
        return book.strings[int(text)]
    if kind == "n" and ("E" in text or "." in text):
        return plain_number(text)
    return text


def plain_number(text: str) -> str:
    """1.3800138E10 as 13800138000."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return f"{number:.0f}" if number == number.to_integral_value() else text


def _read_sheet(package: Package, book: _Book, part: str, name: str, state: str) -> Items:
    sheet = _Sheet(name)
    waiting: list[tuple[int, dict[int, str]]] = []
    header: list[str] | None = None
    kept: list[list[str]] = []
    for number, row in _rows(package.read(part), book, sheet):
        if isinstance(row, str):
            yield Passage(place("page_head", sheet=name), row)
            continue
        if state != "visible" and len(sheet.hidden_text) < 20:
            sheet.hidden_text += row.values()
        if header is None:
            waiting.append((number, row))
            if len(waiting) == _HEAD_ROWS:
                top, header = find_header([_wide(r) for _, r in waiting])
                yield from _flush(name, waiting, top, header, kept)
            continue
        yield _row_passage(name, number, row, header)
        if header:
            kept.append(_wide(row, len(header)))
    if header is None:
        top, header = find_header([_wide(r) for _, r in waiting])
        yield from _flush(name, waiting, top, header, kept)
    if header:
        yield Table(place("sheet", sheet=name), header, kept)
    yield from _hidden_parts(sheet, state)


def _flush(
    name: str,
    waiting: list[tuple[int, dict[int, str]]],
    top: int,
    header: list[str],
    kept: list[list[str]],
) -> Items:
    for index, (number, row) in enumerate(waiting):
        yield _row_passage(name, number, row, header if index >= top else [])
        if header and index >= top:
            kept.append(_wide(row, len(header)))


def _wide(row: dict[int, str], width: int = 0) -> list[str]:
    width = width or (max(row, default=-1) + 1)
    return [row.get(column, "") for column in range(min(width, 200))]


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _row_passage(name: str, number: int, row: dict[int, str], header: list[str]) -> Passage:
    prefix = place("sheet", sheet=name) + "!"
    cells = [(column, text, f"{prefix}{_letters(column)}{number}") for column, text in row.items()]
    return row_passage(f"{prefix}{number}", header, cells)


def _hidden_parts(sheet: _Sheet, state: str) -> Items:
    where = place("sheet", sheet=sheet.name)
    if state != "visible":
        yield hidden("sheet", where, " ".join(sheet.hidden_text), name=sheet.name)
    if sheet.hidden_rows:
        shown = "、".join(map(str, sheet.hidden_rows[:5]))
        text = " ".join(sheet.unseen.pop("rows", []))
        yield hidden("rows", where, text, count=len(sheet.hidden_rows), first=shown)
    if sheet.hidden_columns and "columns" in sheet.unseen:
        shown = "、".join(_letters(c) for c in sorted(sheet.hidden_columns)[:5])
        yield hidden("columns", where, " ".join(sheet.unseen.pop("columns")), first=shown)
    for why, texts in sheet.unseen.items():
        yield hidden(why, where, " ".join(texts))


def _rows(data: bytes, book: _Book, sheet: _Sheet) -> Iterator[tuple[int, dict[int, str] | str]]:
    tags = tuple(f"{S}{tag}" for tag in ("row", "col", "headerFooter", "dataValidation"))
    last = 0
    for event, element in events(data, tags):
        if event == "start":
            continue
        tag = local(element)
        if tag == "col":
            if (is_on(element, "hidden") and element.get("hidden")) or element.get("width") == "0":
                low, high = int(element.get("min", 1)), int(element.get("max", 1))
                sheet.hidden_columns.update(range(low - 1, min(high, low + 500)))
        elif tag == "row":
            last = int(element.get("r", last + 1))
            row = _cells(element, book, sheet)
            if row and (element.get("hidden") in ("1", "true") or element.get("ht") == "0"):
                sheet.hidden_rows.append(last)
                _keep(sheet, "rows", row.values())
            done(element)
            if row:
                yield last, row
        else:
            text = "\n".join((t.text or "") for t in element.iter() if t.text and t.text.strip())
            if text:
                yield last, text


def _keep(sheet: _Sheet, why: str, texts: object) -> None:
    kept = sheet.unseen.setdefault(why, [])
    if len(kept) < 10:
        kept += [str(text) for text in texts]  # type: ignore[attr-defined]


def _cells(row: etree._Element, book: _Book, sheet: _Sheet) -> dict[int, str]:
    found: dict[int, str] = {}
    column = -1
    for cell in row:
        reference = _LETTERS.match(cell.get("r") or "")
        column = column_number(reference.group(1)) if reference else column + 1
        text = _value(cell, book)
        formula = cell.find(f"{S}f")
        if formula is not None and formula.text and '"' in formula.text:
            text = " ".join([text, *_QUOTED.findall(formula.text)])
        if not text.strip():
            continue
        found[column] = text
        if column in sheet.hidden_columns:
            _keep(sheet, "columns", [text])
        why = book.unseen_styles.get(int(cell.get("s") or 0))
        if why:
            _keep(sheet, why, [text])
    return found
