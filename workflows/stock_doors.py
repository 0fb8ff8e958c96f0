"""Wagtail's own doors that take down, remove or move a piece lead to the screens that ask why.

What these doors would do is refused below them as well (the model, signals, triggers); here people
learn where to go instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail import hooks
from wagtail.models import Page
from wagtail.users.models import UserProfile

from workflows.change_rules import is_no_evidence, leaves_with_its_reason, moves_with_its_reason
from workflows.models import GatedPageMixin
from workflows.piece_views import may_see
from workflows.rules import StandingRefused

#: What a door does -> the rule that refuses it, and the screen that does it.
DOORS = {
    "unpublish": (leaves_with_its_reason, "workflows_take_down"),
    "delete": (is_no_evidence, "workflows_piece"),
    "move": (moves_with_its_reason, "workflows_move"),
    "move_confirm": (moves_with_its_reason, "workflows_move"),
}


class StockDoors:
    """Middleware: looks at Wagtail's page views before they run, for whoever may open the desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not match.view_name.startswith(
            ("wagtailadmin_pages:", "wagtailadmin_api:")
        ):
            return None
        by_api = match.view_name == "wagtailadmin_api:pages:action"
        door = str(kwargs.get("action_name", "")) if by_api else match.view_name.partition(":")[2]
        if door not in DOORS or not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        key = kwargs.get("page_id") or kwargs.get("page_to_move_id") or kwargs.get("pk")
        page = Page.objects.filter(pk=key).first()
        if page is None:
            return None
        # Wagtail's own views come later, and would choose the person's language only then.
        with override(UserProfile.get_for_user(request.user).get_preferred_language()):
            return self._lead_on(request, page.specific, door, by_api)

    def _lead_on(
        self, request: HttpRequest, page: Page, door: str, by_api: bool
    ) -> HttpResponse | None:
        rule, screen = DOORS[door]
        sentence = rule(page) if isinstance(page, GatedPageMixin) else None
        if sentence is None:
            return None
        if by_api:
            refusal = StandingRefused([sentence], page, request.user)
            return JsonResponse({"detail": str(refusal)}, status=403)
        if not may_see(request.user, page):
            messages.error(request, sentence)
            return redirect("wagtailadmin_home")
        if door == "delete":
            messages.error(request, sentence)
        return redirect(screen, page.pk)


@hooks.register("before_bulk_action")
def one_by_one(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """A reason belongs to one piece: none is taken down, removed or moved in bulk."""
    if action_type not in DOORS:
        return None
    rule, _screen = DOORS[action_type]
    for page in objects:
        specific = page.specific if isinstance(page, Page) else page
        if isinstance(specific, GatedPageMixin) and (sentence := rule(specific)):
            refusal = StandingRefused([sentence], specific, request.user)
            told = _("One by one, each with its reason: %(why)s")
            messages.error(request, told % {"why": refusal})
            return redirect("workflows_pieces")
    return None
