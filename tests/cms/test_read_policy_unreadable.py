"""Files that cannot be read as a policy document, and what the drafter is told to do."""

import io
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from cms.readers.policy_docx import PolicyUnreadable, read_policy
from tests.cms.policy_files import built

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def repacked(change):
    """A valid docx after `change(name, bytes) -> bytes` on each part."""
    source, target = zipfile.ZipFile(built("正文")), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            package.writestr(name, change(name, source.read(name)))
    return target.getvalue()


def with_part(name, data):
    stream = built("正文")
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, data)
    return stream.getvalue()


def zip_of(name):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(name, "<x/>")
    return stream.getvalue()


def lying_part():
    """A part that declares ten bytes and unpacks to far more."""
    stream = built("正文" * 5000)
    size = zipfile.ZipFile(stream).getinfo("word/document.xml").file_size
    return stream.getvalue().replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))


ENTITY_BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + b"]><x>&j;</x>"
)


@pytest.mark.parametrize(
    ("data", "reason", "says"),
    [
        pytest.param(lambda: b"", "empty", "saved completely", id="empty"),
        pytest.param(lambda: bytes(50 * 1024 * 1024), "too-large", "larger than 20 MB", id="50 MB"),
        pytest.param(
            lambda: OLE + "WordDocument".encode("utf-16-le"), "old-word", "old Word", id="renamed doc"
        ),
        pytest.param(
            lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
            "encrypted", "remove the password", id="encrypted",
        ),
        pytest.param(
            lambda: OLE + "Workbook".encode("utf-16-le"), "not-word", "not a Word", id="renamed xls"
        ),
        pytest.param(lambda: b"%PDF-1.7\n%...", "pdf", "is a PDF", id="pdf"),
        pytest.param(lambda: b"{\\rtf1 text}", "not-word", "not a Word", id="rtf"),
        pytest.param(lambda: zip_of("xl/workbook.xml"), "not-word", "not a Word", id="renamed xlsx"),
        pytest.param(lambda: zip_of("OFD.xml"), "not-word", "not a Word", id="ofd"),
        pytest.param(
            lambda: built("正文").getvalue()[:-400], "damaged", "damaged", id="cut short"
        ),
        pytest.param(
            lambda: repacked(lambda n, d: d[:-9] if n == "word/document.xml" else d),
            "damaged", "damaged", id="broken xml",
        ),
        pytest.param(
            lambda: repacked(lambda n, d: ENTITY_BOMB if n == "word/document.xml" else d),
            "damaged", "damaged", id="entity bomb",
        ),
        pytest.param(
            lambda: repacked(
                lambda n, d: d.replace(b"<w:sectPr", b'<w:p><w:pPr><w:jc w:val="x"/></w:pPr></w:p><w:sectPr')
            ),
            "damaged", "damaged", id="impossible value",
        ),
        pytest.param(lying_part, "damaged", "damaged", id="lying sizes"),
        pytest.param(
            lambda: with_part("word/media/bomb.bin", bytes(101 * 1024 * 1024)),
            "unpacks-too-large", "unpacked", id="zip bomb",
        ),
        pytest.param(
            lambda: with_part("word/bomb.xml", b" " * (33 * 1024 * 1024)),
            "unpacks-too-large", "unpacked", id="xml bomb",
        ),
        pytest.param(
            lambda: repacked(
                lambda n, d: d.replace(
                    b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                    b"vnd.ms-word.document.macroEnabled.main",
                )
            ),
            "macros", "macros", id="docm",
        ),
        pytest.param(
            lambda: repacked(
                lambda n, d: d.replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
            ),
            "strict", "Strict", id="strict",
        ),
        pytest.param(lambda: built("  ").getvalue(), "no-text", "no text", id="no text"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read_say_what_to_do(data, reason, says):
    with pytest.raises(PolicyUnreadable) as caught:
        read_policy(io.BytesIO(data()))
    assert caught.value.reason == reason
    with translation.override("en"):
        assert says in str(caught.value)


def test_command_reports_the_sentence_instead_of_a_traceback(tmp_path):
    path = tmp_path / "旧文件.docx"
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(CommandError, match=r"旧文件\.docx: .+"):
        call_command("read_policy", str(path), json=True)
    with pytest.raises(CommandError, match="No such file"):
        call_command("read_policy", str(tmp_path / "none.docx"))
