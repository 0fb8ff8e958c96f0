"""Where the search meets Wagtail's admin: synonyms, and what readers ask for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from search.models import SynonymGroup
from search.reports import QueriesReport


class SynonymViewSet(ModelViewSet):
    model = SynonymGroup
    name = "search_synonyms"
    url_prefix = "search/synonyms"
    icon = "link"
    menu_label = _("Synonyms")
    menu_order = 610
    add_to_admin_menu = True
    form_fields = ["words", "note"]
    list_display = ["__str__", "note"]
    search_fields = ["words"]


@hooks.register("register_admin_viewset")
def synonyms() -> Any:
    return SynonymViewSet()


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [path("search/queries/", QueriesReport.as_view(), name="search_queries")]


class QueriesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(QueriesReport.permission_required)


@hooks.register("register_admin_menu_item")
def queries_item() -> MenuItem:
    return QueriesMenuItem(
        _("Readers' queries"), reverse("search_queries"), icon_name="search", order=620
    )
