"""The yearly reassessment at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from workflows.actions.reassess import (
    BEGINNING,
    BeginReassessmentAction,
    DecideReassessmentAction,
)
from workflows.confidentiality_forms import BeginReassessmentForm, ReassessForm
from workflows.dictionary_views import READERS
from workflows.enums import Role
from workflows.evidence_views import ReadersOnly
from workflows.models import Reassessment, has_role, organ_of
from workflows.reassessment_rules import DECIDING
from workflows.rules import Refused

PER_PAGE = 30
WHO = (*READERS, Role.DEPARTMENT_REVIEWER)


class ReassessmentsView(ReadersOnly, TemplateView):
    """Every year's campaign with how far it is."""

    readers = WHO
    template_name = "desk/reassessments.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = BeginReassessmentForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        user: Any = request.user
        try:
            campaign = BeginReassessmentAction(
                form.cleaned_data["year"], form.cleaned_data["due_on"], user
            ).execute()
        except Refused as refusal:
            context = self.get_context_data(form=form, refusal=refusal.sentences)
            return self.render_to_response(context)
        return redirect("workflows_reassessment", campaign.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context.setdefault("form", BeginReassessmentForm.proposed())
        campaigns = Reassessment.objects.annotate(
            total=Count("entries"),
            decided=Count("entries", filter=Q(entries__decided_at__isnull=False)),
            opened=Count("entries", filter=Q(entries__decision__in=["open", "in_part"])),
        ).order_by("-year")
        return context | {
            "section": "reassessments",
            "campaigns": Paginator(campaigns, PER_PAGE).get_page(self.request.GET.get("page")),
            "may_begin": any(has_role(self.request.user, role) for role in BEGINNING),
        }


class ReassessmentView(ReadersOnly, TemplateView):
    """One year's pages, undecided first; a head sees those of their own organ."""

    readers = WHO
    template_name = "desk/reassessment.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.campaign = get_object_or_404(Reassessment, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        entry = get_object_or_404(self.entries(), pk=request.POST.get("entry") or 0)
        form = ReassessForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form, chosen=entry))
        told, user = form.cleaned_data, request.user
        action = DecideReassessmentAction(
            entry,
            user,  # type: ignore[arg-type]
            told["decision"],
            told["ground"],
            told["reason"],
        )
        try:
            action.execute()
        except Refused as refusal:
            context = self.get_context_data(form=form, chosen=entry, refusal=refusal.sentences)
            return self.render_to_response(context)
        messages.success(request, _("Decided: “%(title)s”") % {"title": entry.title})
        return redirect("workflows_reassessment", self.campaign.pk)

    def entries(self) -> Any:
        entries = self.campaign.entries.select_related("organ", "page")
        user = self.request.user
        if any(has_role(user, role) for role in READERS):
            return entries
        own = organ_of(user)
        return entries.filter(organ__path__startswith=own.path) if own else entries.none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        entries = self.entries().order_by("decided_at", "organ__path", "pk")
        undecided = entries.filter(decided_at=None)
        asked = self.request.GET.get("entry", "")
        if "chosen" not in context:
            wanted = undecided.filter(pk=asked) if asked.isdecimal() else undecided
            context["chosen"] = wanted.first()
            context["form"] = ReassessForm()
        return context | {
            "section": "reassessments",
            "campaign": self.campaign,
            "entries": Paginator(entries, PER_PAGE).get_page(self.request.GET.get("page")),
            "total": entries.count(),
            "left": undecided.count(),
            "may_decide": any(has_role(self.request.user, role) for role in DECIDING),
            "number": self.request.GET.get("page", ""),
        }
