"""Where the standard catalogue meets Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from catalogue_standards.choosers import BASIS_CHOOSER, ORGAN_CHOOSER
from catalogue_standards.home_panels import (
    CataloguePanel,
    TownshipPanel,
    shows_catalogue,
    shows_township,
)
from catalogue_standards.permissions import register_policies
from catalogue_standards.views.townships import APPROVE, PROPOSE
from catalogue_standards.viewsets import CatalogueGroup, TownshipViewSet

register_policies()


@hooks.register("register_admin_viewset")
def catalogue_viewsets() -> list[Any]:
    return [CatalogueGroup(), TownshipViewSet(), BASIS_CHOOSER, ORGAN_CHOOSER]


class TownshipMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(name) for name in (APPROVE, PROPOSE))


@hooks.register("register_admin_menu_item")
def township_menu_item() -> MenuItem:
    return TownshipMenuItem(
        _("Township catalogues"),
        reverse("catalogue_townships:index"),
        icon_name="home",
        order=112,
    )


# After the desk has cleared the home of Wagtail's own panels.
@hooks.register("construct_homepage_panels", order=10)
def catalogue_panel(request: HttpRequest, panels: list[Any]) -> None:
    if shows_catalogue(request):
        panels.append(CataloguePanel())
    elif shows_township(request):
        panels.append(TownshipPanel())


@hooks.register("insert_global_admin_css")
def catalogue_css() -> str:
    sheets = ("catalogue/admin.css", "catalogue/editing.css")
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(s),) for s in sheets))
