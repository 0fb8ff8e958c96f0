"""The second look at the desk: how far it is, what it found, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.models import Page

from workflows import revisits
from workflows.actions.settle_public import SettlePublicAction
from workflows.confidentiality_forms import SettlePublicForm
from workflows.dictionary_views import READERS
from workflows.enums import Role
from workflows.evidence_views import ReadersOnly
from workflows.models import Revisit, has_role
from workflows.rules import Refused

PER_PAGE = 30
WALKS = 5


class RevisitsView(ReadersOnly, TemplateView):
    """Walks, the newest first, and the public pages in which something is open."""

    readers = READERS
    template_name = "desk/revisits.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_role(request.user, Role.CONFIDENTIALITY_REVIEWER):
            messages.error(request, _("A confidentiality reviewer begins a second look."))
            return redirect("workflows_revisits")
        reason = request.POST.get("reason", "").strip()
        if not reason:
            messages.error(request, _("Say why everything public is to be looked at again."))
            return redirect("workflows_revisits")
        revisits.start(reason, request.user)
        messages.success(request, _("The second look has begun; it goes on in the background."))
        return redirect("workflows_revisits")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = Paginator(revisits.pages_to_settle(), PER_PAGE)
        return super().get_context_data(**kwargs) | {
            "section": "revisits",
            "walks": Revisit.objects.all()[:WALKS],
            "running": Revisit.objects.running().exists(),
            "waiting": waiting.get_page(self.request.GET.get("page")),
            "may_begin": has_role(self.request.user, Role.CONFIDENTIALITY_REVIEWER),
        }


class RevisitedPageView(ReadersOnly, TemplateView):
    """One public page and what was found in it: it may stay, or the page is taken down."""

    readers = READERS
    template_name = "desk/revisited_page.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.page = get_object_or_404(Page, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SettlePublicForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        chosen = [int(key) for key in request.POST.getlist("finding") if key.isdecimal()]
        told = form.cleaned_data
        action = SettlePublicAction(
            self.page,
            chosen,
            request.user,  # type: ignore[arg-type]
            told["outcome"],
            ground=told["ground"],
            note=told["note"],
        )
        try:
            number = action.execute()
        except Refused as refusal:
            context = self.get_context_data(form=form, refusal=refusal.sentences)
            return self.render_to_response(context)
        messages.success(request, _("Settled: %(number)s") % {"number": number})
        if revisits.open_findings().filter(scan__page=self.page).exists():
            return redirect("workflows_revisited", self.page.pk)
        return redirect("workflows_revisits")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = revisits.open_findings().filter(scan__page=self.page)
        context = super().get_context_data(**kwargs)
        context.setdefault("form", SettlePublicForm())
        return context | {
            "section": "revisits",
            "page": self.page,
            "findings": Paginator(found, PER_PAGE).get_page(self.request.GET.get("page")),
            "may_settle": has_role(self.request.user, Role.CONFIDENTIALITY_REVIEWER),
        }
