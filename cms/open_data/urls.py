"""Below /api/, beside the search's."""

from django.db.transaction import non_atomic_requests
from django.urls import path, re_path

from cms.open_data.views import EditionsView, EditionView, ListView, PieceView
from cms.page_cache.keeping import for_everyone

app_name = "open_data"
urlpatterns = [
    path(
        "editions.json", non_atomic_requests(for_everyone(EditionsView.as_view())), name="editions"
    ),
    path(
        "editions/<slug:reference>.zip",
        non_atomic_requests(for_everyone(EditionView.as_view())),
        name="edition",
    ),
    path(
        "pieces/<int:pk>.json",
        non_atomic_requests(for_everyone(PieceView.as_view())),
        name="piece",
    ),
    re_path(
        r"^(?P<name>[a-z]+)\.(?P<form>csv|json|atom|rss)$",
        non_atomic_requests(for_everyone(ListView.as_view())),
        name="list",
    ),
]
