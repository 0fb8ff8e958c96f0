"""What a page says of the language it is shown in."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import gettext, override

from cms.languages import OWN, reader_language
from cms.models import PublishedPiece

register = template.Library()


@register.inclusion_tag("components/language_note.html", takes_context=True)
def language_note(context: template.Context) -> dict[str, Any]:
    """Tells that a page is not in the reader's language, or is a translation of an older text."""
    shown = _shown(context)
    if shown is None:
        return {}
    page, in_readers_language = shown
    original = context.get("original") if in_readers_language else None
    names = {code: gettext(str(name)) for code, name in settings.LANGUAGES}
    return {
        "is_frame": not isinstance(page, PublishedPiece),
        "untranslated": not in_readers_language,
        "language": names[reader_language()],
        "own": names[OWN],
        "original_url": in_own_language(original) if original is not None else "",
        "original_is_newer": context.get("original_is_newer", False),
        "own_code": OWN,
    }


@register.inclusion_tag("components/language_links.html", takes_context=True)
def language_links(context: template.Context) -> dict[str, Any]:
    """For search engines: where the original of what is shown stands."""
    shown = _shown(context)
    if shown is None:
        return {}
    page, in_readers_language = shown
    original = context.get("original")
    if not in_readers_language:
        return {"canonical": in_own_language(page)}
    return {"alternate": in_own_language(original) if original else "", "own_code": OWN}


@register.simple_tag(takes_context=True)
def same_page_in(context: template.Context, language: str) -> str:
    """The address at which what is shown now is read in `language`."""
    original = context.get("original")
    if language == OWN and original is not None:
        return in_own_language(original)
    path = context["request"].get_full_path() if "request" in context else "/"
    own = path.removeprefix(f"/{reader_language()}") if reader_language() != OWN else path
    return own if language == OWN else f"/{language}{own}"


def in_own_language(page: Any) -> str:
    """The address of `page` outside the reader's language."""
    with override(OWN):
        return page.full_url or ""


def _shown(context: template.Context) -> tuple[Any, bool] | None:
    """The page and whether it is in the reader's language; None on a page of the site's own."""
    page = context.get("page")
    if reader_language() == OWN or not hasattr(page, "locale"):
        return None
    spoken = isinstance(page, PublishedPiece) and page.locale.language_code == reader_language()
    return page, spoken
