"""The catalogue, its domains and its items, each with the pieces under it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch

from catalogue_standards.calendar import site_calendar
from catalogue_standards.enums import Counting, EditionStatus
from catalogue_standards.models import Edition, EditionDomain, EditionItem, ItemSubject, Organ
from catalogue_standards.working_days import local_day
from cms.keeping import dues_of, line_of
from cms.listings.catalogue_files import FORMATS, in_order
from cms.listings.catalogue_filters import catalogue_filters
from cms.listings.catalogue_order import ordered
from cms.listings.catalogue_query import CatalogueQuery, Order
from cms.listings.common import NEWEST, ancestors_of, paged, with_timeliness
from cms.models import DisclosurePage, DomainPage, ItemPage, PolicyPage
from cms.obligations.public import states_of
from cms.page_cache.sharing import is_sharing, shared
from cms.postings.shown import posted_under
from cms.surroundings import ancestors_with_menu
from cms.visibility import frame, listed

if TYPE_CHECKING:
    from django.core.paginator import Page as ResultPage
    from django.http import HttpRequest

    from cms.models import CataloguePage


def domain_tiles(edition: Edition | None) -> list[dict[str, Any]]:
    """The domains of an edition: keys `entry`, `page`, `items` (how many)."""
    pages = {page.domain_id: page for page in frame(DomainPage)}
    entries = (
        EditionDomain.objects.filter(edition=edition)
        .select_related("domain")
        .annotate(number_of_items=Count("items"))
        .order_by("position")
    )
    return [
        {"entry": entry, "page": pages.get(entry.domain_id), "items": entry.number_of_items}
        for entry in entries
    ]


def catalogue_context(
    page: CataloguePage, request: HttpRequest, edition: Edition | None = None
) -> dict[str, Any]:
    """Keys: edition, editions (all that are public), address, canonical, ancestors; filters, columns (the heads
    that sort), files (formats and their addresses); rows (paged), item_pages and states (by item;
    none of an edition that is not in force), in_its_order (of the catalogue, domain by domain).

    `edition` is the one in force unless another is given; see CatalogueQuery for the address.
    """
    editions = list(Edition.objects.public())
    in_force = next((each for each in editions if each.status == EditionStatus.IN_FORCE), None)
    shown = edition or in_force
    binds = shown == in_force
    query = CatalogueQuery.from_address(request.GET)
    rows = query.rows(shown)
    found = paged(request, ordered(rows, query.order, query.backwards), 50)
    found.object_list = in_order(rows.filter(pk__in=found.object_list), list(found.object_list))
    pages = frame(ItemPage).filter(item__in=[row.item_id for row in found])
    address = page.url if binds else page.edition_url(shown) if shown else ""
    here = {"page": str(found.number)} if found.number > 1 else {}
    return {
        "edition": shown,
        "editions": editions,
        "first_edition": editions[-1] if editions else None,
        "address": address,
        "canonical": address + query.address(**here).removesuffix("?"),
        "chosen": query.chosen,
        "sort": query.sort,
        "filters": catalogue_filters(shown, query, states=binds),
        "orders": Order.choices,
        "columns": {
            order.value: {
                "url": query.sorted_by(order).address(),
                "sorted": ("descending" if query.backwards else "ascending")
                if order == query.order
                else "",
            }
            for order in Order
        },
        "files": [(kind, query.address(format=kind)) for kind in FORMATS],
        "in_its_order": not query.sort,
        "rows": found,
        "item_pages": {item_page.item_id: item_page for item_page in pages},
        "states": states_of([row.item_id for row in found]) if binds else {},
        "query": query.address().removeprefix("?"),
        "ancestors": ancestors_of(page),
    }


def domain_context(page: DomainPage, request: HttpRequest) -> dict[str, Any]:
    """Keys: entry, rows (the items, each with its page, number of pieces and state), newest."""
    rows = list(
        EditionItem.objects.in_force()
        .filter(edition_domain__domain=page.domain_id)
        .select_related("edition_domain")
        .prefetch_related(
            Prefetch("subjects", ItemSubject.objects.select_related("organ")), "limits"
        )
    )
    here = frame(ItemPage).filter(item__in=[row.item_id for row in rows])
    pages = {item_page.item_id: item_page for item_page in here}
    counts = dict(
        listed(DisclosurePage)
        .filter(item__in=[row.item_id for row in rows])
        .order_by()
        .values_list("item")
        .annotate(number=Count("pk"))
    )
    newest = (
        listed(DisclosurePage)
        .filter(item__in=[row.item_id for row in rows])
        .select_related("organ", "item")[:NEWEST]
    )
    states = states_of([row.item_id for row in rows])
    return {
        "entry": rows[0].edition_domain if rows else page.entry,
        "rows": [
            {
                "entry": row,
                "page": pages.get(row.item_id),
                "pieces": counts.get(row.item_id, 0),
                "state": states.get(row.item_id),
            }
            for row in rows
        ],
        "newest": with_timeliness(list(newest), rows),
        "ancestors": ancestors_of(page),
    }


#: What the line of time shows of a piece.
_ON_THE_LINE = (
    "title",
    "url_path",
    "first_published_at",
    "written_on",
    "item",
    "organ",
)


def item_context(page: ItemPage, request: HttpRequest) -> dict[str, Any]:
    """Keys: entry, state, pieces (paged), timeline (cms.keeping nodes), policies, posted (other
    channels), ancestors."""
    pieces = listed(DisclosurePage).filter(item=page.item_id).only(*_ON_THE_LINE)
    found = paged(request, pieces)
    organs = shared("organs", Organ.objects.in_bulk)
    for piece in found:
        piece.organ = organs[piece.organ_id]
    state = states_of([page.item_id]).get(page.item_id) if page.entry else None
    calendar = shared("calendar", site_calendar)
    return {
        "entry": page.entry,
        "state": state,
        "pieces": found,
        "timeline": line_of(
            with_timeliness(list(found), [page.entry] if page.entry else [], calendar),
            dues_of(page.item_id) if state and state.counting == Counting.PERIODIC else [],
            calendar,
            above=_day_above(found),
            has_more=found.has_next(),
        ),
        "policies": _policies(page),
        "posted": posted_under(page.item_id),
        "ancestors": ancestors_with_menu(request, page),
    }


def _policies(page: ItemPage) -> list[PolicyPage]:
    """The newest of the item's own; which items have any is found out once for all."""
    if is_sharing() and page.item_id not in shared("items with policies", _items_with_policies):
        return []
    return list(listed(PolicyPage).filter(item=page.item_id)[:5])


def _items_with_policies() -> frozenset[int]:
    policies = PolicyPage.objects.live().exclude(item=None).order_by()
    return frozenset(policies.values_list("item", flat=True))


def _day_above(found: ResultPage) -> date | None:
    """The day of the last piece on the page before; no query on the first page."""
    if not found.has_previous():
        return None
    last = found.start_index() - 2
    piece: DisclosurePage = found.paginator.object_list[last : last + 1][0]
    return local_day(piece.published_at) if piece.published_at else None
