"""Masked and cleaned copies, searched byte by byte, streams unpacked; what stays looks the same."""

import io
import zipfile
import zlib
from collections.abc import Iterator

import openpyxl
import pytest
from docx import Document
from PIL import Image, ImageChops
from pypdf import PdfReader

from workflows.scanning import Kind, Unreadable, clean_file, mask_file, scan_file

from .corpus import docx_files, image_files, pdf_files, pptx_files, xlsx_files
from .corpus.docx_files import SECRET
from .corpus.hidden_files import PLANTED, Planted

PHONE = "13800138000"
SHOWN = {
    "页眉.docx",
    "页脚.docx",
    "文本框.docx",
    "域.docx",
    "插入.docx",
    "页眉.xlsx",
    "组合.xlsx",
    "残留.xlsx",
    "书签.pdf",
}
"""What is found in these is not hidden from readers: it is masked or removed by a person."""
CLEANED = [
    p for p in PLANTED if p.name.rpartition(".")[2] in ("docx", "xlsx", "pptx", "pdf", "jpg", "png")
]


def every_byte(data: bytes) -> Iterator[bytes]:
    """The file, everything packed in it, and every stream of a PDF, unpacked without our code."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for info in package.infolist():
                yield info.filename.encode() + info.comment + info.extra
                yield from every_byte(package.read(info))
    at = -1
    while data.startswith(b"%PDF") and (at := data.find(b"stream", at + 1)) >= 0:
        start = at + (8 if data[at + 6 : at + 8] == b"\r\n" else 7)
        try:
            yield zlib.decompressobj().decompress(data[start:])
        except zlib.error:
            continue


def holds(data: bytes, word: str) -> bool:
    spellings = [word.encode(c) for c in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    spellings += [
        word.encode("utf-16-be").hex().encode(),
        word.encode("utf-16-be").hex().upper().encode(),
    ]
    return any(spelling in body for body in every_byte(data) for spelling in spellings)


def masked(data: bytes, name: str) -> bytes:
    return mask_file(data, name, scan_file(data, name))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.docx", docx_files.split_runs),
        ("a.xlsx", xlsx_files.everywhere),
        ("a.pdf", pdf_files.everywhere),
        ("a.pptx", pptx_files.notes),
        ("a.docx", docx_files.embedded_sheet),
        ("a.docx", docx_files.text_box),
    ],
)
def test_a_masked_file_holds_the_words_nowhere(name, make):
    data = make()
    assert scan_file(data, name)
    copy = masked(data, name)
    for word in (SECRET, PHONE, "1.3800138", "张建国"):
        if word != "张建国" or name != "a.pdf":
            assert not holds(copy, word), word
    left = {f.kind for f in scan_file(copy, name)}
    assert not left & {Kind.ID_CARD, Kind.MOBILE, Kind.UNREADABLE}


def test_the_search_finds_what_is_there():
    """The test above can fail: before masking, the words are found in each kind of file."""
    for make in (docx_files.embedded_sheet, xlsx_files.everywhere, docx_files.keywords):
        assert holds(make(), SECRET)
    assert holds(pdf_files.info(), SECRET)


def test_a_masked_docx_opens_and_keeps_its_runs():
    document = Document(io.BytesIO(masked(docx_files.split_runs(), "a.docx")))
    title, number, contact = (p.text for p in document.paragraphs[:3])
    assert title == "关于发放补贴的公示"
    assert number == "身份证号：410***********0018"
    assert contact == "联系人张**，电话138****8000。"
    before = Document(io.BytesIO(docx_files.split_runs()))
    assert [r.bold for p in document.paragraphs for r in p.runs] == [
        r.bold for p in before.paragraphs for r in p.runs
    ]
    assert document.tables[0].cell(1, 1).text == "410***********0018"


def test_a_masked_xlsx_opens_and_keeps_the_other_cells():
    book = openpyxl.load_workbook(io.BytesIO(masked(xlsx_files.everywhere(), "a.xlsx")))
    rows = [[cell.value for cell in row] for row in book["公示"].rows]
    assert rows[:3] == [["项目", "金额"], ["道路", 1200], ["绿化", 300]]
    assert rows[5] == ["身份证410***********0018，电话138****8000", "138****8000"]
    assert book["底稿"].sheet_state == "hidden"


def _drawn(data: bytes) -> list[tuple[str, int, int]]:
    """(text, x, y) of each piece of text, by pypdf's own extraction."""
    found: list[tuple[str, int, int]] = []
    for page in PdfReader(io.BytesIO(data)).pages:

        def visit(text: str, cm, tm, font, size) -> None:
            if text.strip():
                found.append((text.strip(), round(tm[4] + cm[4]), round(tm[5] + cm[5])))

        page.extract_text(visitor_text=visit)
    return found


