"""The frame of the site in other languages: made as far as a translation needs it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override
from wagtail.models import Locale, Page

from cms.languages import OWN
from cms.models import HomePage, StructuralPage


def version_of(page: Page, locale: Locale | None) -> Any:
    """The version of `page` in `locale`, as its own type, or None."""
    if locale is None:
        return None
    found = Page.objects.filter(translation_key=page.translation_key, locale=locale)
    found = found.first()
    return found.specific if found is not None else None


def ensure_place(page: StructuralPage, locale: Locale) -> StructuralPage:
    """The page of `locale` that corresponds to this page of the frame, made with those above it."""
    made: StructuralPage | None = version_of(page, locale)
    if made is not None:
        return made
    above = page.get_parent().specific
    is_home = isinstance(page, HomePage)
    parent = above if is_home else ensure_place(above, locale)
    with override(locale.language_code):
        title = page.frame_title() or page.title
    made = type(page)(
        title=title,
        slug=f"{page.slug}-{locale.language_code}" if is_home else page.slug,
        locale=locale,
        translation_key=page.translation_key,
        show_in_menus=page.show_in_menus,
        live=True,
        **{field.attname: getattr(page, field.attname) for field in _own_fields(page)},
    )
    parent.add_child(instance=made)
    return made


def ensure_frames() -> None:
    """In every language of the site: its home, index pages and sections. Safe to repeat."""
    home = HomePage.objects.filter(locale__language_code=OWN).first()
    if home is None:
        return
    pages = [
        page.specific
        for page in home.get_descendants(inclusive=True).filter(depth__lte=home.depth + 2)
    ]
    frame = [page for page in pages if isinstance(page, StructuralPage) and page.frame_title()]
    for locale in Locale.objects.exclude(language_code=OWN):
        for page in frame:
            ensure_place(page, locale)


def _own_fields(page: StructuralPage) -> list[Any]:
    return [
        field
        for field in type(page)._meta.local_concrete_fields
        if not field.primary_key and field.model is type(page)
    ]
