"""How the public pages write dates, sizes, titles and states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from cms import days, typesetting
from cms.enums import Validity

if TYPE_CHECKING:
    from django.core.paginator import Page as ResultPage
    from wagtail.models import Page

    from cms.duties import Timeliness
    from cms.models import PolicyPage

register = template.Library()

#: How deep the home page of each language stands, below the invisible root.
HOME = 2
_VALIDITY_TONES = {
    Validity.IN_FORCE: "kept",
    Validity.NOT_YET: "soon",
    Validity.AMENDED: "soon",
    Validity.REPEALED: "late",
    Validity.LAPSED: "late",
}


for written in (days.day, days.day_short, days.moment):
    register.filter(written)


@register.filter
def file_size(size: int | None) -> str:
    """Bytes in the unit a reader knows from a telephone: `86 KB`, `1.4 MB`; "" when unknown."""
    if not size:
        return ""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"


@register.filter
def file_kind(name: str) -> str:
    """The ending of a file's name in capitals: `PDF`."""
    return PurePath(name).suffix[1:].upper()


@register.filter
def words(text: str) -> list[str]:
    return text.split()


@register.filter
def get(mapping: dict[Any, Any], key: object) -> object:
    return mapping.get(key)


@register.filter
def at(sequence: Sequence[Any], number: int) -> object:
    return sequence[number]


@register.filter
def standing_in(page: Page | str, menu: Sequence[Page]) -> tuple[int, str] | None:
    """The entry of the menu that is marked for `page`, and how (`aria-current`)."""
    path = getattr(page, "path", "")
    for entry in menu:
        if path == entry.path:
            return entry.pk, "page"
        # Every page stands below the home page, which holds only itself.
        if entry.depth > HOME and path.startswith(entry.path):
            return entry.pk, "true"
    return None


@register.filter
def called(page: Page) -> str:
    """A page's name in menus and ways: the home page's title is the site's own name."""
    return gettext("Home") if page.depth == HOME else page.title


@register.filter
def typeset(html: str, title: str = "") -> SafeString:
    """Set the rich text of a document as paper would be; see cms.typesetting."""
    return typesetting.typeset(str(html), title)


@register.filter
def title_lines(title: str) -> SafeString:
    """A long document title broken where a typist would break it."""
    return typesetting.title_lines(title)


@register.inclusion_tag("components/timeliness.html")
def timeliness_badge(timeliness: Timeliness | None) -> dict[str, Any]:
    return {"timeliness": timeliness}


@register.inclusion_tag("components/validity.html")
def validity_badge(policy: PolicyPage) -> dict[str, Any]:
    validity = policy.validity
    return {"label": validity.label, "tone": _VALIDITY_TONES[validity]}


@register.inclusion_tag("components/pager.html")
def pager(found: ResultPage, query: str = "") -> dict[str, Any]:
    """Links to the pages of a list; `query` is the address's query string without its page."""
    return {
        "found": found,
        "numbers": _numbers(found),
        "prefix": f"?{query}&page=" if query else "?page=",
    }


def _numbers(found: ResultPage) -> Iterator[str | int]:
    return found.paginator.get_elided_page_range(found.number, on_each_side=2, on_ends=1)
