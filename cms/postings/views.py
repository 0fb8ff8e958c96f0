"""One piece's other channels at the desk, and the head's word on them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from catalogue_standards.models import Channel, EditionItem
from cms.models import Posting
from cms.postings.actions import DecidePostingAction, RecordPostingAction
from cms.postings.forms import PostingForm
from cms.postings.rules import (
    MAY_DECIDE_RULES,
    MAY_RECORD_RULES,
    Deciding,
    Recording,
)
from cms.postings.shown import missing_on
from workflows.piece_views import OfOnePiece, may_see
from workflows.rules import Refused, failures


class PostingsView(OfOnePiece, FormView):
    """What was recorded, what is missing, and the form for more."""

    template_name = "desk/postings.html"
    form_class = PostingForm

    def missing(self) -> list[Channel]:
        item = self.page.catalogue_item()
        entry = EditionItem.objects.in_force().filter(item=item).first() if item else None
        return missing_on([self.page.pk], entry.pk if entry else None)[self.page.pk]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"missing": self.missing()}

    def form_valid(self, form: PostingForm) -> HttpResponse:
        user: Any = self.request.user
        try:
            RecordPostingAction(self.page, user, form.cleaned_data).execute()
        except Refused as refusal:
            return self.render_to_response(
                self.get_context_data(form=form, refusal=refusal.sentences)
            )
        messages.success(self.request, _("Recorded. The head of the department confirms it."))
        return redirect("cms_postings", self.page.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        postings = Posting.objects.filter(page_id=self.page.pk)
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "missing": self.missing(),
            "rows": [
                (row, not failures(MAY_DECIDE_RULES, Deciding(row, user, confirmed=True)))
                for row in postings.select_related("channel", "photo", "decision", "organ")[:50]
            ],
            "reasons": failures(MAY_RECORD_RULES, Recording(self.page, user)),
        }


class DecidePostingView(View):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        posting = get_object_or_404(Posting.objects.select_related("page"), pk=pk)
        page: Any = posting.page.specific if posting.page else None
        if page is None or not may_see(request.user, page):
            raise PermissionDenied
        user: Any = request.user
        confirmed = request.POST.get("decision") == "confirmed"
        try:
            DecidePostingAction(
                posting, user, confirmed=confirmed, reason=request.POST.get("reason", "")
            ).execute()
        except Refused as refusal:
            for sentence in refusal.sentences:
                messages.error(request, sentence)
        else:
            told = _("Confirmed: the public reads it.") if confirmed else _("Declined.")
            messages.success(request, told)
        return redirect("cms_postings", page.pk)
