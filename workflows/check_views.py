"""The drafter's own check, before submission and after a return: what is found, and its mask."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.models import Page

from workflows.actions.mask import AcceptMaskAction
from workflows.digest import submitted_digest
from workflows.drafts import latest_draft
from workflows.enums import Role, ScanOccasion, ScanStatus
from workflows.findings_shown import grouped, is_asked
from workflows.findings_views import files_of, pairs_of
from workflows.models import GatedPageMixin, has_role
from workflows.rules import Refused
from workflows.scanning import MASK_RULES, Kind, is_maskable
from workflows.scanning.masking import NAME_BESIDE, mask_value
from workflows.scans import request_scan, run_scan
from workflows.settling import findings_in, latest_scans

GROUPS_PER_PAGE = 20


def check_draft(page: GatedPageMixin) -> None:
    """Look through the drafts of `page` and of what travels with it, now.

    Call it outside of a transaction: reading files takes its time.
    """
    for draft in (page, *page.companions()):
        run_scan(request_scan(draft, ScanOccasion.DRAFT).pk)


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class CheckView(TemplateView):
    """检查涉密与个人信息, for those who may edit the piece."""

    template_name = "desk/check.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not isinstance(page, GatedPageMixin):
            raise PermissionDenied
        user: Any = request.user
        if not page.permissions_for_user(user).can_edit():
            raise PermissionDenied
        lead = page.lead()
        self.page: GatedPageMixin = latest_draft(page if lead is None else lead)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # What was looked at already is kept, with what a reviewer asked for.
        if not self.page.under_review and not self.is_known():
            check_draft(self.page)
        return super().get(request, *args, **kwargs)

    def is_known(self) -> bool:
        """Whether the latest scans are of the drafts as they are now."""
        known = {scan.page_id: scan.digest for scan in latest_scans(self.page)}
        drafts = (self.page, *self.page.companions())
        return all(known.get(draft.pk) == submitted_digest(draft) for draft in drafts)

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        if "mask" in request.POST:
            self.mask(request)
        if not self.page.under_review:
            check_draft(latest_draft(Page.objects.get(pk=self.page.pk)))
        return redirect("workflows_check", page_id)

    def mask(self, request: HttpRequest) -> None:
        keys = [int(key) for key in request.POST.getlist("finding") if key.isdecimal()]
        user: Any = request.user
        action = AcceptMaskAction(self.page, keys, user)
        try:
            action.prepare()
            number = action.execute()
        except Refused as refusal:
            for sentence in refusal.sentences:
                messages.error(request, sentence)
            return
        messages.success(
            request,
            ngettext("%(n)s place masked.", "%(n)s places masked.", number) % {"n": number},
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scans = latest_scans(self.page)
        findings = list(findings_in(scans).select_related("scan__page"))
        maskable = [f for f in findings if is_maskable(Kind(f.kind)) and not f.cleaned_away]
        chosen = [f for f in maskable if is_asked(f)] or maskable
        fresh = self.is_known() and all(scan.status == ScanStatus.DONE for scan in scans)
        groups = Paginator(grouped(findings), GROUPS_PER_PAGE)
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "scans": scans,
            "fresh": fresh,
            "failed": [scan for scan in scans if scan.status == ScanStatus.FAILED],
            "groups": groups.get_page(self.request.GET.get("page")),
            "number": len(findings),
            "chosen": {finding.pk for finding in chosen},
            "maskable": {finding.pk for finding in maskable},
            "asked": sum(1 for finding in findings if is_asked(finding)),
            "pairs": pairs_of(chosen) if fresh else [],
            "files": files_of(chosen) if fresh else [],
        }


class MaskRulesView(TemplateView):
    """How much of each kind stays readable: the rules by which everything is masked."""

    template_name = "desk/mask_rules.html"
    readers = (
        Role.SYSTEM_ADMIN,
        Role.SECURITY_ADMIN,
        Role.AUDITOR,
        Role.CATALOGUE_ADMIN,
        Role.CONFIDENTIALITY_REVIEWER,
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not any(has_role(request.user, role) for role in self.readers):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from workflows.enums import FindingKind

        rows = [
            (str(FindingKind(kind.value).label), EXAMPLES[kind], mask_value(EXAMPLES[kind], kind))
            for kind in MASK_RULES
        ]
        rows.append((_("Name beside any of these"), "欧阳明月", _name("欧阳明月")))
        return super().get_context_data(**kwargs) | {"rows": rows}


def _name(name: str) -> str:
    return mask_value(name, Kind.ID_CARD, f"id_card.{NAME_BESIDE}")


#: Made up; the numbers have no valid check digits.
EXAMPLES = {
    Kind.ID_CARD: "110101199001011234",
    Kind.MOBILE: "13800000000",
    Kind.BANK_CARD: "6222 0000 0000 0000 000",
    Kind.PASSPORT: "E00000000",
    Kind.PLATE: "京A·00000",
    Kind.EMAIL: "zhangsan@example.com",
    Kind.ADDRESS: "青禾县青山镇幸福路8号院3号楼2单元501室",
    Kind.MINOR: "张小明",
    Kind.ILLNESS: "张三",
    Kind.DICTIONARY: "某项目代号",
}
