"""What the list pages of the public site show. Every list is paged; no query count grows with rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, QuerySet

from catalogue_standards.calendar import site_calendar
from catalogue_standards.enums import EditionStatus, Level
from catalogue_standards.models import (
    Edition,
    EditionDomain,
    EditionItem,
    ItemSubject,
    Organ,
)
from cms.duties import Timeliness, own_limits_of, timeliness
from cms.languages import OWN, reader_language
from cms.models import (
    CataloguePage,
    DisclosurePage,
    DomainPage,
    GeneralPage,
    InterpretationPage,
    ItemPage,
    PlatformPage,
    PolicyIndexPage,
    PolicyPage,
    SectionPage,
)
from cms.obligations.public import states_of
from cms.surroundings import ancestors_with_menu
from cms.visibility import frame, listed, publicly_visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from wagtail.models import Page

    from cms.models import HomePage

PER_PAGE = 20
NEWEST = 8


def paged(request: HttpRequest, rows: QuerySet[Any], per_page: int = PER_PAGE) -> ResultPage:
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


@dataclass(frozen=True)
class ListedPiece:
    """A row of a list: a piece, what the edition in force says of its item, and how it was kept."""

    piece: DisclosurePage
    entry: EditionItem | None
    timeliness: Timeliness | None


def with_timeliness(
    pieces: list[DisclosurePage], known: Iterable[EditionItem] | None = None
) -> list[ListedPiece]:
    """Each piece with its item and how it stands against the limit; two queries for any length.

    `known` are the entries of these pieces' items, with their limits, where the caller has them.
    """
    if known is None:
        known = (
            EditionItem.objects.in_force()
            .filter(item__in={piece.item_id for piece in pieces})
            .select_related("edition_domain")
            .prefetch_related("limits")
        )
    entries = {entry.item_id: entry for entry in known}
    calendar = site_calendar()
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


def policies_with_interpretations(policies: list[PolicyPage]) -> list[dict[str, Any]]:
    """Keys `policy`, `interpretations`; two queries whatever the length."""
    originals = _originals_of(policies)
    below = Q(pk__in=[])
    for policy in [*policies, *originals.values()]:
        below |= Q(path__startswith=policy.path)
    found = list(publicly_visible(InterpretationPage).filter(below)) if policies else []

    def of(policy: PolicyPage | None) -> list[InterpretationPage]:
        return [page for page in found if policy and page.path.startswith(policy.path)]

    return [
        {
            "policy": policy,
            # A translated policy without a translated interpretation leads to its original's.
            "interpretations": of(policy) or of(originals.get(policy.translation_key)),
        }
        for policy in policies
    ]


def _originals_of(policies: list[PolicyPage]) -> dict[Any, PolicyPage]:
    """By translation key, the originals of those that are translations; no query without any."""
    if reader_language() == OWN or not policies:
        return {}
    keys = [policy.translation_key for policy in policies]
    rows = PolicyPage.objects.filter(translation_key__in=keys, locale__language_code=OWN)
    return {page.translation_key: page for page in rows.exclude(pk__in=[p.pk for p in policies])}


def home_context(page: HomePage) -> dict[str, Any]:
    """Keys: edition, tiles, item_count, organ_counts (by kind), newest, policies, and the pages
    catalogue_page, policy_page, platform_page."""
    edition = Edition.objects.in_force()
    tiles = domain_tiles(edition)
    newest = listed(DisclosurePage).select_related("organ", "item")[:NEWEST]
    policies = listed(PolicyPage).select_related("organ")[:4]
    return {
        "edition": edition,
        "tiles": tiles,
        "item_count": sum(tile["items"] for tile in tiles),
        "newest": with_timeliness(list(newest)),
        "organ_counts": Counter(Organ.objects.in_use().values_list("kind", flat=True)),
        "policies": policies_with_interpretations(list(policies)),
        "catalogue_page": frame(CataloguePage).first(),
        "policy_page": frame(PolicyIndexPage).first(),
        "platform_page": frame(PlatformPage).first(),
    }


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
        "query": _query_without_page(request),
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


def policy_index_context(page: PolicyIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Keys: policies (with interpretations), found (the page of results), organs, chosen."""
    chosen = {name: request.GET.get(name, "").strip() for name in ("organ", "kind")}
    rows = listed(PolicyPage).select_related("organ")
    if chosen["organ"]:
        rows = rows.filter(organ__code=chosen["organ"])
    if chosen["kind"] == "normative":
        rows = rows.filter(is_normative=True)
    elif chosen["kind"] == "other":
        rows = rows.filter(is_normative=False)
    found = paged(request, rows)
    return {
        "policies": policies_with_interpretations(list(found)),
        "found": found,
        "organs": Organ.objects.in_use(),
        "chosen": chosen,
        "query": _query_without_page(request),
        "ancestors": ancestors_of(page),
    }


def platform_context(page: PlatformPage) -> dict[str, Any]:
    """Keys: sections, newest (guides, rules and reports), organs."""
    return {
        "sections": frame(SectionPage).order_by("path"),
        "newest": listed(GeneralPage)[:NEWEST],
        "catalogue_page": frame(CataloguePage).first(),
        "policy_page": frame(PolicyIndexPage).first(),
        "organs": Organ.objects.in_use(),
        "ancestors": ancestors_of(page),
    }


def section_context(page: SectionPage, request: HttpRequest) -> dict[str, Any]:
    """Keys: pieces (paged)."""
    pieces = listed(GeneralPage).filter(_below_versions_of(page)).select_related("organ")
    return {
        "pieces": paged(request, pieces),
        "sections": frame(SectionPage).order_by("path"),
        "organs": Organ.objects.in_use(),
        "catalogue_page": frame(CataloguePage).first(),
        "policy_page": frame(PolicyIndexPage).first(),
        "ancestors": ancestors_of(page),
    }


def _below_versions_of(page: SectionPage) -> Q:
    """What stands below `page` in any language; one query where there are several."""
    if reader_language() == OWN:
        return Q(path__startswith=page.path)
    below = Q(pk__in=[])
    same = SectionPage.objects.filter(translation_key=page.translation_key)
    for path in same.values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return below


def ancestors_of(page: Page) -> list[Page]:
    """The way down to `page` from the home page, for breadcrumbs and column tags."""
    return list(page.get_ancestors().filter(depth__gt=1).order_by("depth"))


def _query_without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
