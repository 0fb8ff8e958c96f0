"""Where evidence meets Wagtail's admin: addresses, menu entries, and alarms on the home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from workflows.enums import Role
from workflows.evidence_views import (
    LOG_READERS,
    REGISTER_READERS,
    AuditLogView,
    PublicationView,
    RegisterView,
)
from workflows.models import Alarm, has_role

ALARMED = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)
SHOWN = 10


@hooks.register("register_admin_urls")
def evidence_urls() -> list[URLPattern]:
    return [
        path("register/", RegisterView.as_view(), name="workflows_register"),
        path(
            "register/results/",
            RegisterView.as_view(results_only=True),
            name="workflows_register_results",
        ),
        path("register/<int:pk>/", PublicationView.as_view(), name="workflows_publication"),
        path("audit-log/", AuditLogView.as_view(), name="workflows_audit_log"),
        path(
            "audit-log/results/",
            AuditLogView.as_view(results_only=True),
            name="workflows_audit_log_results",
        ),
    ]


class RegisterMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return any(has_role(request.user, role) for role in REGISTER_READERS)


class AuditLogMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return any(has_role(request.user, role) for role in LOG_READERS)


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return RegisterMenuItem(
        _("Publication register"), reverse("workflows_register"), icon_name="list-ul", order=800
    )


@hooks.register("register_admin_menu_item")
def audit_log_menu_item() -> MenuItem:
    return AuditLogMenuItem(
        _("Audit log"), reverse("workflows_audit_log"), icon_name="history", order=810
    )


class AlarmsPanel(Component):
    """What the nightly checks found, for those who must look into it."""

    name = "alarms"
    template_name = "evidence/alarms_panel.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        found = Alarm.objects.filter(ended_at=None)
        return {"alarms": found[:SHOWN], "number": found.count()}


# After the desk's own hook, which empties the home first.
@hooks.register("construct_homepage_panels", order=100)
def alarms_panel(request: HttpRequest, panels: list[Any]) -> None:
    alarmed = any(has_role(request.user, role) for role in ALARMED)
    if alarmed and Alarm.objects.filter(ended_at=None).exists():
        panels.append(AlarmsPanel())
