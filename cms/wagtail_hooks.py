"""Where page types meet Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms import desk_help  # noqa: F401 registers its texts
from cms.models import Attachment
from cms.obligations import hooks as duty_hooks  # noqa: F401 registers its hooks
from cms.postings import hooks as posting_hooks  # noqa: F401 registers its hooks
from cms.translation_views import NotHereView, TranslateView, translate_button
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


@hooks.register("insert_editor_js")
def paste_script() -> str:
    return format_html('<script src="{}" defer></script>', static("js/paste.js"))


@hooks.register("before_serve_document")
def never_serve_uploads(document: Attachment, request: HttpRequest) -> None:
    """Wagtail's own view hands out uploads; cms.file_access.serve_document stands in front of it."""
    raise Http404


#: The ways of wagtail-localize to write pages; each is found before its own view.
NOT_HERE = (
    "localize/submit/<path:rest>",
    "localize/update/<path:rest>",
    "localize/translate/<path:rest>",
    "localize/page/<path:rest>",
)


@hooks.register("register_admin_urls", order=-10)
def translation_urls() -> list[URLPattern]:
    return [
        path("desk/translate/<int:page_id>/", TranslateView.as_view(), name="cms_translate"),
        path("localize/submit/page/<int:page_id>/", TranslateView.as_view()),
        *(path(address, NotHereView.as_view()) for address in NOT_HERE),
    ]


hooks.register("register_page_header_buttons", translate_button)
hooks.register("register_page_listing_more_buttons", translate_button)


@hooks.register("construct_page_action_menu")
def without_synced_translation(
    menu_items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    menu_items[:] = [item for item in menu_items if not item.name.startswith("localize-")]