def test_a_masked_pdf_opens_and_keeps_the_other_words_in_their_place():
    data = pdf_files.everywhere()
    copy = masked(data, "a.pdf")
    assert len(PdfReader(io.BytesIO(copy)).pages) == 2
    untouched = [d for d in _drawn(data) if d[0] == "unchanged words" or "公示" in d[0]]
    assert len(untouched) == 3
    assert [d for d in _drawn(copy) if d in untouched] == untouched
    text = PdfReader(io.BytesIO(copy)).pages[0].extract_text()
    assert "0018" in text
    assert "*" * 11 in text.replace(" ", "").replace("\n", "")


def test_a_masked_pdf_forgets_the_letters_that_only_the_secret_had():
    data = pdf_files.own_font()
    assert any(b"<0071>" in body for body in every_byte(data))
    copy = masked(data, "a.pdf")
    assert not any(b"<0071>" in body for body in every_byte(copy))
    drawn = _drawn(copy)
    assert ("born 7", 72, 620) in drawn
    assert not holds(copy, "qw@example")


def test_masking_refuses_findings_of_another_file():
    findings = scan_file(docx_files.comment(), "a.docx")
    with pytest.raises(Unreadable) as refused:
        mask_file(xlsx_files.visible(), "a.xlsx", findings)
    assert refused.value.reason == "other_file"


def test_masking_refuses_what_it_cannot_take_out():
    data = pdf_files.attachment()
    with pytest.raises(Unreadable) as refused:
        masked(data, "a.pdf")
    assert refused.value.reason == "cannot_mask"


@pytest.mark.parametrize("planted", CLEANED, ids=lambda planted: planted.name)
def test_a_cleaned_file_carries_nothing_unseen(planted: Planted):
    copy = clean_file(planted.make(), planted.name)
    found = scan_file(copy, planted.name)
    assert not {
        f.rule for f in found if f.kind in (Kind.HIDDEN_CONTENT, Kind.METADATA, Kind.UNREADABLE)
    }
    if planted.name not in SHOWN:
        for word in (
            SECRET,
            *xlsx_files.PHONES,
            "张建国",
            "李秀英",
            "李科长",
            "王五",
            "某县涉密单位",
            "Phone X",
        ):
            assert not holds(copy, word), word


def test_a_cleaned_docx_reads_as_accepted():
    assert (
        Document(io.BytesIO(clean_file(docx_files.comment(), "a.docx"))).paragraphs[0].text
        == "关于发放补贴的公示"
    )
    inserted = Document(io.BytesIO(clean_file(docx_files.insertion(), "a.docx")))
    assert [p.text for p in inserted.paragraphs] == ["关于发放补贴的公示", SECRET]
    removed = Document(io.BytesIO(clean_file(docx_files.deletion(), "a.docx")))
    assert [p.text for p in removed.paragraphs] == ["关于发放补贴的公示", "占位"]


def test_a_cleaned_xlsx_keeps_what_is_seen():
    book = openpyxl.load_workbook(io.BytesIO(clean_file(xlsx_files.everywhere(), "a.xlsx")))
    assert book.sheetnames == ["公示"]
    assert book["公示"]["A6"].value == f"身份证{SECRET}，电话13800138000"
    assert [book["公示"].cell(2, column).value for column in (1, 2)] == ["道路", 1200]


def test_a_cleaned_pptx_keeps_its_other_slides():
    copy = clean_file(pptx_files.hidden_slide(), "a.pptx")
    names = zipfile.ZipFile(io.BytesIO(copy)).namelist()
    assert "ppt/slides/slide1.xml" in names
    assert "ppt/slides/slide2.xml" not in names


def test_a_cleaned_pdf_keeps_its_words():
    copy = clean_file(pdf_files.white(), "a.pdf")
    assert [d[0] for d in _drawn(copy)] == ["关于发放困难群众补贴的公示，请各单位遵照执行。"]
    assert PdfReader(io.BytesIO(copy)).metadata in (None, {})


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.jpg", image_files.gps_jpeg),
        ("a.jpg", image_files.appended_jpeg),
        ("a.png", image_files.text_png),
    ],
)
def test_a_cleaned_picture_has_the_same_points(name, make):
    data = make()
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(clean_file(data, name)))
    assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None
    assert not after.getexif()


def test_a_photograph_on_its_side_stays_upright():
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, "张建国"
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, "JPEG", exif=exif)
    kept = Image.open(io.BytesIO(clean_file(out.getvalue(), "a.jpg"))).getexif()
    assert dict(kept) == {0x0112: 6}


def test_files_that_cannot_be_cleaned_are_refused():
    with pytest.raises(Unreadable) as refused:
        clean_file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc")
    assert refused.value.reason == "cannot_clean"
