"""What the catalogue shows to everyone."""

from django.db.transaction import non_atomic_requests
from django.urls import path

from catalogue_standards.views.official import OfficialTableView

urlpatterns = [
    path(
        "<int:year>/<int:amendment>/",
        non_atomic_requests(OfficialTableView.as_view()),
        name="official_table",
    ),
]
