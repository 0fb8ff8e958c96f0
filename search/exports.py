"""Any list of results as a table (CSV) or a feed (RSS)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from unicodedata import category

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from cms.models import SiteIdentity
from search.presenting import Result
from search.state import SearchState

MOST_ROWS = 2000
MOST_NEWS = 30
# A spreadsheet would take a cell that begins so for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(request: HttpRequest, results: Iterable[Result]) -> HttpResponse:
    """The first `MOST_ROWS` results, in UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(
        [
            _("title"), _("kind"), _("document number"), _("index number"),
            _("organ"), _("domain"), _("published"), _("validity"), _("address"),
        ]
    )  # fmt: skip
    for result in results:
        writer.writerow(
            [
                _cell(value)
                for value in (
                    result.title,
                    result.kind_label,
                    result.document_number,
                    result.index_number,
                    result.organ_name,
                    result.domain_name,
                    _day(result),
                    result.validity_label,
                    request.build_absolute_uri(result.url),
                )
            ]
        )
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="search-{timezone.localdate()}.csv"'
    return response


def as_rss(request: HttpRequest, state: SearchState, results: Iterable[Result]) -> HttpResponse:
    """The newest `MOST_NEWS` results as a feed that a reader may subscribe to."""
    identity = SiteIdentity.for_request(request)
    words = _printable(" ".join(state.texts))
    feed = Rss201rev2Feed(
        title=f"{identity.name} · {words}" if words else identity.name,
        link=request.build_absolute_uri(state.address()),
        description=_("Search results, newest first."),
        language="zh-cn",
        feed_url=request.build_absolute_uri(),
    )
    for result in results:
        url = request.build_absolute_uri(result.url)
        feed.add_item(
            title=_printable(result.title),
            link=url,
            description=_printable(strip_tags(result.snippet_html)),
            pubdate=result.published_at,
            unique_id=url,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=f"{feed.content_type}")


def _cell(value: str) -> str:
    return "'" + value if value.startswith(_FORMULA_STARTS) else value


def _day(result: Result) -> str:
    return f"{timezone.localtime(result.published_at):%Y-%m-%d}" if result.published_at else ""


def _printable(text: str) -> str:
    # XML has no place for control characters, whatever a piece may hold.
    return "".join(
        char for char in text if char in "\t\n" or category(char) not in ("Cc", "Cs", "Cn")
    )
