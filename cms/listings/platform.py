"""The home page, and the platform with its sections of guides, rules and reports."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from wagtail.models import Page

from catalogue_standards.models import Edition, Organ
from cms.figures.coverage import totals
from cms.figures.limits import all_limits
from cms.languages import OWN, reader_language
from cms.listings.catalogue import domain_tiles
from cms.listings.common import NEWEST, ancestors_of, paged, with_timeliness
from cms.listings.policies import policies_with_interpretations
from cms.models import (
    CataloguePage,
    DisclosurePage,
    FiguresPage,
    GeneralPage,
    PlatformPage,
    PolicyIndexPage,
    PolicyPage,
    SectionPage,
    TopicIndexPage,
)
from cms.obligations.board import Moment
from cms.obligations.coming import coming
from cms.topics import topics_shown
from cms.visibility import frame, listed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cms.models import HomePage

#: How many topics the home page shows.
TOPICS = 6

#: What the home page leads to.
MAIN: dict[type[Page], str] = {
    CataloguePage: "catalogue_page",
    PolicyIndexPage: "policy_page",
    PlatformPage: "platform_page",
    TopicIndexPage: "topics_page",
    FiguresPage: "figures_page",
}


def home_context(page: HomePage) -> dict[str, Any]:
    """Keys: edition, tiles, item_count, organ_counts (by kind), topics, newest, policies, coming
    (due dates ahead and missed), totals and kept (the county in figures), and the pages
    catalogue_page, policy_page, platform_page, topics_page, figures_page."""
    edition, moment = Edition.objects.in_force(), Moment.present()
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
        "topics": list(topics_shown()[:TOPICS]),
        "coming": coming(moment),
        "totals": totals(moment),
        "kept": all_limits(),
        **_main_pages(),
    }


def _main_pages() -> dict[str, Page]:
    """The pages to which the home page leads, by the names under which its template knows them."""
    found = {page.cached_content_type.model_class(): page for page in frame(Page).type(tuple(MAIN))}
    return {name: found[model] for model, name in MAIN.items() if model in found}


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
