"""The demo's attachments are real files: read back with the libraries that readers use."""

import io
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from cms.demo.attachments import build_attachment, file_name
from cms.demo.files import build as main_job
from cms.readers.policy_docx import read_policy

TABLE: dict[str, Any] = {
    "header": ["序号", "乡镇", "补助金额（元）", "拨付率", "编号"],
    "rows": [
        ["1", "临江镇", "12,600.50", "96.5%", "007"],
        ["2", "望湖乡", "9.0", "100%", "=1+1"],
    ],
}
PARAGRAPHS = ["一、适用范围", "本说明适用于<全县>6个乡镇 & 村级经办人员。", "二、办理方式"]
SHEET = {"title": "2026年补助发放表", "format": "xlsx", **TABLE}
LETTER = {"title": "填写说明", "format": "docx", "paragraphs": PARAGRAPHS, **TABLE}
NOTICE = {"title": "出让须知", "format": "pdf", "paragraphs": PARAGRAPHS, **TABLE}
PIECES = Path(__file__).parents[2] / "cms/demo/pieces"


def demo_attachments() -> list[Any]:
    specs = []
    for path in sorted(PIECES.glob("*.toml")):
        for piece in tomllib.loads(path.read_text("utf-8")).get("piece", []):
            for spec in piece.get("attachment", []):
                specs.append(pytest.param(spec, id=f"{path.stem}: {spec['title']}"))
    return specs


def text_of(content: bytes, format: str) -> str:
    """Everything a reader sees, without white space, for a pdf breaks its lines anywhere."""
    if format == "pdf":
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif format == "docx":
        document = Document(io.BytesIO(content))
        cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
        text = "".join([p.text for p in document.paragraphs] + cells)
    else:
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        text = "".join(str(value) for row in sheet.values for value in row if value is not None)
    return "".join(text.split())


def test_sheet_holds_title_header_and_typed_cells() -> None:
    sheet = load_workbook(io.BytesIO(build_attachment(SHEET))).worksheets[0]
    assert list(sheet.values) == [
        ("2026年补助发放表", None, None, None, None),
        tuple(TABLE["header"]),
        (1, "临江镇", 12600.5, "96.5%", "007"),
        (2, "望湖乡", 9.0, "100%", "=1+1"),
    ]
    assert sheet["C3"].number_format == "#,##0.00"
    assert sheet["E4"].data_type == "s", "a text that looks like a formula must stay a text"
    assert sheet.freeze_panes == "A3"
    assert all(sheet.cell(2, column).font.bold for column in range(1, 6))
    widths = {key: column.width for key, column in sheet.column_dimensions.items()}
    assert widths["C"] > widths["B"] >= 8


def test_word_file_names_chinese_fonts_and_repeats_its_table_header() -> None:
    document = Document(io.BytesIO(build_attachment(LETTER)))
    assert [p.text for p in document.paragraphs] == ["填写说明", *PARAGRAPHS]
    fonts = [p.runs[0].element.rPr.rFonts.get(qn("w:eastAsia")) for p in document.paragraphs]
    assert fonts == ["宋体", "黑体", "仿宋", "黑体"]
    table = document.tables[0]
    assert [cell.text for cell in table.rows[2].cells] == TABLE["rows"][1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_pdf_is_a4_with_numbered_pages() -> None:
    spec = {**NOTICE, "paragraphs": PARAGRAPHS * 30}
    pages = PdfReader(io.BytesIO(build_attachment(spec))).pages
    assert len(pages) > 1
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    for number, page in enumerate(pages, 1):
        assert f"— {number} —" in page.extract_text()


@pytest.mark.parametrize("spec", [SHEET, LETTER, NOTICE], ids=lambda spec: spec["format"])
class TestEveryFormat:
    def test_is_made_alike_every_time(self, spec: dict[str, Any]) -> None:
        assert build_attachment(spec) == build_attachment(spec)

    def test_names_nobody_and_no_time(self, spec: dict[str, Any]) -> None:
        content = build_attachment(spec)
        if spec["format"] == "pdf":
            info = PdfReader(io.BytesIO(content)).metadata
            assert info is not None and info.title == spec["title"]
            assert not info.author and not info.creator
        else:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                assert "docProps/thumbnail.jpeg" not in archive.namelist()
                core = archive.read("docProps/core.xml").decode()
                assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
            assert spec["title"] in core
            assert "creator" not in core and "created" not in core and "python" not in core

    def test_holds_all_its_text(self, spec: dict[str, Any]) -> None:
        text = text_of(build_attachment(spec), spec["format"])
        for expected in [spec["title"], *spec.get("paragraphs", []), *TABLE["header"], "望湖乡"]:
            assert "".join(expected.split()) in text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "doc"}, "xlsx, docx, pdf"),
        ({"rows": [["1"]]}, "5 cells"),
        ({"format": "xlsx"}, "no paragraphs"),
        ({"paragraphs": [], "rows": []}, "rows or paragraphs"),
    ],
)
def test_a_faulty_spec_is_refused_with_what_to_mend(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build_attachment({**LETTER, **change})


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("学区划分一览表", "学区划分一览表.pdf"),
        ("收入/支出: “三公”经费?", "收入_支出_ “三公”经费_.pdf"),
        ("..\\..\\etc.", "_.._etc.pdf"),
        ("长" * 200, "长" * 80 + ".pdf"),
    ],
)
def test_file_name(title: str, name: str) -> None:
    assert file_name({"title": title, "format": "pdf"}) == name
    assert len(name.encode()) <= 255


@pytest.mark.parametrize("spec", demo_attachments())
def test_demo_attachment_builds_and_reads_back(spec: dict[str, Any]) -> None:
    text = text_of(build_attachment(spec), spec["format"])
    for expected in [spec["title"], *spec.get("paragraphs", []), *spec.get("header", [])]:
        assert "".join(expected.split()) in text


@pytest.mark.parametrize("name", [main_job.POLICY, main_job.INTERPRETATION, main_job.STANDARDS])
def test_the_main_jobs_files_are_those_of_its_source(name: str) -> None:
    with (
        zipfile.ZipFile(main_job.HERE / name) as shipped,
        zipfile.ZipFile(io.BytesIO(main_job.build()[name])) as built,
    ):
        advice = "run: python -m cms.demo.files.build"
        assert shipped.namelist() == built.namelist(), advice
        assert all(shipped.read(part) == built.read(part) for part in built.namelist()), advice


def test_the_main_jobs_policy_reads_as_the_document_it_looks_like() -> None:
    job = tomllib.loads((main_job.HERE / "main_job.toml").read_text("utf-8"))
    reading = read_policy(main_job.HERE / job["policy"]["file"])
    assert reading.title == "青禾县人民政府办公室关于印发青禾县居家养老服务补贴实施办法的通知"
    assert reading.document_number == "青政办〔2026〕36号"
    assert reading.organ == "青禾县人民政府办公室"
    assert str(reading.written) == "2026-11-16"
    issued, standards = reading.attachments
    assert sum(node.kind == "article" for node in issued.body) == 25
    assert standards.title == job["attachment"][0]["title"]
    for part in (job["policy"], job["interpretation"], *job["attachment"]):
        assert (main_job.HERE / part["file"]).is_file()
