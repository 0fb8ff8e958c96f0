"""Where the review desk meets Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from workflows import (
    confidentiality_hooks,  # noqa: F401 registers its addresses
    piece_hooks,  # noqa: F401 registers its hooks
)
from workflows.check_views import CheckView, MaskRulesView
from workflows.comment_views import AnswerCommentView, CommentView
from workflows.coverage import gaps
from workflows.coverage_rules import COVERAGE_RULES, coverage_of
from workflows.enums import Role
from workflows.evidence_hooks import ALARMED
from workflows.findings_views import (
    AnswerView,
    FindingFileView,
    MaskPreviewView,
    ScanNowView,
    SendUpView,
    SettleView,
)
from workflows.home_panels import CoveragePanel, DraftsPanel, WaitingPanel
from workflows.models import GatedPageMixin, has_role
from workflows.rules import failures
from workflows.staff import officers
from workflows.views import DraftView, QueueView, ReviewView
from workflows.watch_panels import AuditorPanel, RescuePanel, SecurityPanel, SystemPanel

DESK_ROLES = (
    Role.DRAFTER,
    Role.DEPARTMENT_REVIEWER,
    Role.CONFIDENTIALITY_REVIEWER,
    Role.SIGNATORY,
)
WATCHERS: dict[Role, type[Component]] = {
    Role.EMERGENCY_PUBLISHER: RescuePanel,
    Role.SYSTEM_ADMIN: SystemPanel,
    Role.SECURITY_ADMIN: SecurityPanel,
    Role.AUDITOR: AuditorPanel,
}


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    return [
        path("desk/", QueueView.as_view(), name="workflows_queue"),
        path("desk/<int:pk>/", ReviewView.as_view(), name="workflows_review"),
        path("desk/<int:pk>/<int:page_id>/", DraftView.as_view(), name="workflows_draft"),
        path("desk/<int:pk>/settle/", SettleView.as_view(), name="workflows_settle"),
        path("desk/<int:pk>/check/", ScanNowView.as_view(), name="workflows_scan_now"),
        path("desk/<int:pk>/send-up/", SendUpView.as_view(), name="workflows_send_up"),
        path("desk/<int:pk>/answer/<int:referral>/", AnswerView.as_view(), name="workflows_answer"),
        path("desk/<int:pk>/comment/", CommentView.as_view(), name="workflows_comment"),
        path(
            "desk/<int:pk>/comment/<int:comment>/",
            AnswerCommentView.as_view(),
            name="workflows_answer_comment",
        ),
        path("desk/<int:pk>/masked/", MaskPreviewView.as_view(), name="workflows_masked"),
        path(
            "desk/finding/<int:pk>/<str:version>/",
            FindingFileView.as_view(),
            name="workflows_finding_file",
        ),
        path("desk/checking/<int:page_id>/", CheckView.as_view(), name="workflows_check"),
        path("desk/mask-rules/", MaskRulesView.as_view(), name="workflows_mask_rules"),
    ]


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return any(has_role(request.user, role) for role in DESK_ROLES)


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    return DeskMenuItem(
        _("My tasks"), reverse("workflows_queue"), icon_name="clipboard-list", order=50
    )


@hooks.register("construct_homepage_panels")
def desk_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels.clear()
    if any(has_role(request.user, role) for role in DESK_ROLES[1:]):
        panels.append(WaitingPanel())
    if has_role(request.user, Role.DRAFTER):
        panels.append(DraftsPanel())
    panels.extend(panel() for role, panel in WATCHERS.items() if has_role(request.user, role))
    administers = any(has_role(request.user, role) for role in ALARMED)
    if (administers or request.user.is_superuser) and (found := gaps()):
        panels.append(CoveragePanel(found))


@hooks.register("before_edit_page")
def say_that_nothing_can_be_reviewed(request: HttpRequest, page: Page) -> None:
    """Without a workflow Wagtail shows no button to submit, and would leave the drafter guessing."""
    if request.method == "GET" and isinstance(page, GatedPageMixin):
        for sentence in failures(COVERAGE_RULES, coverage_of(page, officers())):
            messages.warning(request, sentence)


@hooks.register("insert_global_admin_css")
def desk_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk.css"))


@hooks.register("insert_global_admin_js")
def desk_script() -> str:
    return format_html('<script src="{}" defer></script>', static("js/desk.js"))


@hooks.register("construct_main_menu")
def only_what_is_needed(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Clerks see their work; Wagtail's reports and its English guide are for administrators."""
    if request.user.is_superuser or has_role(request.user, Role.SYSTEM_ADMIN):
        return
    menu_items[:] = [item for item in menu_items if item.name not in ("help", "reports")]


class MaskRulesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return any(has_role(request.user, role) for role in MaskRulesView.readers)


@hooks.register("register_admin_menu_item")
def mask_rules_menu_item() -> MenuItem:
    return MaskRulesMenuItem(
        _("Mask rules"), reverse("workflows_mask_rules"), icon_name="view", order=820
    )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def check_after_saving(request: HttpRequest, page: Any) -> HttpResponse | None:
    """The button beside the form saves the draft; the check follows on a page of its own."""
    if "check-content" in request.POST and isinstance(page, GatedPageMixin):
        return redirect("workflows_check", page.pk)
    return None
