"""Masking inside a PDF: the codes leave the content, a star is drawn where each stood."""

from collections.abc import Iterator
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ByteStringObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from ..limits import Budget, Unreadable
from ..pdf.content import Glyph, Interpreter
from ..pdf.layout import page_text
from ..readers.pdf import open_pdf
from .pdf_fonts import forget_unused
from .pdf_pages import open_writer, take_out, walk, written
from .secrets import Secrets


def mask_pdf(data: bytes, secrets: Secrets, budget: Budget) -> bytes:
    """The document without the secrets, in its pages, forms, annotations, outline and properties.

    Raises:
        Unreadable: one of them stands in an attached file.
    """
    writer = open_writer(data)

    def choose(pen: Interpreter, _: Any) -> list[Glyph]:
        made = page_text(pen.drawing.glyphs)
        gone = {made.glyph[index] for index in secrets.positions(made.text)} - {-1}
        return [pen.drawing.glyphs[index] for index in sorted(gone)]

    take_out(writer, choose, budget, star=True)
    info = dict(writer.metadata or {})
    writer.metadata = None
    writer.add_metadata({key: secrets.masked(str(value)) for key, value in info.items()})
    _strings(writer, secrets)
    for key in ("/Metadata", "/PieceInfo"):
        writer.root_object.pop(key, None)
    for page in writer.pages:
        for key in ("/Thumb", "/PieceInfo", "/Metadata"):
            page.pop(key, None)
    forget_unused(writer, budget)
    return written(writer)


def _strings(writer: PdfWriter, secrets: Secrets) -> None:
    for held, key, value in walk(writer.root_object, set()):
        if isinstance(value, TextStringObject):
            masked = secrets.masked(str(value))
            if masked != value:
                _put(held, key, TextStringObject(masked))
        elif isinstance(value, ByteStringObject) and secrets.leak(bytes(value)):
            _put(held, key, TextStringObject(""))
        elif (
            isinstance(value, StreamObject)
            and value.get("/Type") == "/EmbeddedFile"
            and secrets.leak(value.get_data())
        ):
            raise Unreadable("cannot_mask", place="EmbeddedFile")


def _put(held: Any, key: Any, value: Any) -> None:
    if isinstance(held, DictionaryObject):
        held[NameObject(key)] = value
    else:
        held[key] = value


def unpacked(data: bytes) -> Iterator[bytes]:
    """The file's bytes as they are, and each stream unpacked, for looking through a copy."""
    yield data
    reader = open_pdf(data)
    for _, __, value in walk(reader.trailer, set()):
        value = value.get_object()
        if isinstance(value, StreamObject):
            try:
                yield value.get_data()
            except (ValueError, NotImplementedError, TypeError):
                yield value._data
        elif isinstance(value, TextStringObject):
            yield str(value).encode()
