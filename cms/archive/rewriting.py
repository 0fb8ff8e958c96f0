"""Links of a page as they work from a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

_LINK = re.compile(r'(?P<before>\s(?:href|src|action|poster)=)"(?P<to>[^"]*)"')
# What htmx would ask of a server is an ordinary link here.
_HTMX = re.compile(r'\s(?:data-)?hx-[a-z:-]+="[^"]*"')
_BODY = re.compile(r"<body[^>]*>")


def own_address(to: str, here: str, site: str) -> tuple[str, str] | None:
    """The address on this site (path and query) and the fragment that a link leads to; None for what
    leads elsewhere or nowhere."""
    to = unescape(to).strip()
    if not to or to.startswith("#"):
        return None
    whole = urlsplit(urljoin(site + here, to))
    if whole.scheme not in ("http", "https") or f"{whole.scheme}://{whole.netloc}" != site:
        return None
    return whole.path + (f"?{whole.query}" if whole.query else ""), whole.fragment


def links_of(html: str, here: str, site: str) -> Iterator[str]:
    """Every address of this site to which a page at `here` leads."""
    for match in _LINK.finditer(html):
        if found := own_address(match["to"], here, site):
            yield found[0]


def rewritten(html: str, here: str, site: str, place: Callable[[str, str], str], note: str) -> str:
    """The page with its links as `place` (address, fragment) gives them, and `note` at its head."""

    def of(match: re.Match[str]) -> str:
        found = own_address(match["to"], here, site)
        if found is None:
            return match[0]
        return f'{match["before"]}"{escape(place(*found))}"'

    html = _HTMX.sub("", _LINK.sub(of, html))
    return _BODY.sub(
        lambda match: f'{match[0]}<p class="note" role="note">{note}</p>', html, count=1
    )
