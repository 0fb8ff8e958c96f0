"""Files made to hurt a reader, small on disk."""

import io
import zipfile

from .corpus import docx_files, pdf_files, xlsx_files

_SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


_NO_STRINGS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'


def _zip(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in entries.items():
            package.writestr(name, body)
    return out.getvalue()


def zip_bomb() -> bytes:
    """Three hundred megabytes of spaces in three hundred kilobytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("a.txt", "w", force_zip64=True) as entry,
    ):
        block = b" " * (1 << 24)
        for _ in range(20):
            entry.write(block)
    return out.getvalue()


def lying_zip() -> bytes:
    """A bomb whose directory claims that it is ten bytes long."""
    data = bytearray(_zip({"a.txt": b"0" * 300_000_000}))
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def nested_zips(depth: int = 30) -> bytes:
    data = b"410105199003070018"
    for level in range(depth):
        data = _zip({f"{level}.zip" if level else "a.txt": data})
    return data


def many_entries() -> bytes:
    return _zip({f"{number}.txt": b"" for number in range(30_000)})


def entity_bomb() -> bytes:
    """Billion laughs in the body of a docx."""
    lols = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{lols}]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'
    data = docx_files.saved(docx_files.plain())
    return docx_files.rezip(
        data, lambda name, body: bomb.encode() if name == "word/document.xml" else body
    )


def outside_entity() -> bytes:
    """An entity that would read a file of the server."""
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>'
    data = docx_files.saved(docx_files.plain())
    return docx_files.rezip(
        data, lambda name, body: text.encode() if name == "word/document.xml" else body
    )


def deep_xml() -> bytes:
    """Paragraphs within paragraphs, 200,000 deep."""
    deep = "<w:p>" * 200_000 + "</w:p>" * 200_000
    text = f'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{deep}</w:body></w:document>'
    data = docx_files.saved(docx_files.plain())
    return docx_files.rezip(
        data, lambda name, body: text.encode() if name == "word/document.xml" else body
    )


def tall_sheet(rows: int = 200_000) -> bytes:
    """A sheet of many rows whose last cell is a mobile number."""
    body = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>{n * 7}</v></c></row>'
        for n in range(1, rows)
    )
    last = f'<row r="{rows}"><c r="A{rows}"><v>13800138000</v></c></row>'
    text = f"{_SHEET}{body}{last}</sheetData></worksheet>".encode()
    changed = {"xl/worksheets/sheet1.xml": text, "xl/sharedStrings.xml": _NO_STRINGS}
    return docx_files.rezip(xlsx_files.visible(), lambda name, old: changed.get(name, old))


def truncated_pdf() -> bytes:
    data = pdf_files.visible()
    return data[: len(data) * 2 // 3]


def looping_pdf() -> bytes:
    """A page tree whose child is the tree itself."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%EOF\n"
    )


def stream_bomb_pdf() -> bytes:
    """A content stream that unpacks to a hundred megabytes of drawing."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DecodedStreamObject, NameObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_files.page(lambda canvas: None))))
    stream = DecodedStreamObject()
    stream.set_data(b"0 0 m\n" * 16_000_000)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def wrong_ending() -> bytes:
    return docx_files.comment()


def program() -> bytes:
    return b"MZ" + bytes(range(256)) * 40


def old_office() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096


def locked_office() -> bytes:
    return old_office() + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512


def locked_zip() -> bytes:
    data = bytearray(_zip({"a.txt": b"secret"}))
    data[6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def huge_picture() -> bytes:
    """A PNG header that claims 60,000 by 60,000 points."""
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )
