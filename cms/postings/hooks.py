"""Where other channels meet Wagtail's admin: addresses, and what waits on a head's home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.ui.components import Component

from cms.models import Posting
from cms.postings.views import DecidePostingView, PostingsView
from workflows.enums import Role
from workflows.models import has_role, organ_of

SHOWN = 10


@hooks.register("register_admin_urls")
def posting_urls() -> list[URLPattern]:
    return [
        path("pieces/<int:pk>/channels/", PostingsView.as_view(), name="cms_postings"),
        path("channels/<int:pk>/", DecidePostingView.as_view(), name="cms_posting_decision"),
    ]


def waiting_for(user: Any) -> Any:
    """The postings that this head may confirm, oldest first."""
    own = organ_of(user)
    if own is None or not has_role(user, Role.DEPARTMENT_REVIEWER):
        return Posting.objects.none()
    rows = Posting.objects.waiting().filter(organ__path__startswith=own.path)
    return rows.exclude(user=user.pk).exclude(page=None).order_by("at")


class PostingsPanel(Component):
    name = "postings"
    template_name = "desk/home_postings.html"
    order = 101

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        user: Any = parent_context["request"].user if parent_context else None
        rows = waiting_for(user)
        return {"rows": rows.select_related("channel")[:SHOWN], "number": rows.count()}


# After the desk has cleared the home of Wagtail's own panels.
@hooks.register("construct_homepage_panels", order=15)
def postings_panel(request: HttpRequest, panels: list[Any]) -> None:
    if waiting_for(request.user).exists():
        panels.append(PostingsPanel())
