"""xlsx: hidden sheets go, hidden rows and columns are emptied, comments and caches are dropped."""

import re

from lxml import etree

from ..readers.sheet import column_number, unseen_styles
from ..readers.xml import R, S, local
from .parts import Parts, drop

_BOOK = "xl/workbook.xml"
_LETTERS = re.compile(r"[A-Z]+")


def clean_sheets(parts: Parts) -> None:
    """Changes the parts in place. Where cells go, formulas become their last values."""
    book = parts.tree(_BOOK)
    targets = {e.get("Id"): parts.target(_BOOK, e) for e in parts.relations(_BOOK)}
    removed = _hidden_sheets(parts, book, targets)
    styles = unseen_styles(parts.tree("xl/styles.xml")) if "xl/styles.xml" in parts.data else {}
    sheets = [
        targets[e.get(f"{R}id")]
        for e in book.iter(f"{S}sheet")
        if targets.get(e.get(f"{R}id")) in parts.data
    ]
    emptied = sum(_empty_hidden(parts.tree(name), styles) for name in sheets)
    for name in sheets:
        root = parts.tree(name)
        drop(e for e in list(root) if local(e) in ("legacyDrawing", "legacyDrawingHF"))
        parts.unrelate(name, lambda kind, target: kind == "vmlDrawing")
        for formula in list(root.iter(f"{S}f")):
            text = formula.text or ""
            if removed or emptied or "[" in text or re.search(r'"[^"]{4,}"', text):
                drop([formula])
    drop(
        e
        for e in book.iter()
        if local(e)
        in ("fileSharing", "absPath", "externalReferences", "pivotCaches", "revisionPtr")
    )
    for defined in list(book.iter(f"{S}definedName")):
        if defined.get("hidden") in ("1", "true") or re.search(r'["\[]|#REF', defined.text or ""):
            drop([defined])
    for group in list(book.iter(f"{S}definedNames")):
        if not len(group):
            drop([group])
    if "xl/sharedStrings.xml" in parts.data:
        _forget_strings(parts, sheets)


def _hidden_sheets(parts: Parts, book: etree._Element, targets: dict[str | None, str]) -> set[str]:
    entries = list(book.iter(f"{S}sheet"))
    hidden = {i for i, e in enumerate(entries) if e.get("state") in ("hidden", "veryHidden")}
    names = {entries[i].get("name", "") for i in hidden}
    gone = {entries[i].get(f"{R}id") for i in hidden}
    drop(entries[i] for i in hidden)
    for relation in parts.relations(_BOOK):
        if relation.get("Id") in gone:
            relation.getparent().remove(relation)
    left = [i for i in range(len(entries)) if i not in hidden]
    for defined in list(book.iter(f"{S}definedName")):
        scope = defined.get("localSheetId")
        text = defined.text or ""
        if (scope and int(scope) in hidden) or any(
            f"{name}!" in text or f"{name}'!" in text for name in names
        ):
            drop([defined])
        elif scope and int(scope) in left:
            defined.set("localSheetId", str(left.index(int(scope))))
    for view in book.iter(f"{S}workbookView"):
        for key in ("activeTab", "firstSheet"):
            if hidden and key in view.attrib:
                del view.attrib[key]
    return names


def _empty_hidden(root: etree._Element, styles: dict[int, str]) -> int:
    columns: set[int] = set()
    for column in root.iter(f"{S}col"):
        if column.get("hidden") in ("1", "true") or column.get("width") == "0":
            columns |= set(range(int(column.get("min", 1)) - 1, int(column.get("max", 1))))
    count = 0
    for row in root.iter(f"{S}row"):
        unseen = row.get("hidden") in ("1", "true") or row.get("ht") == "0"
        for cell in list(row):
            letters = _LETTERS.match(cell.get("r", ""))
            away = letters is not None and column_number(letters.group()) in columns
            if len(cell) and (unseen or away or int(cell.get("s") or 0) in styles):
                count += 1
                drop(list(cell))
                cell.attrib.pop("t", None)
    return count


def _forget_strings(parts: Parts, sheets: list[str]) -> None:
    """Empties shared words that no cell uses any more; the others keep their numbers."""
    used = {
        value.text
        for name in sheets
        for cell in parts.tree(name).iter(f"{S}c")
        if cell.get("t") == "s" and (value := cell.find(f"{S}v")) is not None
    }
    for index, item in enumerate(parts.tree("xl/sharedStrings.xml").iter(f"{S}si")):
        if str(index) not in used:
            drop(list(item))
            etree.SubElement(item, f"{S}t")
