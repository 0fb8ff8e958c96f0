"""The one queryset of publicly visible pages: lists, feeds, sitemap, search and API read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import Page
    from wagtail.query import PageQuerySet


def publicly_visible(model: type[Page]) -> PageQuerySet:
    """Live pages of `model` that anyone may read, newest first."""
    return model.objects.live().public().order_by("-first_published_at", "-pk")
