"""Makes an archive: asks for each page as any reader would, then lays all down as linked files.

What is fetched waits in `.fetched` until everything is there, so that a run that was stopped goes on
where it was. An archive holds one state of the site: when anything public changes meanwhile, all is
fetched anew, and nothing stays in it that was taken down.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from wagtail.models import Site

from cms.archive.places import is_kept
from cms.archive.rewriting import links_of
from cms.page_cache.version import current_version
from cms.sitemaps import PublicPages

MOST_PASSES = 3
_FETCHED = ".fetched"


class SiteChanges(Exception):
    """Something public changed in each of `MOST_PASSES` passes."""


@dataclass
class Fetched:
    """One answer: its bytes lie in the folder `.fetched` under their hash; `moved_to` is where a
    redirect leads, "" otherwise."""

    address: str
    sha256: str = ""
    is_page: bool = False
    moved_to: str = ""
    links: list[str] = field(default_factory=list)


class Fetching:
    """`folder` is the archive's own; `site` the one whose pages are kept."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder = folder / _FETCHED
        self.site = site
        self.root = site.root_url
        parts = urlsplit(self.root)
        self.client = Client(headers={"host": parts.netloc}, raise_request_exception=False)
        self.secure = parts.scheme == "https"

    def run(self) -> Iterator[tuple[int, int]]:
        """Fetch all; yields how many are done and how many are known of."""
        for _pass in range(MOST_PASSES):
            version = self._begin()
            yield from self._fetch_all()
            if current_version() == version:
                return
        raise SiteChanges

    def found(self) -> dict[str, Fetched]:
        """By address, what was fetched so far."""
        notes = self.folder / "notes.jsonl"
        if not notes.exists():
            return {}
        lines = notes.read_text(encoding="utf-8").splitlines()
        rows = []
        for line in lines:
            try:
                rows.append(Fetched(**json.loads(line)))
            except ValueError:
                continue  # The line at which the run was stopped.
        return {row.address: row for row in rows}

    def content(self, one: Fetched) -> bytes:
        return (self.folder / one.sha256).read_bytes()

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _begin(self) -> str:
        version = current_version()
        mark = self.folder / "version"
        if not mark.exists() or mark.read_text() != version:
            self.clear()
            self.folder.mkdir(parents=True)
            mark.write_text(version)
        return version

    def _fetch_all(self) -> Iterator[tuple[int, int]]:
        done = self.found()
        known = dict.fromkeys([*self._start(), *done])
        for one in done.values():
            known |= dict.fromkeys(one.links)
        waiting = [address for address in known if address not in done]
        with (self.folder / "notes.jsonl").open("a", encoding="utf-8") as notes:
            while waiting:
                address = waiting.pop()
                one = done[address] = self._fetch(address)
                notes.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
                notes.flush()
                fresh = [each for each in one.links if each not in known]
                known |= dict.fromkeys(fresh)
                waiting += fresh
                yield len(done), len(known)

    def _start(self) -> list[str]:
        pages = PublicPages(self.site)
        return ["/", *(urlsplit(pages.location(page)).path for page in pages.items().iterator())]

    def _fetch(self, address: str) -> Fetched:
        path = urlsplit(address).path
        if path.startswith(settings.STATIC_URL):
            return self._keep(Fetched(address), _static(unquote(path)[len(settings.STATIC_URL) :]))
        response = self.client.get(address, secure=self.secure)
        if response.status_code in (301, 302):
            return Fetched(address, moved_to=response["Location"])
        if response.status_code != 200:
            return Fetched(address)
        content = b"".join(response) if response.streaming else response.content
        one = Fetched(address, is_page=response["Content-Type"].startswith("text/html"))
        if one.is_page:
            found = links_of(content.decode(), address, self.root)
            one.links = [each for each in dict.fromkeys(found) if is_kept(each)]
        return self._keep(one, content)

    def _keep(self, one: Fetched, content: bytes | None) -> Fetched:
        if content is not None:
            one.sha256 = sha256(content).hexdigest()
            (self.folder / one.sha256).write_bytes(content)
        return one


def _static(name: str) -> bytes | None:
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return bytes(file.read())
    path = finders.find(name)
    return Path(path).read_bytes() if isinstance(path, str) else None
