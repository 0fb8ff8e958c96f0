"""pptx: hidden slides, notes, comments and shapes that cannot be seen are taken out."""

from lxml import etree

from ..readers.slides import is_plain, unseen_shapes
from ..readers.xml import P, R, local
from .parts import Parts, drop

_DECK = "ppt/presentation.xml"


def clean_slides(parts: Parts) -> None:
    """Changes the parts in place."""
    deck = parts.tree(_DECK)
    targets = {e.get("Id"): parts.target(_DECK, e) for e in parts.relations(_DECK)}
    size = deck.find(f"{P}sldSz")
    area = (int(size.get("cx", 0)), int(size.get("cy", 0))) if size is not None else (0, 0)
    gone: set[str] = set()
    for entry in list(deck.iter(f"{P}sldId")):
        name = targets.get(entry.get(f"{R}id"), "")
        if name not in parts.data:
            continue
        root = parts.tree(name)
        if root.get("show") in ("0", "false"):
            gone.add(name)
            drop([entry])
            continue
        plain = is_plain([root, *_grounds(parts, name)])
        drop(shape for shape, _ in list(unseen_shapes(root, area, plain)))
    parts.unrelate(_DECK, lambda kind, target: target in gone)
    drop(e for e in deck.iter() if local(e) in ("custShowLst", "sectionLst", "modifyVerifier"))
    for part in parts.owners():
        parts.unrelate(part, lambda kind, target: target in gone)
    for name in parts.matching(r"ppt/charts/chart[^/]*\.xml$"):
        drop(e for e in parts.tree(name).iter() if local(e) == "externalData")


def _grounds(parts: Parts, slide: str) -> list[etree._Element]:
    """The layout of a slide and its master."""
    found, part = [], slide
    for kind in ("slideLayout", "slideMaster"):
        targets = [
            parts.target(part, e) for e in parts.relations(part) if e.get("Type", "").endswith(kind)
        ]
        if not targets or targets[0] not in parts.data:
            break
        part = targets[0]
        found.append(parts.tree(part))
    return found
