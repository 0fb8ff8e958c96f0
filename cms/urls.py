"""Addresses: the desk, files, feeds and search, then the page tree."""

from django.urls import include, path
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.feeds import NewestFeed
from cms.file_access import serve_media
from cms.sitemaps import sitemap

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("search/", include("search.urls")),
    path("feed/", NewestFeed(), name="feed"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("language/", set_language, name="set_language"),
    path("media/<path:path>", serve_media, name="media"),
    path("", include(wagtail_urls)),
]
