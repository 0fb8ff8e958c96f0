"""A table of files that cannot be imported, each with the sentence that says what to do about it."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from catalogue_standards.files import CatalogueFileError, read_catalogue
from catalogue_standards.files.grid import MOST_ROWS
from catalogue_standards.files.opening import LARGEST_FILE, LARGEST_UNPACKED, MEGABYTE
from tests.catalogue_standards.test_import_reading import HEADINGS, ITEM, TITLE, word_file, workbook

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
GOOD = workbook([TITLE, HEADINGS, ITEM])


def ole(stream):
    return OLE + stream.encode("utf-16-le") + bytes(512)


def repacked(content, *, add=(), replace=()):
    """The package with parts added, and words replaced within parts."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", 8) as new:
        for part in old.namelist():
            data = old.read(part)
            for name, before, after in replace:
                data = data.replace(before, after) if part == name else data
            new.writestr(part, data)
        for name, data in add:
            new.writestr(name, data)
    return result.getvalue()


def with_formula():
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    book.active["E3"] = '=HYPERLINK("http://example.invalid","《老年法》")'
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def encrypted_zip():
    content = bytearray(GOOD)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)
    return bytes(content)


def bomb():
    big = b" " * (LARGEST_UNPACKED + MEGABYTE)
    return repacked(GOOD, add=[("xl/worksheets/sheet2.xml", big)])


def entities():
    declaration = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    return repacked(GOOD, replace=[("xl/worksheets/sheet1.xml", b"<worksheet", declaration)])


def many_merges():
    blocks = b'<mergeCell ref="A1:K900"/>' * 2_000
    rows = workbook([TITLE, HEADINGS, *[ITEM] * 900])
    after = b"</sheetData><mergeCells>" + blocks + b"</mergeCells>"
    return repacked(rows, replace=[("xl/worksheets/sheet1.xml", b"</sheetData>", after)])


MACROS = [("xl/vbaProject.bin", b"\0")]
WORD_MACROS = [("word/vbaProject.bin", b"\0")]
BROKEN = {
    "empty": ("表.xlsx", lambda: b"", "is empty. Choose the file"),
    "50 MB": ("表.xlsx", lambda: b"PK" + bytes(50 * MEGABYTE - 2), "has 50 MB; at most 20 MB"),
    "just too large": ("表.csv", lambda: b"a" * (LARGEST_FILE + 1), "split it by domain"),
    "with a password": ("表.xlsx", lambda: ole("EncryptedPackage"), "remove the password"),
    "zip with a password": ("表.xlsx", encrypted_zip, "remove the password"),
    "xls": ("表.xls", lambda: ole("Workbook"), "old format (xls). Open it"),
    "doc": ("表.doc", lambda: ole("WordDocument"), "old format (doc). Open it"),
    "xlsb": (
        "表.xlsb",
        lambda: repacked(GOOD, add=[("xl/workbook.bin", b"")]),
        "old format (xlsb)",
    ),
    "other container": ("表.msg", lambda: OLE, "neither an xlsx, a docx nor a csv"),
    "macros": (
        "表.xlsm",
        lambda: repacked(GOOD, add=MACROS),
        "Save it as xlsx or docx without macros",
    ),
    "macros in Word": (
        "表.docm",
        lambda: repacked(word_file([HEADINGS, ITEM])[0], add=WORD_MACROS),
        "Save it as xlsx or docx without macros",
    ),
    "formula": (
        "表.xlsx",
        with_formula,
        "holds a formula at Sheet1!E3. Copy the table, paste it as values",
    ),
    "formula in csv": ("表.csv", lambda: "公开事项,\n=1+1,".encode(), "holds a formula at 表!A2"),
    "zip bomb": ("表.xlsx", bomb, "unpacks to more than 100 MB"),
    "entities": ("表.xlsx", entities, "damaged and cannot be opened"),
    "merged without end": ("表.xlsx", many_merges, "more merged cells than a catalogue can have"),
    "cut off": ("表.xlsx", lambda: GOOD[: len(GOOD) // 2], "damaged and cannot be opened"),
    "no XML inside": (
        "表.xlsx",
        lambda: repacked(GOOD, replace=[("xl/workbook.xml", b"<sheets>", b"<sheet")]),
        "damaged and cannot be opened",
    ),
    "other zip": (
        "图.zip",
        lambda: repacked(GOOD, replace=()).replace(b"xl/workbook.xml", b"xx/workbook.xml"),
        "neither an xlsx, a docx nor a csv",
    ),
    "pdf": ("表.pdf", lambda: b"%PDF-1.7\n", "not for a picture or a pdf"),
    "picture": ("表.png", lambda: b"\x89PNG\r\n\x1a\n", "not for a picture or a pdf"),
    "binary": ("表.bin", lambda: bytes(range(256)), "neither an xlsx, a docx nor a csv file"),
    "not a catalogue": (
        "表.xlsx",
        lambda: workbook([["姓名", "电话"], ["甲", "1"]]),
        "No catalogue table",
    ),
    "headings only": (
        "表.xlsx",
        lambda: workbook([TITLE, HEADINGS]),
        "No catalogue table was found",
    ),
    "letter in Word": ("函.docx", lambda: word_file()[0], "No catalogue table was found"),
    "prose": (
        "函.txt",
        lambda: "各乡镇人民政府：\n请填报公开事项。".encode(),
        "No catalogue table",
    ),
    "too many rows": (
        "表.csv",
        lambda: "\n".join(["公开事项,公开内容,公开主体", *["甲,乙,丙"] * MOST_ROWS]).encode(),
        "has more than 20000 rows. Split it by domain",
    ),
}


@pytest.mark.parametrize(("name", "content", "sentence"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_file_is_answered_with_what_to_do(name, content, sentence):
    with pytest.raises(CatalogueFileError) as error:
        read_catalogue(content(), name)
    answer = error.value.message % error.value.params
    assert sentence in answer
    assert answer.endswith(".")


def test_an_open_upload_is_measured_before_it_is_read(tmp_path):
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(3_000 * MEGABYTE)
    with path.open("rb") as file, pytest.raises(CatalogueFileError, match="has 3000 MB"):
        read_catalogue(file, path.name)
