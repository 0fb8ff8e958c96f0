"""pptx: slides in their order, notes, comments, and what is hidden, covered or off the slide."""

import re
from collections.abc import Iterator

from lxml import etree

from ..items import Items, Passage, hidden, metadata
from ..words import place
from .office import Recurse, read_shared
from .package import Package
from .word import table_items
from .xml import A, P, R, local, parse

_DRAWN = {"sp", "pic", "graphicFrame", "cxnSp"}
_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill")
_TINY = 200  # hundredths of a point
Box = tuple[int, int, int, int]


def read_slides(package: Package, recurse: Recurse) -> Items:
    """All text of a pptx."""
    root = parse(package.read("ppt/presentation.xml"))
    relations = package.relations("ppt/presentation.xml")
    size = root.find(f"{P}sldSz")
    area = (int(size.get("cx", 0)), int(size.get("cy", 0))) if size is not None else (0, 0)
    seen: set[str] = set()
    for number, entry in enumerate(root.iter(f"{P}sldId"), 1):
        part = relations.get(entry.get(f"{R}id", ""), ("", "", False))[1]
        if part in package:
            seen.add(part)
            yield from _slide(package, part, place("slide", number=number), area)
    for name in package.names:
        if re.match(r"ppt/slides/[^/]+\.xml$", name) and name not in seen:
            yield hidden("stray", name, _text(parse(package.read(name))))
            yield from _slide(package, name, name, area)
        elif re.match(r"ppt/(?:slideMasters|slideLayouts|charts|diagrams/data)[^_]*\.xml$", name):
            text = "\n".join(
                t.text or "" for t in parse(package.read(name)).iter() if local(t) in ("t", "v")
            )
            if text.strip():
                yield Passage(name, text)
        elif re.match(r"ppt/(?:commentAuthors|authors)", name):
            people = " ".join(e.get("name", "") for e in parse(package.read(name)))
            if people.strip():
                yield metadata("author", name, people)
        elif re.match(r"ppt/comments/.*\.xml$", name):
            yield from _comments(parse(package.read(name)), name)
    yield from read_shared(package, recurse)


def _comments(root: etree._Element, name: str) -> Items:
    for index, comment in enumerate(e for e in root.iter() if local(e) == "cm"):
        text = "".join(t.text or "" for t in comment.iter() if local(t) in ("text", "t"))
        where = place("numbered", part=name.rpartition("/")[2], number=index + 1)
        yield hidden("comment", where, text)
        yield Passage(where, text)


def _text(element: etree._Element) -> str:
    lines = ["".join(t.text or "" for t in p.iter(f"{A}t")) for p in element.iter(f"{A}p")]
    return "\n".join(line for line in lines if line.strip())


def _slide(package: Package, part: str, where: str, area: tuple[int, int]) -> Items:
    root = parse(package.read(part))
    if root.get("show") in ("0", "false"):
        yield hidden("slide", where, _text(root), name=where)
    unseen = dict(unseen_shapes(root, area, _plain_ground(package, part, root)))
    tables = 0
    for index, shape in enumerate(e for e in root.iter() if local(e) in _DRAWN):
        text = _text(shape)
        spot = place("shape", slide=where, number=index + 1)
        props = next((e for e in shape.iter() if local(e) == "cNvPr"), None)
        if props is not None and props.get("descr"):
            yield Passage(place("shape_alt", slide=where, number=index + 1), props.get("descr", ""))
        if not text:
            continue
        if shape in unseen:
            yield hidden(unseen[shape], spot, text)
        grid = next(shape.iter(f"{A}tbl"), None)
        if grid is None:
            yield Passage(spot, text)
            continue
        tables += 1
        rows = [[_text(cell) for cell in row.findall(f"{A}tc")] for row in grid.findall(f"{A}tr")]
        yield from table_items(rows, where, tables)
    for notes in package.targets(part, "notesSlide"):
        text = _text(parse(package.read(notes)))
        if text.strip() and not text.strip().isdigit():
            yield hidden("notes", place("notes", slide=where), text)
            yield Passage(place("notes", slide=where), text)


