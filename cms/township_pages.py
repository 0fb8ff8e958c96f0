"""The catalogue of each township as the public reads it, and what the township does not handle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from catalogue_standards.enums import OrganKind
from catalogue_standards.models import Edition, EditionDomain, Organ, TownshipChoice
from catalogue_standards.townships import narrowed, offered_to, township_rows
from cms.listings.common import ancestors_of, paged
from cms.models import ItemPage
from cms.visibility import frame

if TYPE_CHECKING:
    from cms.models import CataloguePage


def townships_context(page: CataloguePage) -> dict[str, Any]:
    """Keys: heading, intro, townships, ancestors."""
    return {
        "heading": _("Township catalogues"),
        "intro": _(
            "What each township discloses under the county's catalogue, and what it does not handle."
        ),
        "townships": Organ.objects.in_use().of_kind(OrganKind.TOWNSHIP),
        "ancestors": [*ancestors_of(page), page],
    }


def township_context(page: CataloguePage, code: str, request: HttpRequest) -> dict[str, Any]:
    """Keys: township, edition, domains, left_out (domains not handled, each with its reason),
    rows (paged, each a TownshipRow), show, chosen, item_pages, query.

    `domain` (a code) filters; `show=not_handled` lists the single items not handled. Raises Http404
    for a code that is no township's.
    """
    township = Organ.objects.filter(code=code, kind=OrganKind.TOWNSHIP).first()
    if township is None:
        raise Http404
    edition = Edition.objects.in_force()
    offered = offered_to(township, edition)
    left_out = _left_out(township, edition)
    concerned = set(offered.order_by().values_list("edition_domain", flat=True))
    places = EditionDomain.objects.filter(pk__in=concerned).select_related("domain")
    chosen = request.GET.get("domain", "").strip()
    show = "not_handled" if request.GET.get("show") == "not_handled" else ""
    if show:
        # A domain that is left out as a whole is told once, above.
        entries = narrowed(offered, township, show=show).exclude(
            edition_domain__domain__in=[choice.domain_id for _place, choice in left_out]
        )
    else:
        entries = offered.handled_by(township)
    if chosen:
        entries = entries.filter(edition_domain__domain__code=chosen)
    found = paged(request, entries.with_details(), 50)
    rows = township_rows(township, found)
    pages = frame(ItemPage).filter(item__in=[row.entry.item_id for row in rows])
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "township": township,
        "edition": edition,
        "domains": places,
        "left_out": left_out,
        "found": found,
        "rows": rows,
        "show": show,
        "chosen": chosen,
        "item_pages": {each.item_id: each for each in pages},
        "query": query.urlencode(),
        "ancestors": [*ancestors_of(page), page],
    }


def _left_out(
    township: Organ, edition: Edition | None
) -> list[tuple[EditionDomain, TownshipChoice]]:
    """未涉及领域: the domains of the edition that the township does not handle."""
    choices = {
        choice.domain_id: choice
        for choice in TownshipChoice.objects.binding().filter(
            organ=township, item=None, is_involved=False
        )
    }
    places = EditionDomain.objects.filter(edition=edition, domain__in=choices)
    return [(place, choices[place.domain_id]) for place in places.order_by("position")]
