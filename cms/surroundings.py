"""What stands around a public page: the main menu, and the way down to it, in one query."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.frame_names import named_for_reader
from cms.page_cache.sharing import shared

_KEPT = "_gongkai_menu"
#: Where Wagtail keeps it.
_SITE = "_wagtail_site"


def site_of(request: HttpRequest) -> Site | None:
    """As Wagtail's, which keeps it with the request; fetched once for each state of the site."""
    if not hasattr(request, _SITE):
        key = ("site", request.get_host(), request.get_port())
        setattr(request, _SITE, shared(key, lambda: Site.find_for_request(request)))
    found: Site | None = getattr(request, _SITE)
    return found


def menu_of(request: HttpRequest) -> list[Page]:
    """The home page in the reader's language and what stands in menus below it."""
    kept: list[Page] | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = shared(("menu", request.get_host()), lambda: _menu_and(request, ())[0])
    return kept


def ancestors_with_menu(request: HttpRequest, page: Page) -> list[Page]:
    """The way down to `page` from the home page; the menu is fetched along with it."""
    length = page.steplen
    paths = [page.path[:end] for end in range(2 * length, len(page.path), length)]
    key = ("menu and way", request.get_host(), paths[-1] if paths else "")
    menu, ancestors = shared(key, lambda: _menu_and(request, paths))
    setattr(request, _KEPT, menu)
    return ancestors


def _menu_and(request: HttpRequest, paths: Any) -> tuple[list[Page], list[Page]]:
    current = site_of(request)
    in_menu = Q(pk__in=[])
    if current is not None:
        # Wagtail keeps the root of each language in its cache.
        roots = {
            root.language_code: root.root_path
            for root in Site.get_site_root_paths()
            if root.site_id == current.pk
        }
        home = current.root_page
        top = roots.get(get_language() or "", home.url_path)
        entries = Q(url_path__startswith=top, depth=home.depth + 1, show_in_menus=True)
        in_menu = (Q(url_path=top) | entries) & Q(live=True)
    found = list(
        Page.objects.annotate(in_menu=in_menu).filter(in_menu | Q(path__in=paths)).order_by("path")
    )
    menu = named_for_reader(page for page in found if page.in_menu)
    return menu, named_for_reader(page for page in found if page.path in paths)
