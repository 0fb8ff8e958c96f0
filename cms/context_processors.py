"""What every public page shows: the site's identity and its main menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cms.models import SiteIdentity
from cms.page_cache.sharing import shared
from cms.surroundings import menu_of


def identity_of(request: HttpRequest) -> SiteIdentity:
    return shared(("identity", request.get_host()), lambda: SiteIdentity.for_request(request))


def site(request: HttpRequest) -> dict[str, Any]:
    """`identity` (SiteIdentity) and `menu` (pages), each fetched only when a template asks."""
    return {
        "identity": SimpleLazyObject(lambda: identity_of(request)),
        "menu": SimpleLazyObject(lambda: menu_of(request)),
    }
