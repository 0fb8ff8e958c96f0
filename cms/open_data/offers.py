"""Which lists for machines a page shows, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from wagtail.models import Page

from cms.models import (
    CataloguePage,
    DomainPage,
    HomePage,
    ItemPage,
    PlatformPage,
    PolicyIndexPage,
    SectionPage,
)
from cms.open_data.registry import FORMATS, LISTS


@dataclass(frozen=True)
class Address:
    """One form of a list: `label` for people, `media_type` for machines."""

    url: str
    media_type: str
    label: str


@dataclass(frozen=True)
class Offer:
    """A list, narrowed as the page narrows it."""

    name: str
    title: str | Promise
    addresses: tuple[Address, ...]


def offer(name: str, chosen: Mapping[str, str] | None = None) -> Offer:
    """The list `name` in every form; `chosen` are its filters, of which empty ones are left out."""
    known = {each.name for each in LISTS[name].filters}
    return _offer(name, tuple((k, v) for k, v in (chosen or {}).items() if v and k in known))


@lru_cache(maxsize=1000)
def _offer(name: str, pairs: tuple[tuple[str, str], ...]) -> Offer:
    query = f"?{urlencode(pairs)}" if pairs else ""
    return Offer(
        name,
        LISTS[name].title,
        tuple(
            Address(f"/api/{name}.{form}{query}", media_type, label)
            for form, (media_type, label) in FORMATS.items()
        ),
    )


def offers_on(page: object, context: Mapping[str, Any]) -> list[Offer]:
    """The lists that this page shows, with the filters that its reader chose."""
    if not isinstance(page, Page):
        return []
    chosen: dict[str, str] = context.get("chosen") or {}
    if isinstance(page, CataloguePage):
        # Only the table of an edition has filters; the other pages below have lists of their own.
        edition = context.get("edition")
        if "item_pages" not in context or edition is None or not isinstance(chosen, dict):
            return []
        return [offer("items", chosen | {"edition": edition.reference})]
    if isinstance(page, DomainPage):
        code = {"domain": page.slug}
        return [offer("disclosures", code), offer("items", code)]
    if isinstance(page, ItemPage):
        return [offer("disclosures", {"item": page.slug})]
    if isinstance(page, PolicyIndexPage):
        return [offer("policies", chosen), offer("interpretations", chosen)]
    if isinstance(page, SectionPage):
        return [offer("general", {"section": page.kind})]
    if isinstance(page, PlatformPage):
        return [offer("general"), offer("organs")]
    return [offer("disclosures"), offer("policies")] if isinstance(page, HomePage) else []