def _box(shape: etree._Element) -> Box | None:
    frame = next((e for e in shape.iter() if local(e) == "xfrm"), None)
    if frame is None:
        return None
    offset, extent = frame.find(f"{A}off"), frame.find(f"{A}ext")
    if offset is None or extent is None:
        return None
    x, y = int(offset.get("x", 0)), int(offset.get("y", 0))
    return x, y, x + int(extent.get("cx", 0)), y + int(extent.get("cy", 0))


def _plain_ground(package: Package, part: str, root: etree._Element) -> bool:
    layouts = list(package.targets(part, "slideLayout"))
    masters = [m for name in layouts for m in package.targets(name, "slideMaster")]
    return is_plain([root, *(parse(package.read(name)) for name in (*layouts, *masters))])


def is_plain(roots: list[etree._Element]) -> bool:
    """True where a slide, its layout and its master bring no ground but white."""
    for root in roots:
        ground = next(root.iter(f"{P}bg"), None)
        if ground is None:
            continue
        colours = {
            e.get("val", "").upper() for e in ground.iter() if local(e) in ("srgbClr", "schemeClr")
        }
        if not colours <= {"FFFFFF", "BG1"} or any(local(e) == "blip" for e in ground.iter()):
            return False
    return True


def unseen_shapes(
    root: etree._Element, area: tuple[int, int], plain: bool
) -> Iterator[tuple[etree._Element, str]]:
    """Shapes whose words a reader does not see, and why; `plain` is `is_plain` of the slide."""
    shapes = [e for e in root.iter() if local(e) in _DRAWN]
    boxes = [_box(shape) for shape in shapes]
    for index, shape in enumerate(shapes):
        if not _text(shape):
            continue
        why = _unseen(shape, boxes[index], area)
        if not why and _covered(boxes[index], shapes[index + 1 :], boxes[index + 1 :]):
            why = "covered"
        if (
            not why
            and plain
            and _white(shape)
            and not _under(boxes[index], shapes[:index], boxes[:index])
        ):
            why = "white"
        if why:
            yield shape, why


def _unseen(shape: etree._Element, box: Box | None, area: tuple[int, int]) -> str:
    props = next((e for e in shape.iter() if local(e) == "cNvPr"), None)
    if props is not None and props.get("hidden") in ("1", "true"):
        return "shape"
    if box and area[0] and (box[2] <= 0 or box[3] <= 0 or box[0] >= area[0] or box[1] >= area[1]):
        return "off_page"
    sizes = [int(r.get("sz", 1800)) for r in shape.iter(f"{A}rPr") if r.get("sz")]
    return "tiny" if sizes and max(sizes) <= _TINY else ""


def _white(shape: etree._Element) -> bool:
    """True where every run is white and the shape itself has no ground."""
    if any(local(e) in _FILLS and local(e.getparent()) in ("spPr", "tcPr") for e in shape.iter()):
        return False
    if any(local(e) == "style" for e in shape):
        return False
    runs = [run for run in shape.iter(f"{A}r") if "".join(run.itertext()).strip()]
    return bool(runs) and all(
        (color := run.find(f"{A}rPr/{A}solidFill/{A}srgbClr")) is not None
        and color.get("val", "").upper() == "FFFFFF"
        for run in runs
    )


def _opaque(shape: etree._Element) -> bool:
    return local(shape) == "pic" or any(
        local(e) in _FILLS and local(e.getparent()) == "spPr" for e in shape.iter()
    )


def _within(inner: Box, outer: Box) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and outer[2] >= inner[2]
        and outer[3] >= inner[3]
    )


def _under(box: Box | None, earlier: list[etree._Element], boxes: list[Box | None]) -> bool:
    """True where something opaque may lie beneath."""
    return any(
        _opaque(shape) and (box is None or ground is None or _within(box, ground))
        for shape, ground in zip(earlier, boxes, strict=True)
    )


def _covered(box: Box | None, later: list[etree._Element], boxes: list[Box | None]) -> bool:
    """True where a picture or filled shape drawn later lies over the whole box."""
    return box is not None and any(
        over is not None and _opaque(shape) and _within(box, over)
        for shape, over in zip(later, boxes, strict=True)
    )
