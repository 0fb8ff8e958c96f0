"""Where comments on passages are written and answered; both happen on the review screen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from workflows.actions.comment import AnswerCommentAction, CommentAction
from workflows.drafts import latest_draft
from workflows.findings_views import AboutSubmission
from workflows.models import PassageComment
from workflows.passages import passages_of


class OnTheSheet(AboutSubmission):
    """Leads back to the passages of the page that the post names, to the place in `fragment`."""

    fragment = ""

    def back(self) -> HttpResponse:
        page = self.request.POST.get("page", "")
        shown = f"?read={page}" if page.isdecimal() else ""
        address = reverse("workflows_review", args=[self.submission.pk])
        return redirect(f"{address}{shown}{self.fragment}")


class CommentView(OnTheSheet):
    """The post names the passage by its number, and has one text for each passage."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = get_object_or_404(
            self.submission.pages.select_related("page"), page_id=_number(request, "page")
        )
        number = _number(request, "passage")
        passages = passages_of(latest_draft(row.page))
        self.fragment = f"#passage-{number}"
        start, end = _number(request, f"start-{number}"), _number(request, f"end-{number}")
        user: Any = request.user
        CommentAction(
            self.submission,
            user,
            row.page_id,  # type: ignore[arg-type]
            passages[number] if number is not None and number < len(passages) else None,
            request.POST.get(f"text-{number}", ""),
            (start, end) if start is not None and end is not None else None,
        ).execute()
        messages.success(request, _("The comment is pinned to its passage."))
        return self.back()


class AnswerCommentView(OnTheSheet):
    def post(self, request: HttpRequest, pk: int, comment: int) -> HttpResponse:
        row = get_object_or_404(
            PassageComment.objects.select_related("submission"),
            pk=comment,
            page__in=self.submission.pages.values("page"),
        )
        user: Any = request.user
        AnswerCommentAction(
            row, user, request.POST.get("state", ""), request.POST.get("text", "")
        ).execute()
        self.fragment = f"#comment-{row.pk}"
        messages.success(request, _("The reviewers see your answer."))
        return self.back()


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else None
