"""Addresses: the desk, files, feeds and search, then the page tree.

Reading opens no transaction: on SQLite one would take the write lock (see ATOMIC_REQUESTS).
"""

from django.conf.urls.i18n import i18n_patterns
from django.db.transaction import non_atomic_requests
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.comparison import compare_policies
from cms.component_page import components
from cms.feeds import NewestFeed
from cms.file_access import serve_document, serve_media
from cms.gone import serve_or_explain
from cms.health import HealthView
from cms.open_data.views import OpenDataView
from cms.page_cache.keeping import for_everyone
from cms.sitemaps import sitemap

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", non_atomic_requests(serve_document)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/", include("search.api_urls")),
    path("api/", include("cms.open_data.urls")),
    path("tables/", include("catalogue_standards.urls")),
    path("sitemap.xml", non_atomic_requests(for_everyone(sitemap)), name="sitemap"),
    path("components/", non_atomic_requests(components), name="components"),
    path("healthz", non_atomic_requests(HealthView.as_view()), name="health"),
    path("media/<path:path>", non_atomic_requests(serve_media), name="media"),
    # The site's own language has no prefix; in any other what readers see stands below its code.
    *i18n_patterns(
        path("search/", include("search.urls")),
        path("data/", non_atomic_requests(for_everyone(OpenDataView.as_view())), name="open_data"),
        path("feed/", non_atomic_requests(for_everyone(NewestFeed())), name="feed"),
        path(
            "compare/<int:old>/<int:new>/",
            non_atomic_requests(for_everyone(compare_policies)),
            name="compare",
        ),
        re_path(
            wagtail_urls.serve_pattern,
            non_atomic_requests(for_everyone(serve_or_explain)),
            name="wagtail_serve",
        ),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler500 = "cms.maintenance.error_page"
