"""The review desk: the queue, the review screen, and the page as the public will see it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from workflows.digest import submitted_digest
from workflows.drafts import authors_of, latest_draft
from workflows.enums import Decision, Outcome, Role, ScanStatus, Step, SubmissionStatus
from workflows.findings_forms import GROUNDS, AnswerForm, SendUpForm
from workflows.findings_shown import grouped, shade
from workflows.forms import OpinionForm, form_for
from workflows.marking import marked
from workflows.models import Submission, SubmittedPage, has_role
from workflows.publication_rules import usable_clearance
from workflows.queue import awaiting, current_state, current_step, returned_to, submitted_by
from workflows.reading import comments_in, reading_context
from workflows.review_rules import REVIEW_RULES, Reviewing, why_not_approve
from workflows.rules import Refused, failures
from workflows.settling import current_scans, findings_in, findings_of
from workflows.steps import steps_of, with_clocks

PER_PAGE = 20
GROUPS_PER_PAGE = 20


class QueueView(TemplateView):
    """What waits for this person, and what became of their own submissions."""

    template_name = "desk/queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        number = self.request.GET.get("page")
        waiting = Paginator(awaiting(user), PER_PAGE).get_page(number)
        return super().get_context_data(**kwargs) | {
            "waiting": waiting,
            "rows": with_clocks(waiting),
            "returned": returned_to(user).prefetch_related("sign_offs", "comments")[:PER_PAGE],
            "own": submitted_by(user)[:PER_PAGE],
        }


class ReviewView(TemplateView):
    """One submission: as the public will see it, the way so far, and the form beside it."""

    template_name = "desk/review.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.submission = get_object_or_404(Submission, pk=kwargs["pk"])
        self.step = current_step(self.submission)
        if not may_see(request.user, self.submission, self.step):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form(self) -> OpinionForm | None:
        if self.step is None:
            return None
        form = form_for(self.step)
        return form(self.request.POST) if self.request.method == "POST" else form()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("decision") == "take_back":
            return self.take_back()
        form, state = self.form(), current_state(self.submission)
        if form is None or state is None:
            messages.error(request, _("This submission is no longer under review."))
            return redirect("workflows_queue")
        approving = request.POST.get("decision") == Decision.APPROVED
        if approving and not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        following = awaiting(request.user).exclude(pk=self.submission.pk).first()
        try:
            state.task.specific.on_action(
                state,
                request.user,
                "approve" if approving else "reject",
                opinion=request.POST.get("opinion", "").strip()
                or ("" if approving else asked_of_the_drafter(self.submission)),
                answers=form.answers() if approving else None,
            )
        except Refused as refusal:
            return self.render_to_response(
                self.get_context_data(form=form, refusal=refusal.sentences)
            )
        messages.success(request, self.told(approving=approving))
        if following is not None:
            return redirect("workflows_review", following.pk)
        return redirect("workflows_queue")

    def told(self, *, approving: bool) -> str:
        title = {"title": self.submission.title}
        if not approving:
            return _("“%(title)s” goes back to its drafter with your reasons.") % title
        lead: Any = self.submission.lead
        if self.step == Step.SIGN_OFF and usable_clearance(lead) is not None:
            return _("“%(title)s” is signed and becomes public on its date.") % title
        if self.step == Step.SIGN_OFF:
            return _("“%(title)s” is signed and public.") % title
        return _("“%(title)s” goes on to the next step.") % title

    def take_back(self) -> HttpResponse:
        state = current_state(self.submission)
        if state is None or self.submission.submitted_by_id != self.request.user.pk:
            raise PermissionDenied
        state.workflow_state.cancel(user=self.request.user)
        messages.success(self.request, _("Taken back: you can change it now and submit it again."))
        return redirect("wagtailadmin_pages:edit", self.submission.lead_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        pages = list(self.submission.pages.select_related("page"))
        chosen, read = self.request.GET.get("show", ""), self.request.GET.get("read", "")
        shown = pages if chosen == "all" else [r for r in pages if str(r.page_id) == chosen][:1]
        act = Reviewing(self.submission, self.step, user) if self.step else None
        reasons = failures(REVIEW_RULES, act) if act else []
        waits = why_not_approve(act) if act else []
        queue = list(awaiting(user).values_list("pk", flat=True)[:200])
        place = queue.index(self.submission.pk) if self.submission.pk in queue else None
        context = super().get_context_data(**kwargs)
        context.setdefault("form", self.form())
        return context | {
            "submission": self.submission,
            "step": self.step,
            "steps": steps_of(self.submission, self.step),
            "pages": pages,
            "shown": shown or pages[:1],
            "chosen": chosen,
            **self.reading(pages, read),
            "reasons": reasons,
            "may_decide": self.step is not None and not reasons,
            "waits": waits,
            "may_approve": self.step is not None and not reasons and not waits,
            "may_comment": self.step is not None and not reasons,
            **self.findings_context(may_settle=self.step == Step.CONFIDENTIALITY and not reasons),
            "may_take_back": self.submission.status == SubmissionStatus.OPEN
            and self.submission.submitted_by_id == user.pk,
            "sign_offs": self.submission.sign_offs.select_related("confidentiality_form"),
            "place": None if place is None else place + 1,
            "queue_length": len(queue),
            "previous": queue[place - 1] if place else None,
            "next": queue[place + 1] if place is not None and place + 1 < len(queue) else None,
        }

    def reading(self, pages: list[SubmittedPage], read: str) -> dict[str, Any]:
        """`reading` is the context of the page that is read by passages, if one is."""
        row = next((row for row in pages if row.page and str(row.page_id) == read), None)
        against = self.request.GET.get("against", "")
        user = self.request.user
        numbers = comments_in(self.submission)
        return {
            "reading": row and reading_context(self.submission, row, against, user),
            "sheets": [(each, numbers.get(each.page_id, 0)) for each in pages if each.page],
        }

    def findings_context(self, *, may_settle: bool) -> dict[str, Any]:
        scans = current_scans(self.submission)
        findings = list(findings_in(scans))
        shade(findings, self.request.user)
        groups = grouped(findings)
        referrals = self.submission.referrals.select_related("answer")
        return {
            "scanned": bool(scans) and all(scan.status == ScanStatus.DONE for scan in scans),
            "scan_failed": any(scan.status == ScanStatus.FAILED for scan in scans),
            "groups": Paginator(groups, GROUPS_PER_PAGE).get_page(self.request.GET.get("page")),
            "found": len(findings),
            "left": sum(group.open for group in groups),
            "asked": sum(group.asked for group in groups),
            "has_masks": any(group.maskable for group in groups)
            and not has_role(self.request.user, Role.AUDITOR),
            "may_settle": may_settle,
            "may_mask": self.submission.status == SubmissionStatus.RETURNED
            and self.request.user.pk in authors_of(self.submission),
            "grounds": GROUNDS,
            "referrals": referrals,
            "send_up_form": SendUpForm()
            if may_settle and not any(not hasattr(r, "answer") for r in referrals)
            else None,
            "answer_form": AnswerForm() if may_settle else None,
        }


class DraftView(View):
    """A submitted page exactly as the public will see it, for the frame of the review screen."""

    def get(self, request: HttpRequest, pk: int, page_id: int) -> HttpResponse:
        submission = get_object_or_404(Submission, pk=pk)
        if not may_see(request.user, submission, current_step(submission)):
            raise PermissionDenied
        row = get_object_or_404(submission.pages.select_related("page"), page_id=page_id)
        draft: Any = latest_draft(row.page)
        response: Any = draft.make_preview_request(request, draft.default_preview_mode)
        if has_role(request.user, Role.AUDITOR) or not hasattr(response, "render"):
            return response
        scans = [scan for scan in current_scans(submission) if scan.page_id == row.page_id]
        response.render()
        # What can be pointed at only helps where the draft is still what was looked at.
        if scans and scans[0].digest == submitted_digest(draft):
            response.content = marked(response.content.decode(), draft, findings_in(scans))
        return response


def asked_of_the_drafter(submission: Submission) -> str:
    """The reason for a return that speaks for itself: what is to be masked, removed or changed."""
    asked = findings_of(submission).asked()[:10]
    lines = [f"{f.get_kind_display()}（{f.where}）：{Outcome(f.outcome).label}" for f in asked]
    lines += [f"{c.where}：{c.text}" for c in submission.comments.all()[:10]]
    return "；".join(lines)


def may_see(user: Any, submission: Submission, step: Step | None) -> bool:
    """Reviewers of this submission, those who wrote it, and auditors."""
    if has_role(user, Role.AUDITOR) or submission.sign_offs.filter(user=user.pk).exists():
        return True
    if user.pk in authors_of(submission):
        return True
    return step is not None and awaiting(user).filter(pk=submission.pk).exists()
