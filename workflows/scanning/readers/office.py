"""What docx, xlsx and pptx have in common: properties, links, media, embedded objects."""

import re
from collections.abc import Callable

from ..items import Items, Passage, hidden, metadata, unreadable
from ..limits import Unreadable
from ..words import place
from .image import read_image
from .package import Package
from .xml import local, parse

Recurse = Callable[[bytes, str], Items]
_PROPERTIES = {
    "creator": "author",
    "lastModifiedBy": "author",
    "Manager": "author",
    "Company": "company",
    "Template": "template",
    "HyperlinkBase": "template",
    "description": "description",
    "keywords": "description",
    "subject": "description",
    "category": "description",
    "title": "description",
    "contentStatus": "description",
}
_PLAIN_TEMPLATE = re.compile(r"(?:Normal(?:\.dotm?)?|Office Theme|Default(?: Design)?)$|^$", re.I)
_MEDIA = re.compile(r"\.(?:jpe?g|png|tiff?|gif|bmp|webp)$", re.I)
_SILENT = re.compile(
    r"\.(?:xml|rels|vml|odttf|fntdata|ttf|otf|emf|wmf|svg|wdp)$|printerSettings|calcChain", re.I
)


def read_shared(package: Package, recurse: Recurse) -> Items:
    """Properties, media, embedded objects and outside links of an office package."""
    for name in package.names:
        try:
            yield from _entry(package, name, recurse)
        except Unreadable as failure:
            if failure.reason in ("bomb", "entities"):
                raise
            yield unreadable(failure, name)


def _entry(package: Package, name: str, recurse: Recurse) -> Items:
    lower = name.lower()
    if lower.startswith("docprops/"):
        yield from _properties(package, name)
    elif lower.endswith(".rels"):
        yield from _links(package, name)
    elif lower.startswith("customxml/") and "itemprops" not in lower and lower.endswith(".xml"):
        yield from _custom(package, name)
    elif "vbaproject" in lower:
        yield hidden("macro", name)
    elif "/embeddings/" in lower or "/activex/" in lower:
        yield hidden("embedded", name)
        yield from recurse(package.read(name), name)
    elif _MEDIA.search(name):
        yield from read_image(package.read(name), name, strict=False)
    elif not _SILENT.search(name):
        yield hidden("stray", name)
        yield from recurse(package.read(name), name)


def _properties(package: Package, name: str) -> Items:
    if not name.lower().endswith(".xml"):
        yield hidden("thumbnail", name)
        return
    custom = name.lower().endswith("custom.xml")
    for element in parse(package.read(name)).iter():
        text = (element.text or "").strip()
        rule = "custom" if custom else _PROPERTIES.get(local(element), "")
        if not text or not rule or (rule == "template" and _PLAIN_TEMPLATE.search(text)):
            continue
        where = place("property", name=local(element))
        yield metadata(rule, where, text)
        yield Passage(where, text)


def _links(package: Package, name: str) -> Items:
    for relation in parse(package.read(name)):
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            continue
        where = place("link", name=name.rpartition("/")[2].removesuffix(".rels"))
        if relation.get("Type", "").endswith("attachedTemplate"):
            yield metadata("template", where, target)
        elif re.match(r"file:|[A-Za-z]:[\\/]|\\\\", target):
            yield metadata("path", where, target)
        yield Passage(where, target.removeprefix("mailto:").removeprefix("tel:"))


def _custom(package: Package, name: str) -> Items:
    text = " ".join("".join(parse(package.read(name)).itertext()).split())
    if text:
        yield hidden("custom_xml", name, text)
        yield Passage(name, text)
