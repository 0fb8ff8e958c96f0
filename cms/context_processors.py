"""What every public page shows: the site's identity and its main menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cms.models import SiteIdentity
from cms.surroundings import menu_of


def site(request: HttpRequest) -> dict[str, Any]:
    """`identity` (SiteIdentity) and `menu` (pages), each fetched only when a template asks."""
    return {
        "identity": SimpleLazyObject(lambda: SiteIdentity.for_request(request)),
        "menu": SimpleLazyObject(lambda: menu_of(request)),
    }
