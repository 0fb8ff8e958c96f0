"""Where the life of public pieces meets Wagtail's admin: addresses, menu, home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from workflows import stock_doors  # noqa: F401 registers its hook
from workflows.change_rules import MAY_TAKE_DOWN
from workflows.emergencies import waiting
from workflows.emergency_views import (
    AfterReviewView,
    EmergenciesView,
    EmergencyPublishView,
    PieceDraftView,
)
from workflows.enums import Role
from workflows.models import EmergencyPublication, has_role
from workflows.piece_views import EndView, MoveView, PiecesView, PieceView, TakeDownView


@hooks.register("register_admin_urls")
def piece_urls() -> list[URLPattern]:
    return [
        path("pieces/", PiecesView.as_view(), name="workflows_pieces"),
        path("pieces/<int:pk>/", PieceView.as_view(), name="workflows_piece"),
        path("pieces/<int:pk>/take-down/", TakeDownView.as_view(), name="workflows_take_down"),
        path("pieces/<int:pk>/end/", EndView.as_view(), name="workflows_end"),
        path("pieces/<int:pk>/move/", MoveView.as_view(), name="workflows_move"),
        path("pieces/<int:pk>/draft/", PieceDraftView.as_view(), name="workflows_piece_draft"),
        path(
            "pieces/<int:pk>/emergency/",
            EmergencyPublishView.as_view(),
            name="workflows_emergency_publish",
        ),
        path("emergencies/", EmergenciesView.as_view(), name="workflows_emergencies"),
        path("emergencies/<int:pk>/", AfterReviewView.as_view(), name="workflows_after_review"),
    ]


#: How many the home shows; the page has the others.
SHOWN = 10


class PiecesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return any(has_role(request.user, role) for role in MAY_TAKE_DOWN)


class EmergencyMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return has_role(request.user, Role.EMERGENCY_PUBLISHER)


@hooks.register("register_admin_menu_item")
def pieces_menu_item() -> MenuItem:
    return PiecesMenuItem(
        _("Public pieces"), reverse("workflows_pieces"), icon_name="globe", order=70
    )


@hooks.register("register_admin_menu_item")
def emergency_menu_item() -> MenuItem:
    return EmergencyMenuItem(
        _("Emergency publication"), reverse("workflows_emergencies"), icon_name="warning", order=55
    )


class EmergencyPanel(Component):
    """Open on everyone's home until a second person has reviewed."""

    name = "emergencies"
    template_name = "desk/home_emergencies.html"
    order = 20

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        return {
            "waiting": waiting(SHOWN),
            "number": EmergencyPublication.objects.open().count(),
            "today": timezone.localdate(),
        }


# After the desk's own hook, which empties the home first.
@hooks.register("construct_homepage_panels", order=100)
def emergency_panel(request: HttpRequest, panels: list[Any]) -> None:
    if EmergencyPublication.objects.open().exists():
        panels.insert(0, EmergencyPanel())
