"""The newest pieces as RSS."""

from __future__ import annotations

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models import PIECE_TYPES, SiteIdentity
from cms.visibility import listed


class NewestFeed(Feed):
    """The 30 newest pieces of every kind."""

    link = "/"

    def get_object(self, request: HttpRequest) -> SiteIdentity:
        return SiteIdentity.for_request(request)

    def title(self, identity: SiteIdentity) -> str:
        return f"{identity.name} · {identity.tagline}"

    def description(self, identity: SiteIdentity) -> str:
        return _("What was disclosed most recently.")

    def items(self, identity: SiteIdentity) -> list[Page]:
        newest = listed(Page).type(PIECE_TYPES)[:30]
        return list(newest.specific())

    def item_title(self, page: Page) -> str:
        return page.title

    def item_description(self, page: Page) -> str:
        return getattr(page, "summary", "")

    def item_link(self, page: Page) -> str:
        return page.url or "/"

    def item_pubdate(self, page: Page) -> datetime | None:
        return page.first_published_at
