"""The home page, and the platform with its sections of guides, rules and reports."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from catalogue_standards.models import Edition, Organ
from cms.languages import OWN, reader_language
from cms.listings.catalogue import domain_tiles
from cms.listings.common import NEWEST, ancestors_of, paged, with_timeliness
from cms.listings.policies import policies_with_interpretations
from cms.models import (
    CataloguePage,
    DisclosurePage,
    GeneralPage,
    PlatformPage,
    PolicyIndexPage,
    PolicyPage,
    SectionPage,
)
from cms.visibility import frame, listed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cms.models import HomePage


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
