"""Masking inside docx, xlsx and pptx: in every part, over the borders of runs."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from ..limits import Budget, Unreadable
from ..masking import STAR
from ..readers.sheet import plain_number
from ..readers.xml import S, local
from .clean_image import clean_image
from .parts import Parts
from .secrets import Secrets

_INLINE = {"t", "delText", "instrText", "delInstrText"}
_BLOCKS = {"p", "si", "is", "comment", "text", "txbxContent", "c"}
_DELETED = {"delText", "delInstrText"}
_CELL_NUMBERS = ("n", None)


class _Run:
    """Characters of many nodes as one text, and the way back."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.home: list[tuple[etree._Element, int] | None] = []

    def add(self, node: etree._Element) -> None:
        for offset, char in enumerate(node.text or ""):
            self.text.append(char)
            self.home.append((node, offset))

    def between(self, char: str) -> None:
        self.text.append(char)
        self.home.append(None)

    def mask(self, secrets: Secrets) -> bool:
        touched: dict[etree._Element, set[int]] = {}
        for index in secrets.positions("".join(self.text)):
            home = self.home[index]
            if home:
                touched.setdefault(home[0], set()).add(home[1])
        for node, gone in touched.items():
            node.text = "".join(STAR if i in gone else c for i, c in enumerate(node.text or ""))
        return bool(touched)


def _block(node: etree._Element) -> etree._Element | None:
    return next((e for e in node.iterancestors() if local(e) in _BLOCKS), None)


def _is_deleted(node: etree._Element) -> bool:
    return local(node) in _DELETED or any(
        local(e) in ("del", "moveFrom") for e in node.iterancestors()
    )


def _runs(root: etree._Element) -> Iterator[_Run]:
    shown, deleted = _Run(), _Run()
    last: dict[int, etree._Element | None] = {}
    for node in root.iter():
        name = local(node)
        if not name:
            continue
        if name in _INLINE:
            run = deleted if _is_deleted(node) else shown
            block = _block(node)
            if last.get(id(run), block) is not block:
                run.between("\n")
            last[id(run)] = block
            run.add(node)
        elif (
            name in ("tab", "br", "cr")
            and node.getparent() is not None
            and local(node.getparent()) == "r"
        ):
            shown.between("\n" if name != "tab" else "\t")
        elif name == "noBreakHyphen":
            shown.between("-")
        elif (node.text or "").strip():
            alone = _Run()
            alone.add(node)
            yield alone
    yield shown
    yield deleted


def mask_tree(root: etree._Element, secrets: Secrets) -> bool:
    """Masks all text and attributes below `root`; says whether anything changed."""
    changed = _numbers(root, secrets)
    for run in _runs(root):
        changed |= run.mask(secrets)
    for node in root.iter():
        if node.tail and node.tail.strip():
            node.tail, before = secrets.masked(node.tail), node.tail
            changed |= node.tail != before
        for key, value in node.attrib.items():
            masked = secrets.masked(value)
            if masked != value:
                node.set(key, masked)
                changed = True
    return changed


def _numbers(root: etree._Element, secrets: Secrets) -> bool:
    """Cells that hold a number become words, because a star is no number."""
    changed = False
    for cell in root.iter(f"{S}c"):
        value = cell.find(f"{S}v")
        if cell.get("t") not in _CELL_NUMBERS or value is None or not value.text:
            continue
        plain = plain_number(value.text)
        masked = secrets.masked(plain)
        if masked != plain:
            for child in list(cell):
                cell.remove(child)
            cell.set("t", "inlineStr")
            etree.SubElement(etree.SubElement(cell, f"{S}is"), f"{S}t").text = masked
            changed = True
    return changed


def mask_office(data: bytes, secrets: Secrets, budget: Budget) -> bytes:
    """The package without the secrets.

    Raises:
        Unreadable: one of them stands in a part that cannot be changed.
    """
    parts = Parts(data, budget)
    parts.unrelate("", lambda kind, target: kind == "thumbnail")
    for name in list(parts.data):
        body = parts.data[name]
        lower = name.lower()
        if lower.endswith((".xml", ".rels", ".vml")):
            mask_tree(parts.tree(name), secrets)
        elif zipfile.is_zipfile(io.BytesIO(body)):
            parts.data[name] = mask_office(body, secrets, budget)
        elif secrets.leak(body):
            parts.data[name] = _image(body, name)
            if secrets.leak(parts.data[name]):
                raise Unreadable("cannot_mask", place=name)
    parts.data = {
        name: body for name, body in parts.data.items() if "thumbnail" not in name.lower()
    }
    return parts.write()


def _image(body: bytes, name: str) -> bytes:
    try:
        return clean_image(body)
    except Unreadable as error:
        raise Unreadable("cannot_mask", place=name) from error
