"""The one queryset of publicly visible pages: lists, feeds, sitemap, search and API read it."""

from __future__ import annotations

from typing import TypeVar

from wagtail.models import Page

PageType = TypeVar("PageType", bound=Page)


def publicly_visible(model: type[PageType]) -> object:
    """Live pages of `model` that anyone may read, newest first."""
    return model.objects.live().public().order_by("-first_published_at", "-pk")
