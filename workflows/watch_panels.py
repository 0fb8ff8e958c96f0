"""The homes of those who watch over everything, and of who publishes in an emergency."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.admin.ui.components import Component

from workflows.audit_actions import AuditAction
from workflows.models import Alarm, AuditEntry, RegisterEntry
from workflows.pieces import drafts_for_emergency
from workflows.watching import checks, worker

SHOWN = 6
LATELY = timedelta(days=1)
#: What changes who may do what.
COMINGS = (AuditAction.LOGGED_IN, AuditAction.LOGGED_OUT)
RIGHTS = (AuditAction.GROUPS_CHANGED, AuditAction.PERMISSIONS_CHANGED)


class AuditorPanel(Component):
    """Checks, the newest of the register, and the newest of the log."""

    name = "audit"
    template_name = "desk/home_audit.html"
    order = 30

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        return {
            "checks": checks(),
            "alarmed": Alarm.objects.filter(ended_at=None).exists(),
            "register": RegisterEntry.objects.all()[:SHOWN],
            "log": AuditEntry.objects.exclude(action__in=COMINGS).order_by("-pk")[:SHOWN],
        }


class SystemPanel(Component):
    """The worker, and accounts that cannot work yet."""

    name = "system"
    template_name = "desk/home_system.html"
    order = 30

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        people = get_user_model().objects.filter(is_active=True).order_by("username")
        without = people.filter(membership=None, is_superuser=False)
        return {
            "worker": worker(),
            "checks": checks(),
            "without": without[:SHOWN],
            "number": without.count(),
        }


class SecurityPanel(Component):
    """Failed log-ins of the past day, and the newest changes of rights."""

    name = "security"
    template_name = "desk/home_security.html"
    order = 30

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        entries = AuditEntry.objects.order_by("-pk")
        failed = entries.filter(action=AuditAction.LOGIN_FAILED, at__gte=timezone.now() - LATELY)
        return {
            "failed": failed[:SHOWN],
            "number": failed.count(),
            "rights": entries.filter(action__in=RIGHTS)[:SHOWN],
        }


class RescuePanel(Component):
    """Drafts that could be published at once, if there were an emergency."""

    name = "rescue"
    template_name = "desk/home_rescue.html"
    order = 30

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        user: Any = parent_context["request"].user if parent_context else None
        return {"drafts": drafts_for_emergency(user)[:SHOWN]}
