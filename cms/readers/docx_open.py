"""Open a docx from anywhere without trusting it: sizes are checked before anything is unpacked."""

import os
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from lxml import etree

from cms.readers.errors import PolicyUnreadable

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
# XML costs some ten times its size in memory once parsed, pictures only their own.
MAX_XML_BYTES = 32 * 1024 * 1024
MAX_ENTRIES = 5000

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_PART = "word/document.xml"
_STRICT_NAMESPACE = b"http://purl.oclc.org/ooxml/"
_NOT_PLAIN_DOCUMENT = (b"macroEnabled", b"wordprocessingml.template.main")

# What zipfile, lxml and python-docx let through when a file contradicts itself.
DAMAGE = (
    OpcError,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    AttributeError,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


def open_docx(file: str | os.PathLike[str] | BinaryIO) -> Document:
    """Return the opened document; raise PolicyUnreadable, or OSError for a path."""
    data = _content(file)
    _check_kind(data)
    try:
        _check_package(data)
        return docx.Document(BytesIO(data))
    except DAMAGE as error:
        raise PolicyUnreadable("damaged") from error


def _content(file: str | os.PathLike[str] | BinaryIO) -> bytes:
    if isinstance(file, str | os.PathLike):
        with Path(file).open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    else:
        file.seek(0)
        data = file.read(MAX_FILE_BYTES + 1)
    if not data:
        raise PolicyUnreadable("empty")
    if len(data) > MAX_FILE_BYTES:
        raise PolicyUnreadable("too-large")
    return data


def _check_kind(data: bytes) -> None:
    if data.startswith(_OLE_MAGIC):
        # An encrypted docx is a compound file whose stream names are written in UTF-16.
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        word = "WordDocument".encode("utf-16-le") in data
        raise PolicyUnreadable("encrypted" if encrypted else "old-word" if word else "not-word")
    if b"%PDF-" in data[:1024]:
        raise PolicyUnreadable("pdf")
    if not data.startswith(b"PK"):
        raise PolicyUnreadable("not-word")


def _check_package(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as package:
        entries = package.infolist()
        # A member is never unpacked beyond its declared size, so the declared sizes are a bound.
        unpacked = sum(entry.file_size for entry in entries)
        xml = sum(e.file_size for e in entries if e.filename.lower().endswith((".xml", ".rels")))
        if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES or xml > MAX_XML_BYTES:
            raise PolicyUnreadable("unpacks-too-large")
        if any(entry.flag_bits & 1 for entry in entries):
            raise PolicyUnreadable("encrypted")
        names = {entry.filename for entry in entries}
        if "[Content_Types].xml" not in names or not any(n.startswith("word/") for n in names):
            raise PolicyUnreadable("not-word")
        types = package.read("[Content_Types].xml")
        if any(mark in types for mark in _NOT_PLAIN_DOCUMENT):
            raise PolicyUnreadable("macros")
        if _MAIN_PART in names and _STRICT_NAMESPACE in package.read(_MAIN_PART)[:4096]:
            raise PolicyUnreadable("strict")
