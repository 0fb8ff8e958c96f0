"""Lays what was fetched down as files that lead to each other, with an index of them all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.archive.making import Fetched, Fetching
from cms.archive.places import file_of, link
from cms.archive.rewriting import rewritten

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
INDEX = "index.json"
SUMS = "SHA256SUMS"
CONTENTS = "contents.html"


class Archive:
    """The files below `folder`, made of `fetching`."""

    def __init__(self, folder: Path, year: int, fetching: Fetching) -> None:
        self.folder = folder
        self.year = year
        self.fetching = fetching
        self.found = fetching.found()
        self.made_at = timezone.localtime()
        self.rows: list[dict[str, Any]] = []

    def lay(self) -> Iterator[tuple[int, int]]:
        """Write every file, then the index; yields how many are done and how many there are."""
        kept = [one for one in self.found.values() if one.sha256]
        for number, one in enumerate(kept, 1):
            self._write(one)
            yield number, len(kept)
        self._write_index()
        self.fetching.clear()

    def _write(self, one: Fetched) -> None:
        content, title = self.fetching.content(one), ""
        file = file_of(one.address)
        if one.is_page:
            text = content.decode()
            match = _TITLE.search(text)
            title = " ".join(unescape(match[1]).split()) if match else ""
            note = _(
                "Archive of %(year)s, made on %(day)s. What changed since stands on the site."
            ) % {
                "year": self.year,
                "day": f"{self.made_at:%Y-%m-%d}",
            }
            place = self._place_from(file)
            content = rewritten(text, one.address, self.fetching.root, place, escape(note)).encode()
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.rows.append(
            {
                "address": self.fetching.root + one.address,
                "file": file,
                "title": title,
                "bytes": len(content),
                "sha256": sha256(content).hexdigest(),
            }
        )

    def _place_from(self, source: str) -> Any:
        def place(address: str, fragment: str) -> str:
            for _step in range(5):
                one = self.found.get(address)
                if one is not None and one.sha256:
                    return link(source, file_of(address), fragment)
                if one is None or not one.moved_to:
                    break
                whole = urlsplit(urljoin(self.fetching.root + address, one.moved_to))
                address = whole.path + (f"?{whole.query}" if whole.query else "")
            # What needs the site itself leads there.
            return self.fetching.root + address + (f"#{fragment}" if fragment else "")

        return place

    def _write_index(self) -> None:
        self.rows.sort(key=lambda row: row["file"])
        about = {
            "year": self.year,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "site": self.fetching.root,
            "files": self.rows,
        }
        self._put(INDEX, json.dumps(about, ensure_ascii=False, indent=1))
        self._put(CONTENTS, self._contents())
        sums = "".join(f"{row['sha256']}  {row['file']}\n" for row in self.rows)
        self._put(SUMS, sums)

    def _contents(self) -> str:
        heading = _("Archive of %(year)s: all pages") % {"year": self.year}
        lines = [
            f'<li><a href="{escape(link(CONTENTS, row["file"]))}">{escape(row["title"])}</a></li>'
            for row in self.rows
            if row["title"]
        ]
        return (
            f'<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8"><title>{escape(heading)}'
            f"</title></head><body><h1>{escape(heading)}</h1>\n<ul>\n"
            + "\n".join(lines)
            + "\n</ul></body></html>\n"
        )

    def _put(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8", newline="\n")
