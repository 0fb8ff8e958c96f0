"""Publishing in an emergency, and the review that follows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from catalogue_standards.calendar import site_calendar
from workflows.actions.after_review import AfterReviewAction
from workflows.actions.emergency import EmergencyPublishAction
from workflows.change_forms import AfterReviewForm, EmergencyForm
from workflows.drafts import latest_draft
from workflows.emergencies import review_due, waiting
from workflows.emergency_rules import (
    AFTER_REVIEW_RULES,
    MAY_PUBLISH_RULES,
    Emergency,
    Looking,
)
from workflows.enums import AfterDecision, ChangeReason, Role
from workflows.models import EmergencyPublication, has_role
from workflows.piece_views import PER_PAGE, OfOnePiece
from workflows.pieces import drafts_for_emergency
from workflows.rules import Refused, failures
from workflows.settling import findings_of


class EmergenciesView(TemplateView):
    """What waits for its review after the fact, for everyone; drafts, for who may publish them."""

    template_name = "desk/emergencies.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, words = self.request.user, self.request.GET.get("q", "").strip()
        may_publish = has_role(user, Role.EMERGENCY_PUBLISHER)
        drafts = drafts_for_emergency(user, words) if may_publish else None
        return super().get_context_data(**kwargs) | {
            "waiting": waiting(PER_PAGE),
            "today": timezone.localdate(),
            "may_publish": may_publish,
            "words": words,
            "drafts": Paginator(drafts, PER_PAGE).get_page(self.request.GET.get("page"))
            if drafts is not None
            else None,
        }


class EmergencyPublishView(OfOnePiece, FormView):
    template_name = "desk/emergency_publish.html"
    form_class = EmergencyForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not has_role(request.user, Role.EMERGENCY_PUBLISHER):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: EmergencyForm) -> HttpResponse:
        user: Any = self.request.user
        try:
            EmergencyPublishAction(
                latest_draft(self.page), user, form.cleaned_data["reason"]
            ).execute()
        except Refused as refusal:
            return self.render_to_response(
                self.get_context_data(form=form, refusal=refusal.sentences)
            )
        messages.success(
            self.request,
            _("“%(title)s” is public. A second person must review it now.")
            % {"title": self.page.title},
        )
        return redirect("workflows_emergencies")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = latest_draft(self.page)
        return super().get_context_data(**kwargs) | {
            "page": draft,
            "reasons": failures(MAY_PUBLISH_RULES, Emergency(draft, self.request.user)),
        }


class PieceDraftView(OfOnePiece, View):
    """The draft as the public will see it, for the frame beside the form."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft: Any = latest_draft(self.page)
        return draft.make_preview_request(request, draft.default_preview_mode)


class AfterReviewView(FormView):
    """The second person reads what is public and confirms it, or takes it down with a reason."""

    template_name = "desk/after_review.html"
    form_class = AfterReviewForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.publication = get_object_or_404(
            EmergencyPublication.objects.select_related("submission__lead", "review"),
            pk=kwargs["pk"],
        )
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if request.POST.get("decision") == AfterDecision.CONFIRMED:
            return super().post(request, *args, **kwargs)
        # Taking down answers none of the questions: a reason is enough, and it is quick.
        kind = request.POST.get("kind", "")
        return self.decide(
            form,
            AfterDecision.TAKEN_DOWN,
            opinion=request.POST.get("opinion", "").strip(),
            kind=ChangeReason(kind) if kind in ChangeReason.values else None,
        )

    def form_valid(self, form: AfterReviewForm) -> HttpResponse:
        return self.decide(
            form,
            AfterDecision.CONFIRMED,
            opinion=form.cleaned_data["opinion"],
            answers=form.answers(),
        )

    def decide(self, form: Any, decision: AfterDecision, **told: Any) -> HttpResponse:
        user: Any = self.request.user
        opinion = told.pop("opinion")
        try:
            AfterReviewAction(self.publication, user, decision, opinion, **told).execute()
        except Refused as refusal:
            return self.render_to_response(
                self.get_context_data(form=form, refusal=refusal.sentences)
            )
        messages.success(self.request, _("Reviewed: %(what)s.") % {"what": decision.label})
        return redirect("workflows_emergencies")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "publication": self.publication,
            "findings": findings_of(self.publication.submission).open()[:PER_PAGE],
            "due": review_due(self.publication, site_calendar()),
            "page": self.publication.submission.lead,
            "pages": self.publication.submission.pages.select_related("page"),
            "reasons": failures(AFTER_REVIEW_RULES, Looking(self.publication, self.request.user)),
        }
