"""What an edition changes, and what will follow from it: before it is approved, and after."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton

from catalogue_standards.actions.reorganise import RestoreItemAction
from catalogue_standards.changes_page import changes_page
from catalogue_standards.diff import diff_editions
from catalogue_standards.enums import EditionStatus
from catalogue_standards.files.changes_xlsx import export_changes
from catalogue_standards.files.impact_xlsx import export_impact
from catalogue_standards.files.plain_xlsx import download
from catalogue_standards.impact import impact_of
from catalogue_standards.models import Edition, EditionItem
from catalogue_standards.rules import Refused
from catalogue_standards.views.common import tell


class EditionPartView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page about one edition, below its overview."""

    model = Edition
    any_permission_required = ("add", "change", "delete", "view")
    header_icon = "doc-full"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.edition = get_object_or_404(Edition, pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.edition)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        overview = reverse("catalogue_editions:inspect", args=[self.edition.pk])
        return [
            *self.breadcrumbs_items,
            {"url": reverse("catalogue_editions:index"), "label": _("Editions")},
            {"url": overview, "label": str(self.edition)},
            {"url": "", "label": self.get_page_title()},
        ]

    def address(self, **changes: str) -> str:
        """This page's address with other parameters."""
        query = self.request.GET.copy()
        query.pop("page", None)
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"


class DiffView(EditionPartView):
    """What an edition changes, by domain, against the one it is based on or another."""

    template_name = "catalogue/diff.html"

    def get_page_title(self) -> str:
        return _("Changes")

    @property
    def header_buttons(self) -> list[Any]:
        if self.against() is None:
            return []
        return [
            HeaderButton(
                _("Download xlsx"),
                url=self.address(format="xlsx"),
                icon_name="download",
                priority=10,
            ),
            HeaderButton(
                _("Print"), url=self.address(all="1", print="1"), icon_name="doc-full", priority=20
            ),
        ]

    def against(self) -> Edition | None:
        chosen = self.request.GET.get("against", "")
        if chosen.isdigit():
            return get_object_or_404(Edition, pk=int(chosen))
        return self.edition.based_on or Edition.objects.exclude(pk=self.edition.pk).first()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        old = self.against()
        if old and request.GET.get("format") == "xlsx":
            content = export_changes(diff_editions(old, self.edition))
            return download(f"{self.edition}（{self.get_page_title()}）", content)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        old = self.against()
        diff = diff_editions(old, self.edition) if old else None
        return super().get_context_data(**kwargs) | {
            "edition": self.edition,
            "against": old,
            "others": Edition.objects.exclude(pk=self.edition.pk),
            "diff": diff,
            "shown": changes_page(diff, self.request.GET.dict()) if diff else None,
            "address": self.address(),
            "may_restore": self.edition.status == EditionStatus.DRAFT
            and self.user_has_permission("change"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Put a removed item back as the older edition has it."""
        old = self.against()
        entry = get_object_or_404(EditionItem, edition=old, item=request.POST.get("item"))
        user: Any = request.user
        try:
            restored = RestoreItemAction(entry, user, self.edition).execute()
        except Refused as refusal:
            tell(request, refusal)
        else:
            messages.success(request, _("“%(item)s” is back in the draft.") % {"item": restored})
        return redirect(request.get_full_path())


class ImpactView(EditionPartView):
    """What will follow when the edition takes force: in sections, or one section a page at a time."""

    template_name = "catalogue/impact.html"
    per_section = 8
    per_page = 50

    def get_page_title(self) -> str:
        return _("Impact")

    @property
    def header_buttons(self) -> list[Any]:
        return [
            HeaderButton(
                _("Download xlsx"),
                url=self.address(format="xlsx"),
                icon_name="download",
                priority=10,
            )
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("format") == "xlsx":
            content = export_impact(self.edition, impact_of(self.edition))
            return download(f"{self.edition}（{self.get_page_title()}）", content)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sections = impact_of(self.edition)
        asked = self.request.GET.get("section", "")
        chosen = next((section for section in sections if section.key == asked), None)
        numbers = self.request.GET.get("page")
        return super().get_context_data(**kwargs) | {
            "edition": self.edition,
            "before": Edition.objects.before(self.edition),
            "sections": sections,
            "chosen": chosen,
            "rows": Paginator(chosen.rows, self.per_page).get_page(numbers) if chosen else None,
            "per_section": f":{self.per_section}",
            "most": self.per_section,
            "address": self.address(),
        }
