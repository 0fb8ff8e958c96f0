"""The sitemap: every page that is publicly visible, and no other."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from cms.visibility import publicly_visible


class PublicPages(Sitemap):
    limit = 5000

    def __init__(self, site: Site | None) -> None:
        self.site = site

    def items(self) -> PageQuerySet:
        pages = publicly_visible(Page)
        if self.site is None:
            return pages.none()
        below = Q(pk__in=[])
        for home in self.site.root_page.get_translations(inclusive=True):
            below |= Q(path__startswith=home.path)
        return pages.filter(below)

    def location(self, page: Page) -> str:
        return page.get_url(current_site=self.site) or "/"

    def lastmod(self, page: Page) -> object:
        return page.last_published_at

    def get_domain(self, site: object = None) -> str:
        return self.site.root_url.partition("//")[2] if self.site else "localhost"


def sitemap(request: HttpRequest) -> HttpResponse:
    site = Site.find_for_request(request)
    return sitemap_view(request, {"pages": PublicPages(site)})
