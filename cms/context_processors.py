"""What every public page shows: the site's identity and its main menu."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.models import SiteIdentity


def site(request: HttpRequest) -> dict[str, Any]:
    """`identity` (SiteIdentity) and `menu` (pages), each fetched only when a template asks."""
    return {
        "identity": SimpleLazyObject(lambda: SiteIdentity.for_request(request)),
        "menu": SimpleLazyObject(lambda: _menu(request)),
    }


def _menu(request: HttpRequest) -> list[Page]:
    """The home page in the reader's language and what stands in menus below it, in one query."""
    current = Site.find_for_request(request)
    if current is None:
        return []
    # Wagtail keeps the root of each language in its cache.
    roots = {
        root.language_code: root.root_path
        for root in Site.get_site_root_paths()
        if root.site_id == current.pk
    }
    home = current.root_page
    top = roots.get(get_language() or "", home.url_path)
    entries = Q(url_path__startswith=top, depth=home.depth + 1, show_in_menus=True)
    return list(Page.objects.live().filter(Q(url_path=top) | entries).order_by("path"))
