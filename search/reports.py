"""What administrators learn of readers' queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Max, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from search.models import AskedQuery

DAYS = 30
ROWS = 50
#: What was asked less often than this may tell of a single person and is not shown.
FEWEST_TIMES = 3


def asked_queries() -> QuerySet[Any, Any]:
    """Queries of the last `DAYS` days, the most frequent first: text, times, found (at best)."""
    since = timezone.localdate() - timedelta(days=DAYS)
    asked: QuerySet[Any, Any] = (
        AskedQuery.objects.filter(day__gt=since)
        .values("text")
        .annotate(asked=Sum("times"), best=Max("found"))
        .filter(asked__gte=FEWEST_TIMES)
        .order_by("-asked", "text")
    )
    return asked


class QueriesReport(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """Popular queries, and those that find nothing: words to add as synonyms, or pieces to publish."""

    permission_required = "search.view_askedquery"
    template_name = "search_admin/queries.html"
    page_title = _("What readers search for")
    header_icon = "search"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = asked_queries()
        return super().get_context_data(**kwargs) | {
            "popular": asked.filter(best__gt=0)[:ROWS],
            "failed": asked.filter(best=0)[:ROWS],
            "days": DAYS,
            "fewest": FEWEST_TIMES,
        }
