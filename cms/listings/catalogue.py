"""The catalogue, its domains and its items, each with the pieces under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, Q

from catalogue_standards.enums import EditionStatus, Level
from catalogue_standards.models import Edition, EditionDomain, EditionItem, ItemSubject, Organ
from cms.listings.common import NEWEST, ancestors_of, paged, query_without_page, with_timeliness
from cms.models import DisclosurePage, DomainPage, ItemPage, PolicyPage
from cms.obligations.public import states_of
from cms.surroundings import ancestors_with_menu
from cms.visibility import frame, listed

if TYPE_CHECKING:
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
    """Keys: edition, editions (all that are public), tiles, organs, levels, rows (paged), item_pages
    and states (by item; none of an edition that is not in force), chosen (the filters), address.

    `edition` is the one in force unless another is given. Filters by the query parameters domain,
    organ, level and q (words in an item's name).
    """
    editions = list(Edition.objects.public())
    in_force = next((each for each in editions if each.status == EditionStatus.IN_FORCE), None)
    shown = edition or in_force
    chosen = {name: request.GET.get(name, "").strip() for name in ("domain", "organ", "level", "q")}
    rows = EditionItem.objects.filter(edition=shown).with_details()
    if chosen["domain"]:
        rows = rows.filter(edition_domain__domain__code=chosen["domain"])
    organ = Organ.objects.filter(code=chosen["organ"]).first() if chosen["organ"] else None
    if organ:
        rows = rows.answered_by(organ)
    if chosen["level"] in Level.values:
        rows = rows.filter(**{f"at_{chosen['level']}": True})
    if chosen["q"]:
        q = chosen["q"]
        rows = rows.filter(Q(name__icontains=q) | Q(group__icontains=q) | Q(sub_name__icontains=q))
    found = paged(request, rows.order_by("edition_domain__position", "position"), 50)
    pages = frame(ItemPage).filter(item__in=[row.item_id for row in found])
    return {
        "edition": shown,
        "editions": editions,
        "first_edition": editions[-1] if editions else None,
        "tiles": domain_tiles(shown),
        "organs": Organ.objects.in_use(),
        "address": page.edition_url(shown) if shown and shown != in_force else page.url,
        "levels": Level.choices,
        "rows": found,
        "item_pages": {item_page.item_id: item_page for item_page in pages},
        "states": states_of([row.item_id for row in found]) if shown == in_force else {},
        "chosen": chosen,
        "query": query_without_page(request),
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


def item_context(page: ItemPage, request: HttpRequest) -> dict[str, Any]:
    """Keys: entry, state, pieces (paged, each with its timeliness), policies, domain_page."""
    pieces = listed(DisclosurePage).filter(item=page.item_id).select_related("organ")
    found = paged(request, pieces)
    return {
        "entry": page.entry,
        "state": states_of([page.item_id]).get(page.item_id) if page.entry else None,
        "pieces": found,
        "timeline": with_timeliness(list(found), [page.entry] if page.entry else []),
        "policies": list(listed(PolicyPage).filter(item=page.item_id)[:5]),
        "ancestors": ancestors_with_menu(request, page),
    }
