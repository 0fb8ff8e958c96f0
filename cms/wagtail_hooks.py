"""Where page types meet Wagtail's admin."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.file_access import serve_file
from cms.models import Attachment
from cms.views import StartPolicyView
from workflows.enums import Role
from workflows.models import has_role


@hooks.register("register_admin_urls")
def drafting_urls() -> list[URLPattern]:
    return [path("desk/policy/", StartPolicyView.as_view(), name="cms_start_policy")]


class DrafterMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return has_role(request.user, Role.DRAFTER)


@hooks.register("register_admin_menu_item")
def start_policy_item() -> MenuItem:
    return DrafterMenuItem(
        _("Policy from files"), reverse("cms_start_policy"), icon_name="doc-full", order=60
    )


@hooks.register("before_serve_document")
def serve_what_is_public(document: Attachment, request: HttpRequest) -> FileResponse:
    """A file of a draft, or of a piece that was taken down, is not there for the public."""
    return serve_file(request, document)
