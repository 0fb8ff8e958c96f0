"""Walks the streams of a PDF that draw text and takes glyphs out of them."""

import io
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ContentStream,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)

from ..limits import Budget
from ..pdf.content import Glyph, Interpreter
from ..pdf.edit import MASK_FONT, Cut, cuts, edit, star_font
from ..readers.pdf import hidden_layers, open_pdf

Choose = Callable[[Interpreter, Any], list[Glyph]]


def open_writer(data: bytes) -> PdfWriter:
    """A copy of the document that can be changed; only what its root reaches is copied.

    Raises:
        Unreadable: it cannot be opened.
    """
    return PdfWriter(clone_from=open_pdf(data))


def written(writer: PdfWriter) -> bytes:
    """The file, written twice: the second time without objects that nothing refers to."""
    out = io.BytesIO()
    writer.write(out)
    again = PdfWriter(clone_from=PdfReader(io.BytesIO(out.getvalue())))
    again.metadata = None
    if writer.metadata:
        again.add_metadata(dict(writer.metadata))
    again.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    last = io.BytesIO()
    again.write(last)
    return last.getvalue()


def appearances(page: Any) -> Iterator[StreamObject]:
    """The streams that draw the page's annotations."""
    for annotation in page.get("/Annots", ()) or ():
        looks = annotation.get_object().get("/AP")
        for look in looks.get_object().values() if looks is not None else ():
            look = look.get_object()
            if isinstance(look, StreamObject):
                yield look
            elif isinstance(look, DictionaryObject):
                yield from (
                    s for v in look.values() if isinstance(s := v.get_object(), StreamObject)
                )


def take_out(writer: PdfWriter, choose: Choose, budget: Budget, *, star: bool) -> None:
    """Takes the glyphs that `choose` picks out of every page, form and annotation."""
    layers = hidden_layers(writer)
    font = writer._add_object(star_font()) if star else None
    gathered: dict[int, tuple[Any, Any, Cut]] = {}
    for page in writer.pages:
        _gather(writer, page, page.get_contents(), choose, layers, budget, gathered)
        for look in appearances(page):
            _gather(writer, look, look, choose, layers, budget, gathered)
    for owner, stream, cut in gathered.values():
        _rewrite(writer, owner, stream, cut, font)


def _gather(
    writer: PdfWriter, owner: Any, stream: Any, choose: Choose, layers: frozenset[int], budget: Budget,
    gathered: dict[int, tuple[Any, Any, Cut]],
) -> None:  # fmt: skip
    if stream is None:
        return
    pen = Interpreter(writer, layers, budget.unpack)
    pen.run(stream, owner.get("/Resources", DictionaryObject()))
    for number, cut in cuts(choose(pen, owner)).items():
        drawn = pen.drawing.streams[number]
        home = owner if number == 0 else drawn
        known = gathered.setdefault(id(home), (home, drawn, {}))[2]
        for operation, by_piece in cut.items():
            for piece, glyphs in by_piece.items():
                kept = known.setdefault(operation, {}).setdefault(piece, [])
                kept += [g for g in glyphs if all(g.start != other.start for other in kept)]


def _rewrite(
    writer: PdfWriter, owner: Any, stream: Any, cut: Cut, font: IndirectObject | None
) -> None:
    content = ContentStream(stream, writer)
    edit(content, cut, star=font is not None)
    if font is not None:
        resources = owner.get("/Resources")
        if resources is None:
            resources = owner[NameObject("/Resources")] = DictionaryObject()
        resources = resources.get_object()
        fonts = resources.get("/Font")
        fonts = fonts.get_object() if fonts is not None else DictionaryObject()
        resources[NameObject("/Font")] = fonts
        fonts[NameObject(MASK_FONT)] = font
    body = content.get_data()
    if owner.get("/Type") == "/Page":
        fresh = StreamObject()
        fresh.set_data(body)
        owner[NameObject("/Contents")] = writer._add_object(fresh.flate_encode())
        return
    owner.pop("/DecodeParms", None)
    owner[NameObject("/Filter")] = NameObject("/FlateDecode")
    owner._data = zlib.compress(body)
    owner.decoded_self = None


def walk(value: Any, seen: set[int]) -> Iterator[tuple[Any, Any, Any]]:
    """(container, key, value) for every entry of every dictionary and array below `value`."""
    queue = [value]
    while queue:
        held = queue.pop()
        held = held.get_object() if isinstance(held, IndirectObject) else held
        if held is None or isinstance(held, NullObject) or id(held) in seen:
            continue
        if isinstance(held, dict):
            seen.add(id(held))
            entries = [(key, held.raw_get(key)) for key in list(held)]  # type: ignore[attr-defined]
        elif isinstance(held, list):
            seen.add(id(held))
            entries = list(enumerate(list.__iter__(held)))
        else:
            continue
        for key, entry in entries:
            yield held, key, entry
            queue.append(entry)
