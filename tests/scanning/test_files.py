"""Files with something hidden, hostile files, and the command, through the process that opens them."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workflows.scanning import Kind, Limits, scan_file

from . import hostile
from .corpus import docx_files, pdf_files
from .corpus.hidden_files import CLEAN, PLANTED, Planted

ROOT = Path(__file__).parents[2]


def test_forty_files_with_something_hidden():
    assert len(PLANTED) >= 40


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_finds_what_is_hidden(planted: Planted):
    found = scan_file(planted.make(), planted.name)
    assert planted.expected <= {str(f.kind) for f in found} | {f.rule for f in found}
    assert Kind.UNREADABLE not in {f.kind for f in found}
    assert docx_files.SECRET not in json.dumps([f.as_dict() for f in found])


@pytest.mark.parametrize("planted", CLEAN, ids=lambda planted: planted.name)
def test_a_clean_file_has_no_findings(planted: Planted):
    assert scan_file(planted.make(), planted.name) == []


@pytest.mark.parametrize(
    ("name", "make", "rule"),
    [
        ("a.zip", hostile.zip_bomb, "unreadable.bomb"),
        ("a.zip", hostile.lying_zip, "unreadable.broken"),
        ("a.zip", hostile.nested_zips, "unreadable.nested"),
        ("a.zip", hostile.many_entries, "unreadable.entries"),
        ("a.zip", hostile.locked_zip, "unreadable.password"),
        ("a.docx", hostile.entity_bomb, "unreadable.entities"),
        ("a.docx", hostile.outside_entity, "unreadable.entities"),
        ("a.docx", hostile.deep_xml, "unreadable.broken"),
        ("a.docx", lambda: docx_files.saved(docx_files.plain())[:3000], "unreadable.broken"),
        ("a.docx", hostile.locked_office, "unreadable.password"),
        ("a.doc", hostile.old_office, "unreadable.old_office"),
        ("a.pdf", hostile.truncated_pdf, "unreadable.truncated"),
        ("a.pdf", hostile.looping_pdf, "unreadable.broken"),
        ("a.pdf", hostile.stream_bomb_pdf, "unreadable"),
        ("a.pdf", pdf_files.password, "unreadable.password"),
        ("a.pdf", pdf_files.picture_only, "unreadable.picture_only"),
        ("a.pdf", hostile.wrong_ending, "unreadable.wrong_ending"),
        ("a.docx", hostile.program, "unreadable.wrong_ending"),
        ("a.exe", hostile.program, "unreadable.format"),
        ("a.png", hostile.huge_picture, "unreadable.broken"),
        ("a.txt", lambda: b"\0\1\2" * 500, "unreadable.not_text"),
        ("a.txt", lambda: b"", "unreadable.empty"),
    ],
)
def test_a_hostile_file_is_reported_within_its_limits(name, make, rule):
    limits = Limits(seconds=20, unpacked=200_000_000)
    data = make()
    began = time.monotonic()
    found = scan_file(data, name, limits=limits)
    assert time.monotonic() - began < limits.seconds + 5
    assert any(f.kind == Kind.UNREADABLE and f.rule.startswith(rule) and f.message for f in found)
    assert scan_file("手机13800138000".encode(), "next.txt")[0].kind == Kind.MOBILE


def test_a_sheet_of_200000_rows_is_read_to_its_end():
    found = scan_file(hostile.tall_sheet(), "a.xlsx")
    assert [(f.kind, f.place) for f in found] == [(Kind.MOBILE, "工作表“公示”!A200000")]


def test_a_scan_that_takes_too_long_is_ended():
    data = hostile.tall_sheet()
    began = time.monotonic()
    (found,) = scan_file(data, "a.xlsx", limits=Limits(seconds=1))
    assert found.rule == "unreadable.time"
    assert time.monotonic() - began < 5


def test_a_scan_that_needs_too_much_memory_is_ended():
    limits = Limits(seconds=20, memory=300_000_000)
    (found,) = scan_file("公示\n".encode() * 25_000_000, "a.txt", limits=limits)
    assert found.rule == "unreadable.memory"


def test_a_wrong_ending_is_said_and_the_file_is_read_all_the_same():
    kinds = {f.kind for f in scan_file(hostile.wrong_ending(), "a.pdf")}
    assert {Kind.UNREADABLE, Kind.ID_CARD} <= kinds


def _manage(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command in a process that could not reach a database if it tried."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "PYTHONPATH": str(ROOT),
    }
    code = "from django.core.management import execute_from_command_line as run; import sys; run(['manage.py', *sys.argv[1:]])"
    if (ROOT / "manage.py").exists():
        command = [sys.executable, str(ROOT / "manage.py")]
    else:
        command = [sys.executable, "-c", code]
    return subprocess.run(
        [*command, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=60
    )


def test_the_command_prints_the_list(tmp_path):
    (tmp_path / "批注.docx").write_bytes(docx_files.comment())
    (tmp_path / "a.txt").write_text("联系电话0371-67881234")
    done = _manage("scan", "批注.docx", "a.txt", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert {"hidden_content", "id_card"} <= {row["kind"] for row in rows}
    assert {frozenset(row) for row in rows} == {
        frozenset(("file", "place", "kind", "severity", "excerpt"))
    }
    assert {row["file"] for row in rows} == {"批注.docx"}


def test_the_command_says_which_file_is_missing(tmp_path):
    done = _manage("scan", "nowhere.docx", "--json", cwd=tmp_path)
    assert done.returncode != 0
    assert "nowhere.docx" in done.stderr
