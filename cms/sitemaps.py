"""The sitemap: every page that is publicly visible, and no other; an index where there are many."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.db.models import Max, Q
from django.db.models.functions import Length, Substr
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
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

    def lastmod(self, page: Page) -> datetime | None:
        """Of a list the moment at which the newest piece below it was published or changed."""
        return page.last_published_at or self._newest_below.get(page.path)

    def get_domain(self, site: object = None) -> str:
        return self.site.root_url.partition("//")[2] if self.site else "localhost"

    @cached_property
    def _newest_below(self) -> dict[str, datetime]:
        pages = publicly_visible(Page).exclude(last_published_at=None).order_by()
        deepest = pages.aggregate(length=Max(Length("path")))["length"] or 0
        found: dict[str, datetime] = {}
        for length in range(2 * Page.steplen, deepest, Page.steplen):
            rows = pages.annotate(above=Substr("path", 1, length)).values_list("above")
            found |= dict(rows.annotate(newest=Max("last_published_at")))
        return found


def sitemap(request: HttpRequest) -> HttpResponse:
    """The sitemap, or above `PublicPages.limit` pages an index of its parts, which `?p=` names."""
    pages = PublicPages(Site.find_for_request(request))
    parts = pages.paginator.num_pages
    if parts == 1 or "p" in request.GET:
        return sitemap_view(request, {"pages": pages})
    here = request.build_absolute_uri(request.path)
    newest = pages.items().aggregate(newest=Max("last_published_at"))["newest"]
    return TemplateResponse(
        request,
        "sitemap_index.xml",
        {"sitemaps": [SitemapIndexItem(f"{here}?p={n}", newest) for n in range(1, parts + 1)]},
        content_type="application/xml",
    )
