"""Parts of a file: a browser asks for a video piece by piece, and an iPhone plays none otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

if TYPE_CHECKING:
    from django.http import FileResponse

_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_CHUNK = 64 * 1024


def in_part(request: HttpRequest, whole: FileResponse, content: IO[bytes]) -> HttpResponseBase:
    """The one range of bytes that is asked for (RFC 9110, 14), or `whole`; 416 where it lies outside.

    Several ranges at once, and one on a condition, are answered with the whole file, as the standard
    allows.
    """
    whole["Accept-Ranges"] = "bytes"
    asked = _ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or "If-Range" in request.headers or not any(asked.groups()):
        return whole
    size = int(whole["Content-Length"])
    first, last = _bounds(asked[1], asked[2], size)
    if first > last:
        content.close()
        outside = HttpResponse(status=416)
        outside["Content-Range"] = f"bytes */{size}"
        return outside
    part = StreamingHttpResponse(_read(content, first, last - first + 1), status=206)
    for name, value in whole.items():
        part[name] = value
    part["Content-Length"] = str(last - first + 1)
    part["Content-Range"] = f"bytes {first}-{last}/{size}"
    return part


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte; `-500` means the last 500."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _read(content: IO[bytes], first: int, left: int) -> Iterator[bytes]:
    with content:
        content.seek(first)
        while left > 0 and (chunk := content.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
