"""The one queryset of publicly visible pages: lists, feeds, sitemap, search and API read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageViewRestriction

if TYPE_CHECKING:
    from wagtail.models import Page
    from wagtail.query import PageQuerySet


def publicly_visible(model: type[Page]) -> PageQuerySet:
    """Live pages of `model` that anyone may read, newest first.

    As Wagtail's `public()`, which asks for the restrictions in a query of its own each time.
    """
    at = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restricted = PageViewRestriction.objects.alias(at=at).filter(at__startswith=F("page__path"))
    return model.objects.live().exclude(Exists(restricted)).order_by("-first_published_at", "-pk")
