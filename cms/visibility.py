"""The one queryset of publicly visible pages: lists, feeds, sitemap, search and API read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from wagtail.models import Page, PageViewRestriction

from cms.languages import OWN, reader_language
from cms.restrictions import may_be_restricted

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet


def publicly_visible(model: type[Page]) -> PageQuerySet:
    """Live pages of `model` in every language that anyone may read, newest first.

    As Wagtail's `public()`, which asks for the restrictions in a query of its own each time.
    """
    live = model.objects.live().order_by("-first_published_at", "-pk")
    if not may_be_restricted():
        return live
    at = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    # A join would let SQLite read all pages for each page: it has no statistics of an empty table.
    above = Subquery(Page.objects.filter(pk=OuterRef("page_id")).values("path")[:1])
    restricted = PageViewRestriction.objects.alias(at=at, above=above).filter(
        at__startswith=F("above")
    )
    return live.exclude(Exists(restricted))


def for_reader(pages: PageQuerySet, language: str | None = None) -> PageQuerySet:
    """Each page once: in the reader's language where that is public, else in the site's own."""
    language = language or reader_language()
    own = Q(locale__language_code=OWN)
    if language == OWN:
        return pages.filter(own)
    translated = Page.objects.live().filter(
        translation_key=OuterRef("translation_key"), locale__language_code=language
    )
    return pages.filter(Q(locale__language_code=language) | (own & ~Exists(translated)))


def listed(model: type[Page]) -> PageQuerySet:
    """What lists and feeds show of `model`: publicly visible, each piece once."""
    return for_reader(publicly_visible(model))


def frame(model: type[Page]) -> PageQuerySet:
    """The live pages of the site's frame of this type, each once."""
    return for_reader(model.objects.live())
