"""Opening a file that someone sent: what kind it is, and whether it may be read at all."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import IO

from catalogue_standards.files.csv_reading import csv_grids
from catalogue_standards.files.docx_reading import docx_grids
from catalogue_standards.files.grid import Grid
from catalogue_standards.files.model import CatalogueFileError, gettext_noop
from catalogue_standards.files.xlsx_reading import xlsx_grids

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE  # a catalogue of 2,000 items has less than 1
LARGEST_UNPACKED = 100 * MEGABYTE
_MOST_PARTS = 2_000
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_DOCTYPE_WITHIN = 2_000  # bytes; a document type stands before the first element

_SAVE_AS = gettext_noop(
    "“%(file)s” is in an old format (%(kind)s). Open it in Excel, Word or WPS, save it as xlsx or docx, "
    "and import that."
)
_PASSWORD = gettext_noop(
    "“%(file)s” is protected by a password. Open it, remove the password, save it, and import it again."
)
_DAMAGED = gettext_noop(
    "“%(file)s” is damaged and cannot be opened. Open it in Excel, Word or WPS, save it again as xlsx or "
    "docx, and import that."
)
_NO_CATALOGUE_KIND = gettext_noop(
    "“%(file)s” is neither an xlsx, a docx nor a csv file. Ask for the table itself, not for a picture or "
    "a pdf of it, and import that."
)


def checked_content(file: bytes | Path | IO[bytes], name: str) -> bytes:
    """What is in the file, once it is sure that it may be read; its tables are not looked for yet.

    Raises CatalogueFileError as `open_tables` does.
    """
    name = PurePath(name).name
    content = _content(file, name)
    if not content.strip():
        raise CatalogueFileError(
            gettext_noop("“%(file)s” is empty. Choose the file with the catalogue."), file=name
        )
    if content.startswith(_OLE):
        raise _ole_error(content, name)
    if content.startswith(b"PK"):
        with _damage_told(name), zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_package(package, name)
    elif content.startswith(
        (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z")
    ):
        raise CatalogueFileError(_NO_CATALOGUE_KIND, file=name)
    return content


def open_tables(file: bytes | Path | IO[bytes], name: str) -> Iterator[Grid]:
    """The tables of a file, one by one. `name` is what the user calls it.

    Looks at what the file is, not at its ending. Nothing in it is run: a file with macros or formulas,
    with a password, too large, or packed so as to fill the memory raises CatalogueFileError.
    """
    content = checked_content(file, name)
    name = PurePath(name).name
    if not content.startswith(b"PK"):
        yield from csv_grids(content, name)
        return
    with _damage_told(name), zipfile.ZipFile(io.BytesIO(content)) as package:
        read = xlsx_grids if _is_workbook(package) else docx_grids
        yield from read(package, name)


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    try:
        yield
    except CatalogueFileError:
        raise
    # The libraries answer a damaged package with whatever error the damage happens to cause.
    except Exception as error:
        raise CatalogueFileError(_DAMAGED, file=name) from error


def _content(file: bytes | Path | IO[bytes], name: str) -> bytes:
    if isinstance(file, Path):
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
            size = file.stat().st_size
    elif isinstance(file, bytes):
        content, size = file, len(file)
    else:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        content = file.read(LARGEST_FILE + 1)
    if size > LARGEST_FILE:
        raise CatalogueFileError(
            gettext_noop(
                "“%(file)s” has %(size)s MB; at most %(most)s MB can be imported. Remove pictures from it "
                "or split it by domain, and import the parts one by one."
            ),
            file=name,
            size=-(-size // MEGABYTE),
            most=LARGEST_FILE // MEGABYTE,
        )
    return content


def _ole_error(content: bytes, name: str) -> CatalogueFileError:
    for stream, message, kind in (
        ("EncryptedPackage", _PASSWORD, ""),
        ("WordDocument", _SAVE_AS, "doc"),
        ("Workbook", _SAVE_AS, "xls"),
        ("Book", _SAVE_AS, "xls"),
    ):
        if stream.encode("utf-16-le") in content:
            return CatalogueFileError(message, file=name, kind=kind)
    return CatalogueFileError(_NO_CATALOGUE_KIND, file=name)


def _check_package(package: zipfile.ZipFile, name: str) -> None:
    parts = package.infolist()
    # zipfile reads no more of a part than its declared size, so the declared sizes are a true bound.
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED or len(parts) > _MOST_PARTS:
        raise CatalogueFileError(
            gettext_noop(
                "“%(file)s” unpacks to more than %(most)s MB, which no catalogue does. Copy the table into "
                "a new file and import that."
            ),
            file=name,
            most=LARGEST_UNPACKED // MEGABYTE,
        )
    if any(part.flag_bits & 1 for part in parts):
        raise CatalogueFileError(_PASSWORD, file=name)
    names = {part.filename for part in parts}
    if any(re.search(r"(?i)vbaProject\.bin$|macrosheets/|vbaData\.xml$", n) for n in names):
        raise CatalogueFileError(
            gettext_noop(
                "“%(file)s” holds macros, which are never run here. Save it as xlsx or docx without macros "
                "and import that."
            ),
            file=name,
        )
    if "xl/workbook.bin" in names:
        raise CatalogueFileError(_SAVE_AS, file=name, kind="xlsb")
    if not _is_workbook(package) and "word/document.xml" not in names:
        raise CatalogueFileError(_NO_CATALOGUE_KIND, file=name)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with package.open(part) as opened:
                start = opened.read(_DOCTYPE_WITHIN).replace(b"\0", b"")
            if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                raise CatalogueFileError(_DAMAGED, file=name)


def _is_workbook(package: zipfile.ZipFile) -> bool:
    return "xl/workbook.xml" in package.namelist()
