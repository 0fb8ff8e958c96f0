"""An archive is all that is public and nothing else, and every link in it leads somewhere."""

from __future__ import annotations

import io
import json
import re
from hashlib import sha256
from html import unescape
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import Site

from cms.archive.making import Fetching
from cms.archive.places import file_of, link
from tests.county import County, draft_pair, draft_piece, fresh, publish, take_down

_LINK = re.compile(r'\s(?:href|src|action|poster)="([^"]*)"')


def archive(folder: Path) -> Path:
    call_command("archive_site", "2026", to=folder, stdout=io.StringIO())
    return folder / "2026"


def dead_links(folder: Path, root: str) -> list[tuple[str, str]]:
    """Links within the archive that lead to no file of it, and links to the site where a file is."""
    index = json.loads((folder / "index.json").read_text())
    here = {row["address"] for row in index["files"]}
    dead = []
    for row in index["files"]:
        if not row["title"]:
            continue
        page = folder / row["file"]
        for to in map(unescape, _LINK.findall(page.read_text())):
            parts = urlsplit(to)
            if parts.scheme or to.startswith(("#", "//")) or not to:
                if to.partition("#")[0] in here:
                    dead.append((row["file"], to))
            elif not (page.parent / unquote(parts.path)).is_file():
                dead.append((row["file"], to))
    return dead


def test_an_archive_is_whole_and_open_to_everyone(county: County, tmp_path: Path):
    page = publish(county, draft_piece(county, "留存的公告"))
    policy = publish(county, draft_pair(county, "留存的通知")[0])
    gone = publish(county, draft_piece(county, "撤下的公告"))
    draft_piece(county, "没有审查的公告")

    # The first run is stopped when it has read that page; then the page is taken down.
    site = Site.objects.get(is_default_site=True)
    stopped = Fetching(tmp_path / "2026", site)
    assert sum(1 for _step in islice(stopped.run(), 30)) > 5
    connection.run_on_commit.clear()
    take_down(gone, county)

    folder = archive(tmp_path)
    index = json.loads((folder / "index.json").read_text())
    titles = " ".join(row["title"] for row in index["files"])
    assert page.title in titles and policy.title in titles
    for row in index["files"]:
        content = (folder / row["file"]).read_bytes()
        assert sha256(content).hexdigest() == row["sha256"], row
        for secret in ("没有审查", "撤下的"):
            assert secret.encode() not in content, row
    assert dead_links(folder, site.root_url) == []
    start = (folder / "index.html").read_text()
    assert file_of(fresh(page).url) in start, "the home page leads to its file"
    assert 'href="static/css/public.css"' in start and (folder / "static/css/public.css").is_file()
    assert not (folder / ".fetched").exists()
    with pytest.raises(CommandError):
        archive(tmp_path)


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/policies/?page=2", "policies/index-page-2.html"),
        ("/documents/3/%E9%99%84%E4%BB%B6.docx", "documents/3/附件.docx"),
        ("/api/items.csv", "api/items.csv"),
    ],
)
def test_where_an_address_stands(address: str, file: str):
    assert file_of(address) == file
    assert link("a/b/index.html", file, "x").startswith("../../")
