"""pdf: the text of its pages, and annotations, form fields, layers, attachments, properties."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError
from pypdf.generic import DictionaryObject, StreamObject

from ..items import Items, Passage, hidden, metadata, unreadable
from ..limits import Budget, Unreadable
from ..pdf.content import Interpreter
from ..pdf.layout import page_text, unseen
from ..words import place
from .image import read_image
from .office import NOBODY, Recurse

logging.getLogger("pypdf").setLevel(logging.CRITICAL)
_AUTHORS = {
    "/Author": "author",
    "/Company": "company",
    "/Manager": "author",
    "/Subject": "description",
    "/Keywords": "description",
    "/SourceFile": "path",
}
_TECHNICAL = ("/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped")
_PICTURE_SHARE = 0.25
_UNKNOWN_SHARE = 0.1
_FAULTS = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    NotImplementedError,
    AssertionError,
)


def open_pdf(data: bytes) -> PdfReader:
    """The document, opened with the empty password where it has one.

    Raises:
        Unreadable: protected by a password, truncated or broken.
    """
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("password")
        len(reader.pages)
    except (DependencyError, FileNotDecryptedError) as error:
        raise Unreadable("password") from error
    except (*_FAULTS, RecursionError, OSError) as error:
        raise Unreadable("broken") from error
    return reader


def read_pdf(data: bytes, budget: Budget, recurse: Recurse) -> Items:
    """All text of a pdf, page by page.

    Raises:
        Unreadable: it cannot be opened.
    """
    if b"%%EOF" not in data[-2048:]:
        yield unreadable(Unreadable("truncated"))
    reader = open_pdf(data)
    layers = hidden_layers(reader)
    pictures: list[int] = []
    letters = 0
    for number, page in enumerate(reader.pages, 1):
        where = place("page", number=number)
        try:
            drawn = yield from _page(reader, page, where, layers, budget)
        except _FAULTS as error:
            raise Unreadable("broken") from error
        letters += drawn[0]
        if drawn[1]:
            pictures.append(number)
    if pictures:
        every = len(pictures) == len(reader.pages)
        shown = "、".join(map(str, pictures[:10])) + ("…" if len(pictures) > 10 else "")
        yield unreadable(Unreadable("picture_only" if every else "picture_pages", pages=shown))
    try:
        yield from _document(reader, data, recurse)
    except _FAULTS as error:
        raise Unreadable("broken") from error


def hidden_layers(reader: PdfReader | PdfWriter) -> frozenset[int]:
    """Numbers of the layers that are off when the document is opened."""
    properties = reader.root_object.get("/OCProperties")
    if properties is None:
        return frozenset()
    default = properties.get_object().get("/D", DictionaryObject()).get_object()
    return frozenset(layer.idnum for layer in default.get("/OFF", ()))


def _page(reader: PdfReader, page: Any, where: str, layers: frozenset[int], budget: Budget) -> Any:
    """Yields the items of one page; returns (letters, whether it is but a picture)."""
    pen = Interpreter(reader, layers, budget.unpack)
    area = tuple(float(v) for v in page.mediabox)
    contents = page.get_contents()
    if contents is not None:
        pen.run(contents, page.get("/Resources", DictionaryObject()))
    glyphs = pen.drawing.glyphs
    made = page_text(glyphs)
    if made.text.strip():
        yield Passage(where, made.text)
    for why, unseen_glyphs in unseen(pen.drawing, area).items():  # type: ignore[arg-type]
        yield hidden(why, where, page_text(unseen_glyphs).text)
    unknown = sum(glyph.text is None for glyph in glyphs)
    if unknown > max(5, len(glyphs) * _UNKNOWN_SHARE):
        yield unreadable(Unreadable("font"), where)
    for picture in pen.drawing.images:
        if picture.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            yield from read_image(picture._data, where, strict=False)
    for index, annotation in enumerate(page.get("/Annots", ()) or (), 1):
        yield from _annotation(reader, annotation.get_object(), where, index, layers, budget)
    letters = sum(not char.isspace() for char in made.text)
    size = max(1.0, (area[2] - area[0]) * (area[3] - area[1]))
    return letters, letters < 10 and pen.drawing.pictures / size > _PICTURE_SHARE


def _annotation(
    reader: PdfReader, note: Any, page: str, number: int, layers: frozenset[int], budget: Budget
) -> Items:
    where = place("annotation", page=page, number=number)
    kind = str(note.get("/Subtype", ""))
    action = note.get("/A")
    uri = action.get_object().get("/URI") if action is not None else None
    if uri:
        yield Passage(where, str(uri).removeprefix("mailto:").removeprefix("tel:"))
    texts = [
        str(note[key])
        for key in ("/Contents", "/Subj", "/V", "/TU", "/DV")
        if isinstance(note.get(key), str)
    ]
    if "/RC" in note:
        texts.append(re.sub(r"<[^>]*>", " ", str(note["/RC"])))
    normal = note.get("/AP", DictionaryObject()).get_object().get("/N")
    normal = normal.get_object() if normal is not None else None
    if isinstance(normal, StreamObject):
        pen = Interpreter(reader, layers, budget.unpack)
        pen.run(normal, normal.get("/Resources", DictionaryObject()))
        texts.append(page_text(pen.drawing.glyphs).text)
    text = "\n".join(dict.fromkeys(text for text in texts if text.strip()))
    if text and kind not in ("/Link", "/Widget"):
        yield hidden("annotation", where, text)
        if note.get("/T"):
            yield metadata("author", where, str(note["/T"]))
    if text:
        yield Passage(where, text)


def _document(reader: PdfReader, data: bytes, recurse: Recurse) -> Items:
    for key, value in (reader.metadata or {}).items():
        text = str(value.get_object()).strip()
        if not text or text in NOBODY or key in _TECHNICAL:
            continue
        where = place("property", name=key[1:])
        if key != "/Title":
            yield metadata(_AUTHORS.get(key, "custom"), where, text)
        yield Passage(where, text)
    xmp = reader.root_object.get("/Metadata")
    if xmp is not None:
        yield from _xmp(xmp.get_object().get_data())
    for title in _outline(reader.outline):
        yield Passage(place("outline"), title)
    for name, contents in _attachments(reader):
        yield hidden("embedded", name)
        yield from recurse(contents, name)
    if "/JavaScript" in reader.root_object.get("/Names", DictionaryObject()).get_object():
        yield hidden("macro", "JavaScript")
    if data.count(b"%%EOF") > 1 and b"/Linearized" not in data[:2048] and "/Prev" in reader.trailer:
        yield hidden("revisions", place("file"))


def _attachments(reader: PdfReader) -> Iterator[tuple[str, bytes]]:
    for name, versions in (reader.attachments or {}).items():
        for contents in versions:
            yield name, contents


def _xmp(data: bytes) -> Items:
    text = data.decode("utf-8", "ignore")
    people = re.findall(r"<(?:dc:creator|dc:rights|pdf:Author)\b[^>]*>(.*?)</", text, re.S)
    words = " ".join(" ".join(re.sub(r"<[^>]*>", " ", part).split()) for part in people).strip()
    if words:
        yield metadata("author", "XMP", words)
    flat = " ".join(re.sub(r"<[^>]*>|<\?.*?\?>", " ", text, flags=re.S).split())
    if flat:
        yield Passage("XMP", flat)


def _outline(entries: Any) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry)
        else:
            yield str(entry.title)
