"""Attachments are found by their text, while a public page has them and only then."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from cms.models import Attachment
from search.models import AttachedFile, FileText, TextState
from search.reading import read_file
from tests.county import County, draft_piece, publish, take_down, text
from tests.scanning import hostile
from tests.scanning.corpus import docx_files, pdf_files
from workflows.copies import public_copy
from workflows.scanning import Limits, extract_text

WORDS = "青禾渔业增殖放流"


def attachment(name: str, data: bytes) -> Attachment:
    file = Attachment(title=name.rpartition(".")[0])
    file.file.save(name, ContentFile(data), save=False)
    file._set_document_file_metadata()
    file.save()
    return file


def published(county: County, *files: Attachment, title: str = "放流公告"):
    value = {"files": [{"document": file.pk, "note": ""} for file in files]}
    body = [*text("详见附件。"), {"type": "attachments", "value": value}]
    return publish(county, draft_piece(county, title, body=body))


def docx(paragraph: str) -> bytes:
    document = docx_files.plain()
    document.add_paragraph(paragraph)
    return docx_files.saved(document)


def xlsx(cell: str, hidden_cell: str = "") -> bytes:
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    book.active.append(["项目", "数量"])
    book.active.append([cell, 1200])
    if hidden_cell:
        hidden = book.create_sheet("旧稿")
        hidden.append([hidden_cell])
        hidden.sheet_state = "hidden"
    book.save(out)
    return out.getvalue()


def pdf(line: str) -> bytes:
    def draw(canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(72, 700, line)

    return pdf_files.page(draw)


@pytest.fixture
def search(client, db):
    def searched(query: str = WORDS, **parameters: str):
        return client.get("/search/", {"q": query, **parameters}).context["results"]

    return searched


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("名单.docx", lambda: docx(f"开展{WORDS}活动。")),
        ("名单.xlsx", lambda: xlsx(f"{WORDS}鱼苗")),
        ("名单.pdf", lambda: pdf(f"{WORDS}计划")),
        ("名单.txt", lambda: f"第一条\n{WORDS}\n".encode("gb18030")),
    ],
)
def test_a_page_is_found_by_what_its_attachment_says(
    county, search, django_capture_on_commit_callbacks, name, made
):
    with django_capture_on_commit_callbacks(execute=True):
        page = published(county, attachment(name, made()))
    (result,) = search()
    assert result.title == page.title
    assert result.attachment.title == "名单"
    assert f"<mark>{WORDS[:2]}" in result.attachment.snippet_html


def test_one_content_is_read_once_and_forgotten_with_its_last_page(
    county, search, django_capture_on_commit_callbacks
):
    data = docx(WORDS)
    with django_capture_on_commit_callbacks(execute=True):
        one = published(county, attachment("甲.docx", data), title="第一次放流")
        two = published(county, attachment("乙.docx", data), title="第二次放流")
    assert FileText.objects.count() == 1
    assert {result.title for result in search()} == {one.title, two.title}
    take_down(one, county)
    assert [result.title for result in search()] == [two.title]
    take_down(two, county)
    assert not search()
    from search.checking import nightly

    nightly()
    assert not FileText.objects.exists()
    assert read_file("gone") == "unused"


def test_a_draft_s_file_is_not_read(county, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        value = {"files": [{"document": attachment("甲.docx", docx(WORDS)).pk, "note": ""}]}
        draft_piece(county, body=[{"type": "attachments", "value": value}])
    assert not FileText.objects.exists()


def test_a_hostile_file_leaves_the_page_and_the_others_alone(
    county, search, capsys, django_capture_on_commit_callbacks
):
    """The review lets none through; what came past it takes nothing down."""
    good = {
        "炸弹.docx": docx("甲"),
        "循环.pdf": pdf("乙"),
        "程序.xlsx": xlsx("丙"),
        "空.txt": "丁".encode(),
        "好.txt": WORDS.encode(),
    }
    bad = {
        "炸弹": hostile.entity_bomb(),
        "循环": hostile.looping_pdf(),
        "程序": hostile.program(),
        "空": b" ",
    }
    with django_capture_on_commit_callbacks(execute=True):
        page = published(county, *(attachment(*file) for file in good.items()))
    for file in AttachedFile.objects.select_related("attachment"):
        if changed := bad.get(file.attachment.title):
            Path(public_copy(file.attachment).file.path).write_bytes(changed)
    call_command("read_attachments", again=True)
    assert [result.title for result in search()] == [page.title]
    states = dict(FileText.objects.values_list("attached__attachment__title", "state"))
    assert states == dict.fromkeys(bad, TextState.FAILED) | {"好": TextState.DONE}
    assert "炸弹: " in capsys.readouterr().out


def test_hidden_sheets_are_not_read():
    words = extract_text(xlsx("鱼苗", "不该看见"), "a.xlsx")
    assert "鱼苗" in words.text
    assert "不该看见" not in words.text


BOMBS = [
    ("a.docx", hostile.zip_bomb),
    ("a.docx", hostile.many_entries),
    ("a.xlsx", hostile.lying_zip),
    ("a.pdf", hostile.stream_bomb_pdf),
    ("a.pdf", hostile.truncated_pdf),
    ("a.docx", hostile.locked_office),
    ("a.pdf", pdf_files.password),
]


@pytest.mark.parametrize(("name", "make"), BOMBS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_hostile_file_has_no_text_and_a_reason(name, make):
    words = extract_text(make(), name, limits=Limits(seconds=15, memory=700_000_000))
    assert words.text == ""
    assert words.problem


@pytest.mark.parametrize(
    ("make", "limits"),
    [
        (hostile.tall_sheet, Limits(seconds=0.5)),
        (lambda: docx(WORDS), Limits(memory=1_000_000)),
        (lambda: docx(WORDS), Limits(input=9)),
    ],
)
def test_what_costs_too_much_is_given_up(make, limits):
    words = extract_text(make(), "a.xlsx", limits=limits)
    assert words.text == ""
    assert words.problem


def test_the_file_is_gone(county, django_capture_on_commit_callbacks):
    file = attachment("甲.docx", docx(WORDS))
    published(county, file)
    Path(public_copy(file).file.path).unlink()
    assert read_file(file.file_hash) == TextState.FAILED
    assert AttachedFile.objects.get().content.reason
