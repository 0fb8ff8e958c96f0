"""XML parts of office files, read without entities, network or a document type.

Office files never need a document type declaration (ECMA-376 Part 2 §8.1.4 forbids it), so one
that brings it is refused: that shuts out entity bombs whole.
"""

import io
import re
from collections.abc import Iterator

from lxml import etree

from ..limits import Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W),
    (b"http://purl.oclc.org/ooxml/drawingml/main", A),
    (b"http://purl.oclc.org/ooxml/presentationml/main", P),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", S),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R),
)
_DOCTYPE = re.compile(
    rb"<!\s*(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D\x00O|E\x00N)|\x00<\x00!\x00(?:D\x00O|E\x00N)", re.I
)


def checked(data: bytes) -> bytes:
    """`data` with the names of the strict variant turned into the usual ones.

    Raises:
        Unreadable: it declares a document type or an entity.
    """
    if _DOCTYPE.search(data):
        raise Unreadable("entities")
    if b"purl.oclc.org/ooxml" in data[:4000]:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual[1:-1].encode())
    return data


def parse(data: bytes) -> etree._Element:
    """The root element.

    Raises:
        Unreadable: it is broken, or declares entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        return etree.fromstring(checked(data), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("broken") from error


def events(
    data: bytes, tags: tuple[str, ...] | None = None
) -> Iterator[tuple[str, etree._Element]]:
    """Start and end events; the caller clears elements it is done with.

    Raises:
        Unreadable: as for `parse`.
    """
    source = io.BytesIO(checked(data))
    walk = etree.iterparse(
        source,
        events=("start", "end"),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
    )
    try:
        yield from walk
    except etree.XMLSyntaxError as error:
        raise Unreadable("broken") from error


def done(element: etree._Element) -> None:
    """Frees an element that has been read, and its elder siblings."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def local(element: etree._Element) -> str:
    """The tag without its namespace; "" for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def is_on(element: etree._Element | None, name: str = "val") -> bool:
    """True for a property that is present and not switched off (w:vanish w:val="0")."""
    if element is None:
        return False
    value = next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "1")
    return value not in ("0", "false", "off", "none")
