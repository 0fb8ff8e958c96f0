"""The site closed for a while: by the IT office, or because the database is away.

Nothing here asks the database: the page must be there when nothing else is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.defaults import server_error

#: What machines that watch over the site ask, and is answered all the same.
OPEN = ("/healthz",)
#: Seconds after which a reader, or a search engine, may ask again.
RETRY_CLOSED = 600
RETRY_AWAY = 60
_LONGEST_NOTE = 300


def notice() -> str | None:
    """What the IT office tells readers, perhaps nothing (""); None while the site is open."""
    try:
        text = _file().read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return text.strip()[:_LONGEST_NOTE]


def close(note: str) -> None:
    """Close the site from the next request on, for every process of this machine."""
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().write_text(note.strip()[:_LONGEST_NOTE] + "\n", encoding="utf-8")


def reopen() -> None:
    _file().unlink(missing_ok=True)


def page(note: str = "", *, is_away: bool = False) -> str:
    """The whole page as HTML, with everything it needs inside it."""
    return loader.render_to_string("503.html", {"note": note, "is_away": is_away})


class MaintenanceMiddleware:
    """Stands in front of everything that asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        note = notice()
        if note is None or request.path in OPEN:
            return self.get_response(request)
        return _unavailable(request, note, RETRY_CLOSED)


def error_page(request: HttpRequest) -> HttpResponse:
    """Django's handler500: a database that does not answer is told apart from a mistake of ours."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _unavailable(request, "", RETRY_AWAY, is_away=True)
    return server_error(request)


def _unavailable(
    request: HttpRequest, note: str, retry: int, *, is_away: bool = False
) -> HttpResponse:
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(language):
        response: HttpResponse
        if request.accepts("text/html"):
            response = HttpResponse(page(note, is_away=is_away), status=503)
        else:
            told = {"error": "unavailable", "detail": note or _("The site is under maintenance.")}
            response = JsonResponse(told, status=503)
    response["Retry-After"] = str(retry)
    response["Cache-Control"] = "no-store"
    return response


def _file() -> Path:
    return Path(settings.MAINTENANCE_FILE)
