"""Which addresses an archive holds, and at which file each of them stands."""

from __future__ import annotations

import posixpath
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from django.conf import settings
from django.urls import reverse

#: Parameters of addresses that lead to another part of a list; other questions need the site itself.
PARTS = frozenset({"page", "show"})
_LISTS = (".csv", ".zip")


def is_kept(address: str) -> bool:
    """Whether the archive holds this address (path and query of this site)."""
    parts = urlsplit(address)
    path = parts.path
    if path.startswith("/api/"):
        return path.endswith(_LISTS) and not parts.query
    for outside in (
        "/admin",
        "/healthz",
        "/sitemap.xml",
        reverse("search:search"),
        reverse("feed"),
    ):
        if path.startswith(outside):
            return False
    if _is_other_language(path):
        return False
    asked = [name for name, _value in parse_qsl(parts.query, keep_blank_values=True)]
    return set(asked) <= PARTS and len(asked) <= 2


def file_of(address: str) -> str:
    """The file, below the archive's folder: `/a/b/?page=2` stands at `a/b/index-page-2.html`."""
    parts = urlsplit(address)
    path = posixpath.normpath(unquote(parts.path)).lstrip("/")
    marks = "".join(f"-{name}-{quote(value, safe='')}" for name, value in parse_qsl(parts.query))
    if parts.path.endswith("/") or not path:
        return posixpath.join(path if path != "." else "", f"index{marks}.html")
    if "." not in posixpath.basename(path):
        return posixpath.join(path, f"index{marks}.html")
    return path


def link(source: str, target: str, fragment: str = "") -> str:
    """How a page at the file `source` names the file `target`."""
    path = posixpath.relpath(target, posixpath.dirname(source) or ".")
    return quote(path) + (f"#{fragment}" if fragment else "")


def _is_other_language(path: str) -> bool:
    # Pages that were translated come in by the sitemap; the rest would be the same page again.
    codes = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return path.partition("/")[2].partition("/")[0] in codes
