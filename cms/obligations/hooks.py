"""Where duties meet Wagtail's admin: addresses, a menu entry, and the desk's home."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.obligations.access import ANSWERABLE, may_read
from cms.obligations.home_panels import DutiesPanel
from cms.obligations.views import BoardView, MatrixView, ObligationView
from workflows.models import has_role


@hooks.register("register_admin_urls")
def duty_urls() -> list[URLPattern]:
    return [
        path("duties/", BoardView.as_view(), name="cms_duties"),
        path("duties/county/", MatrixView.as_view(), name="cms_duty_matrix"),
        path("duties/<int:pk>/", ObligationView.as_view(), name="cms_duty"),
    ]


class DutiesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


@hooks.register("register_admin_menu_item")
def duties_item() -> MenuItem:
    return DutiesMenuItem(
        _("Disclosure duties"), reverse("cms_duties"), icon_name="calendar-check", order=70
    )


# After the desk has cleared the home of Wagtail's own panels.
@hooks.register("construct_homepage_panels", order=20)
def duties_panel(request: HttpRequest, panels: list[Any]) -> None:
    if any(has_role(request.user, role) for role in ANSWERABLE):
        panels.append(DutiesPanel())
