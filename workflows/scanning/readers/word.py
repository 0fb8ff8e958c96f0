"""docx: the text as a reader sees it, and all that he does not see.

The part is read as a stream; paragraphs nest (text boxes), so buffers are kept on a stack.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from ..items import Items, Passage, Table, hidden, metadata
from ..passages import row_passage
from ..words import place
from .office import Recurse, read_shared
from .package import Package
from .tables import find_header
from .xml import MC, W, done, events, is_on, local, parse

_STORIES = re.compile(
    r"word/(?:(document)|(header)\d*|(footer)\d*|(footnotes)|(endnotes)|(comments)|(glossary)/document)\.xml$"
)
_TINY = 4  # half points
_SAMPLES = 3
_PLAIN_TABLES = ("TableGrid", "TableNormal", "a1", "a3")


@dataclass(slots=True)
class _Paragraph:
    shown: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    why: str = ""


@dataclass(slots=True)
class _Grid:
    rows: list[list[str]] = field(default_factory=list)
    row: list[str] | None = None
    cell: list[str] | None = None


def _shaded(props: etree._Element | None) -> bool:
    if props is None:
        return False
    shade, marker = props.find(f"{W}shd"), props.find(f"{W}highlight")
    filled = shade is not None and shade.get(f"{W}fill", "auto").upper() not in ("AUTO", "FFFFFF")
    return filled or (marker is not None and marker.get(f"{W}val") not in ("white", "none"))


def _unseen(props: etree._Element | None) -> str:
    """Why words with these properties cannot be seen, or ""."""
    if props is None:
        return ""
    if is_on(props.find(f"{W}vanish")):
        return "vanish"
    color, size = props.find(f"{W}color"), props.find(f"{W}sz")
    if color is not None and color.get(f"{W}val", "").upper() == "FFFFFF" and not _shaded(props):
        return "white"
    value = size.get(f"{W}val", "") if size is not None else ""
    return "tiny" if value.isdigit() and int(value) <= _TINY else ""


def _on_colour(run: etree._Element) -> bool:
    """True where white words may well stand on a coloured ground."""
    for element in run.iterancestors():
        name = local(element)
        if name == "txbxContent":
            return True
        if name in ("p", "tc") and _shaded(element.find(f"{W}{name}Pr")):
            return True
        if name == "tbl":
            style = element.find(f"{W}tblPr/{W}tblStyle")
            if style is not None and style.get(f"{W}val") not in _PLAIN_TABLES:
                return True
    return False


def unseen_styles(root: etree._Element | None) -> dict[str, str]:
    """Styles whose words cannot be seen, and why."""
    found = {
        s.get(f"{W}styleId", ""): _unseen(s.find(f"{W}rPr"))
        for s in (root.iter(f"{W}style") if root is not None else ())
    }
    return {style: why for style, why in found.items() if why}


def why_unseen(run: etree._Element, styles: dict[str, str]) -> str:
    """Why a reader does not see a run: vanish, white, tiny; "" where he does."""
    props = run.find(f"{W}rPr")
    why = _unseen(props)
    if not why and styles:
        paragraph = next(run.iterancestors(f"{W}p"), None)
        named = [props.find(f"{W}rStyle") if props is not None else None]
        named.append(paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None)
        why = next(
            (w for s in named if s is not None and (w := styles.get(s.get(f"{W}val", "")))), ""
        )
    return "" if why == "white" and _on_colour(run) else why


def _styles(package: Package) -> dict[str, str]:
    name = "word/styles.xml"
    return unseen_styles(parse(package.read(name)) if name in package else None)


def read_word(package: Package, recurse: Recurse) -> Items:
    """All text of a docx, story by story."""
    styles = _styles(package)
    for name in package.names:
        story = _STORIES.search(name)
        if story:
            kind = next(group for group in story.groups() if group)
            yield from _Story(kind, name, styles).read(package.read(name))
        elif re.search(r"word/(?:charts|diagrams|people)", name) and name.endswith(".xml"):
            yield from _loose(package, name)
    if "word/settings.xml" in package:
        for variable in parse(package.read("word/settings.xml")).iter(f"{W}docVar"):
            text = variable.get(f"{W}val", "")
            yield hidden("variable", "word/settings.xml", text)
            yield Passage("word/settings.xml", text)
    yield from read_shared(package, recurse)


def _loose(package: Package, name: str) -> Items:
    root = parse(package.read(name))
    texts = [e.text for e in root.iter() if local(e) in ("t", "v") and e.text]
    if "people" in name:
        texts += [e.get(f"{W}author") or next(iter(e.attrib.values()), "") for e in root]
        if texts:
            yield metadata("author", name, " ".join(texts))
    if texts:
        yield Passage(name, " ".join(texts))


class _Story:
    """One part with paragraphs: the body, a header, the comments …"""

    def __init__(self, kind: str, name: str, styles: dict[str, str]) -> None:
        self.kind, self.name, self.styles = kind, name, styles
        self.paragraphs: list[_Paragraph] = []
        self.grids: list[_Grid] = []
        self.count = self.tables = 0
        self.removed = self.skipped = 0
        self.seen_changes = 0
        self.comment = ""

    def read(self, data: bytes) -> Items:
        for event, element in events(data):
            tag = local(element)
            if event == "start":
                self._start(tag, element)
            else:
                yield from self._end(tag, element)

    def _start(self, tag: str, element: etree._Element) -> None:
        if tag == "p" and element.tag == f"{W}p":
            self.paragraphs.append(_Paragraph())
        elif tag in ("del", "moveFrom") and element.tag.startswith(W):
            self.removed += 1
        elif tag == "Fallback" and element.tag.startswith(MC):
            self.skipped += 1
        elif tag == "tbl" and element.tag.startswith(W):
            self.grids.append(_Grid())
        elif tag == "tr" and self.grids:
            self.grids[-1].row = []
        elif tag == "tc" and self.grids and self.grids[-1].row is not None:
            self.grids[-1].cell = []
        elif tag == "comment":
            self.comment = element.get(f"{W}author", "")

    def _end(self, tag: str, element: etree._Element) -> Items:
        if not isinstance(element.tag, str) or (
            not element.tag.startswith((W, MC)) and tag != "docPr"
        ):
            return
        if tag == "r":
            self._run(element)
        elif tag == "p" and self.paragraphs:
            yield from self._paragraph(element)
        elif tag in ("del", "moveFrom"):
            self.removed = max(0, self.removed - 1)
            yield from self._change(element, "deletion")
        elif tag in ("ins", "moveTo"):
            yield from self._change(element, "insertion")
        elif tag == "Fallback":
            self.skipped -= 1
        elif tag == "docPr" and (element.get("descr") or element.get("title")):
            text = f"{element.get('title', '')} {element.get('descr', '')}".strip()
            yield Passage(place("alt", story=self._story(), number=element.get("id", "")), text)
        elif tag in ("tc", "tr", "tbl") and self.grids:
            yield from self._table(tag)
            if tag == "tbl" and not self.grids and not self.paragraphs:
                done(element)

    def _run(self, run: etree._Element) -> None:
        if self.skipped or not self.paragraphs:
            return
        paragraph = self.paragraphs[-1]
        pieces = []
        for child in run:
            name = local(child)
            if name in ("t", "delText", "instrText", "delInstrText"):
                pieces.append(child.text or "")
            elif name in ("tab", "br", "cr"):
                pieces.append("\t" if name == "tab" else "\n")
            elif name == "noBreakHyphen":
                pieces.append("-")
        text = "".join(pieces)
        if not text:
            return
        if self.removed:
            paragraph.deleted.append(text)
            return
        why = why_unseen(run, self.styles)
        paragraph.shown.append(text)
        if why and text.strip():
            paragraph.unseen.append(text)
            paragraph.why = paragraph.why or why

    def _change(self, element: etree._Element, rule: str) -> Items:
        self.seen_changes += 1
        if self.seen_changes <= _SAMPLES and not self.skipped:
            text = "".join(t.text or "" for t in element.iter(f"{W}t", f"{W}delText"))
            yield hidden(rule, place("change", story=self._story(), number=self.seen_changes), text)

    def _story(self) -> str:
        number = re.sub(r"\D", "", self.name.rpartition("/")[2])
        return place(f"story_{self.kind}") + number

    def _paragraph(self, element: etree._Element) -> Items:
        paragraph = self.paragraphs.pop()
        if self.skipped:
            return
        self.count += 1
        text = "".join(paragraph.shown)
        where = place("paragraph", story=self._story(), number=self.count)
        if self.kind == "comments" and text.strip():
            yield hidden("comment", where, text)
            if self.comment:
                yield metadata("author", where, self.comment)
                self.comment = ""
        unseen = "".join(paragraph.unseen)
        if unseen.strip():
            yield hidden(paragraph.why, where, unseen)
        if self.grids and self.grids[-1].cell is not None:
            self.grids[-1].cell.append(text)
        elif text.strip():
            yield Passage(where, text)
        deleted = "".join(paragraph.deleted)
        if deleted.strip():
            yield Passage(place("deleted", where=where), deleted)
        if not self.paragraphs and not self.grids:
            done(element)

    def _table(self, tag: str) -> Items:
        grid = self.grids[-1]
        if tag == "tc" and grid.row is not None and grid.cell is not None:
            grid.row.append("\n".join(grid.cell))
            grid.cell = None
        elif tag == "tr" and grid.row is not None:
            grid.rows.append(grid.row)
            grid.row = None
        elif tag == "tbl":
            self.grids.pop()
            self.tables += 1
            yield from table_items(grid.rows, self._story(), self.tables)
            outer = self.grids[-1].cell if self.grids else None
            if outer is not None:
                outer.append("\n".join("\t".join(row) for row in grid.rows))


def table_items(rows: list[list[str]], story: str, number: int) -> Items:
    """A table's rows as labelled passages, then the table for the check of aggregation."""
    top, header = find_header(rows)
    for index, row in enumerate(rows, 1):
        cells = [
            (column, text, place("cell", story=story, table=number, row=index, column=column + 1))
            for column, text in enumerate(row)
            if text.strip()
        ]
        if cells:
            where = place("row", story=story, table=number, row=index)
            yield row_passage(where, header if index > top else [], cells)
    if header:
        yield Table(place("table", story=story, table=number), header, rows[top:])
