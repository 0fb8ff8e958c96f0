"""Which reader a file needs: by what it holds, not by what it is called."""

from dataclasses import replace

from ..items import Item, Items, Passage, unreadable
from ..limits import Budget, Unreadable
from ..words import place
from .image import read_image
from .office import Recurse
from .package import Package
from .plain import decode, read_csv, read_text
from .sheet import read_sheets
from .slides import read_slides
from .word import read_word

_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_FEW_WORDS = 5
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_EBML = b"\x1a\x45\xdf\xa3"
#: Pictures in the box format that videos have too.
_BOXED_IMAGES = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
_VIDEO_NAMES = frozenset({"mp4", "m4v", "m4a", "mov", "webm"})
#: A frame of MPEG sound; without its first bytes no player takes it for one.
_MPEG_SOUND = (b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2")
_IMAGE_NAMES = frozenset(["jpg", "jpeg", "png", "gif", "tif", "tiff", "bmp", "webp"])
_ENDINGS = {"image": "jpg", "video": "mp4", "sound": "mp3", "other": "", "ole": "doc"}
_SAME = (
    frozenset({"docx", "docm", "dotx"}),
    frozenset({"xlsx", "xlsm", "xltx"}),
    frozenset({"pptx", "pptm", "ppsx", "potx"}),
    frozenset({"txt", "csv", "tsv", "md", "log", "json", "xml", "html", "htm"}),
    frozenset({"zip", "ofd", "odt", "ods", "odp", "epub"}),
    _IMAGE_NAMES,
    _VIDEO_NAMES,
)


def ending(name: str) -> str:
    """What stands after the last dot, in small letters."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def kind_of(data: bytes, name: str) -> str:
    """docx, xlsx, pptx, zip, pdf, image, video, sound, ole, csv, txt or other."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((kind for part, kind in _OFFICE.items() if part.encode() in data), "zip")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        return "ole"
    if data.startswith(_IMAGES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "image"
    if data[4:8] == b"ftyp" and data[8:12] in _BOXED_IMAGES:
        return "other"
    if data[4:8] == b"ftyp" or data.startswith(_EBML):
        return "video"
    if data.startswith(_MPEG_SOUND) or (data.startswith(b"ID3") and data[3:4] in b"\2\3\4"):
        return "sound"
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF")):
        return "other"
    return "csv" if ending(name) in ("csv", "tsv") else "txt"


def _mismatch(kind: str, name: str) -> bool:
    end = ending(name)
    if not end or "/embeddings/" in name:
        return False
    actual = _ENDINGS.get(kind, kind)
    if kind == "ole":
        return end not in (
            "doc",
            "xls",
            "ppt",
            "wps",
            "et",
            "dps",
            "msg",
            "bin",
            "docx",
            "xlsx",
            "pptx",
        )
    told_apart = _IMAGE_NAMES | _VIDEO_NAMES | {"pdf", "docx", "xlsx", "pptx", "zip", "mp3"}
    if kind == "txt" and end not in told_apart:
        return False
    return end != actual and not any({end, actual} <= group for group in _SAME)


def read(data: bytes, name: str, budget: Budget, depth: int = 0) -> Items:
    """Everything in a file and in the files packed in it; failures of parts come as notes."""
    try:
        if not data:
            raise Unreadable("empty")
        kind = kind_of(data, name)
        if _mismatch(kind, name):
            yield unreadable(Unreadable("wrong_ending", ending=ending(name), kind=kind), "")
        yield from _read(kind, data, name, budget, depth)
    except Unreadable as failure:
        if depth and failure.reason in ("bomb", "entries"):
            raise
        yield unreadable(failure)


def _read(kind: str, data: bytes, name: str, budget: Budget, depth: int) -> Items:
    def recurse(inner: bytes, inner_name: str) -> Items:
        if depth + 1 > budget.limits.depth:
            yield _inside(unreadable(Unreadable("nested", depth=budget.limits.depth)), inner_name)
            return
        for item in read(inner, inner_name, budget, depth + 1):
            yield _inside(item, inner_name)

    if kind in ("docx", "xlsx", "pptx"):
        reader = {"docx": read_word, "xlsx": read_sheets, "pptx": read_slides}[kind]
        package = Package(data, budget)
        yield from _with_pictures(package, reader(package, recurse))
    elif kind == "zip":
        yield from _archive(Package(data, budget), recurse)
    elif kind == "pdf":
        from .pdf import read_pdf  # a quarter of a second that other kinds are spared

        yield from read_pdf(data, budget, recurse)
    elif kind == "image":
        yield from read_image(data, name)
    elif kind == "csv":
        yield from read_csv(data)
    elif kind == "txt":
        decode(data)
        yield from read_text(data)
    else:
        raise _closed(kind, data, name)


def _closed(kind: str, data: bytes, name: str) -> Unreadable:
    if kind == "ole" and "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable("password")
    if kind == "ole":
        return Unreadable("old_office")
    if kind in ("video", "sound"):
        return Unreadable(kind)
    return Unreadable("format", ending=ending(name) or "?")


def _with_pictures(package: Package, items: Items) -> Items:
    """A document that shows only pictures cannot be checked: nothing in it is text."""
    words, properties = 0, place("property", name="")
    for item in items:
        if isinstance(item, Passage) and not item.place.startswith(properties):
            words += len(item.text.strip())
        yield item
    media = [name for name in package.names if "/media/" in name]
    if words < _FEW_WORDS and media:
        yield unreadable(Unreadable("picture_only"))


def _archive(package: Package, recurse: Recurse) -> Items:
    for entry in package.names:
        yield Passage(place("file_name"), entry)
        try:
            data = package.read(entry)
        except Unreadable as failure:
            if failure.reason in ("bomb", "entries"):
                raise
            yield _inside(unreadable(failure), entry)
            continue
        yield from recurse(data, entry)


def _inside(item: Item, name: str) -> Item:
    where = f"{name} › {item.place}" if item.place else name
    if isinstance(item, Passage):
        cells = tuple(replace(cell, place=f"{name} › {cell.place}") for cell in item.cells)
        return replace(item, place=where, cells=cells)
    return replace(item, place=where)
