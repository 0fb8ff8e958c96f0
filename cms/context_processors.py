"""What every public page shows: the site's identity and its main menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site

from cms.models import SiteIdentity


def site(request: HttpRequest) -> dict[str, Any]:
    """`identity` (SiteIdentity) and `menu` (pages), each fetched only when a template asks."""
    return {
        "identity": SimpleLazyObject(lambda: SiteIdentity.for_request(request)),
        "menu": SimpleLazyObject(lambda: _menu(request)),
    }


def _menu(request: HttpRequest) -> list[Page]:
    current = Site.find_for_request(request)
    if current is None:
        return []
    home = current.root_page.localized
    return [home, *home.get_children().live().in_menu()]
