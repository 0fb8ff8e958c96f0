"""Any list of results as a table (CSV) or a feed (RSS, Atom)."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from cms.models import SiteIdentity
from cms.open_data.writing import csv_lines, feed_of
from search.presenting import Result
from search.state import SearchState

MOST_ROWS = 2000
MOST_NEWS = 30


def as_csv(request: HttpRequest, results: Iterable[Result]) -> HttpResponse:
    """The first `MOST_ROWS` results, in UTF-8 with the mark by which Excel knows it."""
    header = [
        _("title"), _("kind"), _("document number"), _("index number"),
        _("organ"), _("domain"), _("published"), _("validity"), _("address"),
    ]  # fmt: skip
    rows = (
        [
            result.title,
            result.kind_label,
            result.document_number,
            result.index_number,
            result.organ_name,
            result.domain_name,
            _day(result),
            result.validity_label,
            request.build_absolute_uri(result.url),
        ]
        for result in results
    )
    response = HttpResponse(
        "".join(csv_lines(header, rows)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="search-{timezone.localdate()}.csv"'
    return response


def as_feed(
    kind: str, request: HttpRequest, state: SearchState, results: Iterable[Result]
) -> HttpResponse:
    """The newest `MOST_NEWS` results, as `rss` or `atom`, that a reader may subscribe to."""
    identity = SiteIdentity.for_request(request)
    words = " ".join(state.texts)
    text, media_type = feed_of(
        kind,
        {
            "title": f"{identity.name} · {words}" if words else identity.name,
            "link": request.build_absolute_uri(state.address()),
            "description": _("Search results, newest first."),
            "feed_url": request.build_absolute_uri(),
        },
        (
            (
                result.title,
                strip_tags(result.snippet_html),
                result.published_at,
                request.build_absolute_uri(result.url),
            )
            for result in results
        ),
    )
    return HttpResponse(text, content_type=media_type)


def _day(result: Result) -> str:
    return f"{timezone.localtime(result.published_at):%Y-%m-%d}" if result.published_at else ""
