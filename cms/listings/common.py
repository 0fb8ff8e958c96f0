"""What several lists share: pages of rows, the way down to a page, pieces beside their limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator

from catalogue_standards.calendar import site_calendar
from catalogue_standards.models import EditionItem
from cms.duties import Timeliness, own_limits_of, timeliness
from cms.frame_names import named_for_reader
from cms.page_cache.sharing import shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from wagtail.models import Page

    from catalogue_standards.working_days import WorkingCalendar
    from cms.models import DisclosurePage

PER_PAGE = 20
NEWEST = 8


def paged(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], per_page: int = PER_PAGE
) -> ResultPage:
    """The page that is asked for; rows that all stand on the first one are not counted by a query."""
    paginator = Paginator(rows, per_page)
    if request.GET.get("page", "1") != "1":
        return paginator.get_page(request.GET["page"])
    first = list(rows[: per_page + 1])
    if len(first) <= per_page:
        paginator = Paginator(first, per_page)
    return ResultPage(first[:per_page], 1, paginator)


def query_without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def ancestors_of(page: Page) -> list[Page]:
    """The way down to `page` from the home page, for breadcrumbs and column tags."""

    def way() -> list[Page]:
        return named_for_reader(page.get_ancestors().filter(depth__gt=1).order_by("depth"))

    return shared(("way", page.path[: -page.steplen]), way)


@dataclass(frozen=True)
class ListedPiece:
    """A row of a list: a piece, what the edition in force says of its item, and how it was kept."""

    piece: DisclosurePage
    entry: EditionItem | None
    timeliness: Timeliness | None


def with_timeliness(
    pieces: list[DisclosurePage],
    known: Iterable[EditionItem] | None = None,
    calendar: WorkingCalendar | None = None,
) -> list[ListedPiece]:
    """Each piece with its item and how it stands against the limit; two queries for any length.

    `known` are the entries of these pieces' items, with their limits, where the caller has them, and so is
    `calendar`.
    """
    if known is None:
        known = (
            EditionItem.objects.in_force()
            .filter(item__in={piece.item_id for piece in pieces})
            .select_related("edition_domain")
            .prefetch_related("limits")
        )
    entries = {entry.item_id: entry for entry in known}
    calendar = calendar or shared("calendar", site_calendar)
    own = own_limits_of(pieces)
    rows = ((piece, entries.get(piece.item_id)) for piece in pieces)
    return [
        ListedPiece(
            piece,
            entry,
            timeliness(
                entry,
                piece.written_on,
                piece.published_at,
                calendar,
                own.get((piece.organ_id, piece.item_id), ()),
            ),
        )
        for piece, entry in rows
    ]
