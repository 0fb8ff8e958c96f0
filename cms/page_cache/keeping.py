"""Which answers may be kept, and what is kept of them."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

_MARK = "is_public_page"
LONGEST_ADDRESS = 500
#: What may tell two answers at one address apart, beside the address.
_KNOWN_VARIATIONS = frozenset({"accept-language", "accept-encoding", "hx-request"})
_SMALLEST_GZIP = 500
#: Readers ask each time; a proxy in front may answer for a second by itself (docs/deploy.md).
FOR_EVERYONE = "public, max-age=0, s-maxage=1, must-revalidate"
FOR_ONE = "private, max-age=0, must-revalidate"


def for_everyone(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view whose answers are the same for all readers who have no account."""

    @wraps(view)
    def marking(*args: Any, **kwargs: Any) -> Any:
        response = view(*args, **kwargs)
        setattr(response, _MARK, True)
        return response

    return marking


def is_marked(response: HttpResponse) -> bool:
    return getattr(response, _MARK, False)


def asks_for_public(request: HttpRequest) -> bool:
    """Whether this reader may be given what was kept: no account, no preview, no part of a page."""
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "Authorization" not in request.headers
        and "HX-Request" not in request.headers
        # Wagtail shows drafts by a request that it makes up, at the address of the public page.
        and not getattr(request, "is_dummy", False)
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def is_public_answer(response: HttpResponse) -> bool:
    """Whether an answer to `asks_for_public` may be given to others as well."""
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",") if name}
    return (
        is_marked(response)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
        and varies <= _KNOWN_VARIATIONS
    )


@dataclass(frozen=True, slots=True)
class KeptPage:
    """An answer as it is sent, packed once for all readers who take it so; `until` is when it is too old."""

    until: datetime
    headers: tuple[tuple[str, str], ...]
    etag: str
    content: bytes
    is_packed: bool = False

    @classmethod
    def of(cls, response: HttpResponse, until: datetime) -> KeptPage:
        _settle_headers(response)
        content = response.content
        digest = blake2b(content, digest_size=12).hexdigest()
        return cls(until, tuple(response.items()), f'W/"{digest}"', content)

    def fit_for(self, request: HttpRequest) -> KeptPage:
        """Itself, packed where this is the first reader who takes it so."""
        if self.is_packed or len(self.content) < _SMALLEST_GZIP or not _takes_gzip(request):
            return self
        if any(name == "Content-Encoding" for name, _value in self.headers):
            return self
        # Nothing in a public page is a secret of its reader, so packing betrays none.
        return replace(self, content=gzip.compress(self.content, 6, mtime=0), is_packed=True)

    def answer(self, request: HttpRequest) -> HttpResponse:
        asked = request.headers.get("If-None-Match")
        if asked and self.etag in (
            tag if tag[:2] == "W/" else f"W/{tag}" for tag in parse_etags(asked)
        ):
            response: HttpResponse = HttpResponseNotModified()
            for name, value in self.headers:
                if name in ("Cache-Control", "Vary", "Last-Modified"):
                    response[name] = value
        elif not self.is_packed:
            response = HttpResponse(self.content, headers=dict(self.headers))
        elif _takes_gzip(request):
            response = HttpResponse(self.content, headers=dict(self.headers))
            response["Content-Encoding"] = "gzip"
            response["Content-Length"] = str(len(self.content))
        else:
            response = HttpResponse(gzip.decompress(self.content), headers=dict(self.headers))
        response["ETag"] = self.etag
        return response


def _takes_gzip(request: HttpRequest) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def _settle_headers(response: HttpResponse) -> None:
    # The address alone says the language (i18n_patterns); LocaleMiddleware cannot know that.
    varies = [name.strip() for name in response.get("Vary", "").split(",")]
    response.headers.pop("Vary", None)
    patch_vary_headers(
        response,
        ["Accept-Encoding", *(name for name in varies if name and name != "Accept-Language")],
    )
    response["Cache-Control"] = FOR_EVERYONE
