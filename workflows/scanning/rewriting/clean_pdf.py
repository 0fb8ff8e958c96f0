"""PDF: no properties, comments, attachments, scripts, layers that are off, or text unseen."""

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from ..limits import Budget, Unreadable
from ..pdf.content import Glyph, Interpreter
from ..pdf.layout import unseen
from .clean_image import clean_image
from .pdf_fonts import forget_unused
from .pdf_pages import open_writer, take_out, walk, written

_KEPT_NOTES = ("/Link", "/Widget", "/Stamp")
_ROOT = ("/Metadata", "/PieceInfo", "/OpenAction", "/AA", "/Collection", "/AF", "/SpiderInfo")
_PAGE = ("/Metadata", "/PieceInfo", "/Thumb", "/AA", "/AF", "/LastModified")
_PERSONAL = ("/T", "/Contents", "/RC", "/Subj", "/NM", "/M", "/CreationDate", "/Popup", "/IRT")


def clean_pdf(data: bytes, budget: Budget) -> bytes:
    """The document as it looks, and nothing besides.

    Raises:
        Unreadable: it cannot be opened.
    """
    writer = open_writer(data)
    root = writer.root_object
    for key in _ROOT:
        root.pop(key, None)
    names = root.get("/Names")
    if names is not None:
        for key in ("/EmbeddedFiles", "/JavaScript"):
            names.get_object().pop(key, None)
    form = root.get("/AcroForm")
    if form is not None:
        form.get_object().pop("/XFA", None)
    for page in writer.pages:
        for key in _PAGE:
            page.pop(key, None)
        _annotations(page)

    def choose(pen: Interpreter, owner: Any) -> list[Glyph]:
        area = owner.get("/MediaBox") or owner.get("/BBox")
        box = tuple(float(v) for v in area.get_object())
        if owner.get("/Type") != "/Page":
            return []
        return [glyph for glyphs in unseen(pen.drawing, box).values() for glyph in glyphs]  # type: ignore[arg-type]

    take_out(writer, choose, budget, star=False)
    forget_unused(writer, budget)
    _pictures(writer)
    writer.metadata = None
    return written(writer)


def _annotations(page: Any) -> None:
    notes = page.get("/Annots")
    if notes is None:
        return
    kept = ArrayObject()
    for reference in notes.get_object():
        note = reference.get_object()
        if note.get("/Subtype") not in _KEPT_NOTES:
            continue
        for key in ("/A", "/AA"):
            action = note.get(key)
            if action is not None and action.get_object().get("/S") in ("/JavaScript", "/Launch"):
                note.pop(key, None)
        if note.get("/Subtype") != "/Widget":
            for key in _PERSONAL:
                note.pop(key, None)
        kept.append(reference)
    page[NameObject("/Annots")] = kept


def _pictures(writer: Any) -> None:
    for _, __, value in walk(writer.root_object, set()):
        image = value.get_object()
        if not isinstance(image, StreamObject) or image.get("/Subtype") != "/Image":
            continue
        if image.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            try:
                image._data = clean_image(image._data)
            except Unreadable:
                continue
        if isinstance(image, DictionaryObject):
            image.pop("/Metadata", None)
