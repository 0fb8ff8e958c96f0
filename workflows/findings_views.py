"""What a reviewer does about findings: check now, settle, send up, look at files and masks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from workflows.actions.mask import masked_file
from workflows.actions.refer import RecordAnswerAction, SendUpAction
from workflows.actions.settle import SettleFindingsAction
from workflows.copies import file_type, public_copy
from workflows.drafts import latest_draft
from workflows.enums import Outcome, Role, ScanStatus
from workflows.findings_forms import AnswerForm, SendUpForm
from workflows.mask_preview import pairs
from workflows.models import Finding, Referral, Submission, has_role
from workflows.queue import current_step
from workflows.rules import Refused
from workflows.scanning import Kind, Unreadable, is_maskable
from workflows.scans import run_scan
from workflows.settling import current_scans, findings_of
from workflows.views import may_see


class AboutSubmission(View):
    """Lets in who may see the submission; a refusal is shown on the review screen."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.submission = get_object_or_404(Submission, pk=kwargs["pk"])
        if not may_see(request.user, self.submission, current_step(self.submission)):
            raise PermissionDenied
        try:
            with transaction.atomic():
                return super().dispatch(request, *args, **kwargs)
        except Refused as refusal:
            for sentence in refusal.sentences:
                messages.error(request, sentence)
            return self.back()

    def back(self) -> HttpResponse:
        return redirect(f"{reverse('workflows_review', args=[self.submission.pk])}#findings")


class SettleView(AboutSubmission):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        keys = [int(key) for key in request.POST.getlist("finding") if key.isdecimal()]
        outcome = Outcome.REOPENED if "again" in request.POST else request.POST.get("outcome", "")
        user: Any = request.user
        number = SettleFindingsAction(
            self.submission,
            keys,
            user,
            outcome,
            ground=request.POST.get("ground", ""),
            note=request.POST.get("note", ""),
        ).execute()
        messages.success(
            request,
            ngettext("%(n)s finding settled.", "%(n)s findings settled.", number) % {"n": number},
        )
        return self.back()


class SendUpView(AboutSubmission):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = SendUpForm(request.POST)
        form.is_valid()
        told, user = form.cleaned_data, request.user
        SendUpAction(
            self.submission,
            user,  # type: ignore[arg-type]
            told.get("sent_to", ""),
            told.get("question", ""),
        ).execute()
        messages.success(request, _("Sent up: the review waits for the answer."))
        return self.back()


class AnswerView(AboutSubmission):
    def post(self, request: HttpRequest, pk: int, referral: int) -> HttpResponse:
        row = get_object_or_404(Referral, pk=referral, submission=self.submission)
        form = AnswerForm(request.POST)
        form.is_valid()
        told, user = form.cleaned_data, request.user
        RecordAnswerAction(
            row,
            user,  # type: ignore[arg-type]
            told.get("conclusion", ""),
            told.get("text", ""),
            told.get("reference", ""),
        ).execute()
        messages.success(request, _("The answer is on record."))
        return self.back()


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class ScanNowView(View):
    """The reviewer need not wait for a worker. No transaction is held open meanwhile."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        submission = get_object_or_404(Submission, pk=pk)
        if not may_see(request.user, submission, current_step(submission)):
            raise PermissionDenied
        for scan in current_scans(submission):
            if scan.status != ScanStatus.DONE:
                run_scan(scan.pk)
        return redirect(f"{reverse('workflows_review', args=[pk])}#findings")


class MaskPreviewView(TemplateView):
    """Both versions side by side, for those who review: nothing can be changed here."""

    template_name = "desk/mask_preview.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.submission = get_object_or_404(Submission, pk=kwargs["pk"])
        seen = may_see(request.user, self.submission, current_step(self.submission))
        if not seen or has_role(request.user, Role.AUDITOR):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        findings = [
            f
            for f in findings_of(self.submission).select_related("scan__page")
            if is_maskable(Kind(f.kind)) and f.outcome not in (Outcome.NOT_A_FINDING,)
        ]
        return super().get_context_data(**kwargs) | {
            "submission": self.submission,
            "pairs": pairs_of(findings),
            "files": files_of(findings),
        }


def pairs_of(findings: list[Any]) -> list[Any]:
    """What masking these findings changes in the texts of their pages."""
    pages = {f.scan.page_id: f.scan.page for f in findings if f.scan.page is not None}
    return [
        pair
        for key, page in pages.items()
        for pair in pairs(latest_draft(page), [f for f in findings if f.scan.page_id == key])
    ]


def files_of(findings: list[Any]) -> list[tuple[Any, list[Any]]]:
    """The files with findings: (the first finding, all of them)."""
    by_file: dict[tuple[int, str, int], list[Any]] = {}
    for finding in findings:
        if finding.file_id is not None and not finding.cleaned_away:
            by_file.setdefault((finding.scan_id, finding.file_type, finding.file_id), []).append(
                finding
            )
    return [(rows[0], rows) for rows in by_file.values()]


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class FindingFileView(View):
    """The file of a finding: the upload, the public copy, or a masked version made for looking."""

    def get(self, request: HttpRequest, pk: int, version: str) -> FileResponse | HttpResponse:
        finding = get_object_or_404(Finding.objects.select_related("scan__submission"), pk=pk)
        if not may_read(request.user, finding) or finding.file_id is None:
            raise PermissionDenied
        models = (get_document_model(), get_image_model())
        model = next(m for m in models if m._meta.label_lower == finding.file_type)
        used: Any = get_object_or_404(model, pk=finding.file_id)
        name = finding.file_name
        if version == "upload":
            return FileResponse(used.file.open("rb"), as_attachment=True, filename=name)
        if version == "public":
            copy = public_copy(used)
            if copy is None:
                raise Http404
            return FileResponse(copy.file.open("rb"), as_attachment=True, filename=name)
        same = Finding.objects.filter(
            scan=finding.scan_id, file_type=file_type(used), file_id=used.pk
        )
        try:
            content = masked_file(used, [f for f in same if is_maskable(Kind(f.kind))])
        except Unreadable:
            messages.error(request, _("This file cannot be masked here: change it by hand."))
            return redirect(request.META.get("HTTP_REFERER") or reverse("workflows_queue"))
        response = HttpResponse(content, content_type="application/octet-stream")
        response.headers["Content-Disposition"] = FileResponse(
            as_attachment=True, filename=name
        ).headers["Content-Disposition"]
        return response


def may_read(user: Any, finding: Finding) -> bool:
    """Those who review or write the piece; auditors watch, and do not read files of drafts."""
    if has_role(user, Role.AUDITOR):
        return False
    submission, page = finding.scan.submission, finding.scan.page
    if submission is not None:
        return may_see(user, submission, current_step(submission))
    return page is not None and page.specific.permissions_for_user(user).can_edit()
