"""What was changed in the cells of a draft, and taking it back."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from catalogue_standards.actions.cells import UndoAction, last_edits
from catalogue_standards.cell_values import COLUMNS, EDITED
from catalogue_standards.models import Edition, EditionItem
from catalogue_standards.models.fixing import why_fixed
from catalogue_standards.rules import Refused
from catalogue_standards.views.common import tell
from catalogue_standards.views.items import item_breadcrumbs
from catalogue_standards.views.table import rendered_cell


class ItemHistoryView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """What was changed in an item's cells in this edition, each to be taken back."""

    model = EditionItem
    any_permission_required = ("add", "change", "delete", "view")
    template_name = "catalogue/table/history.html"
    header_icon = "history"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = EditionItem.objects.select_related("edition")
        self.entry = get_object_or_404(rows, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Changes")

    def get_page_subtitle(self) -> str:
        return str(self.entry)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *item_breadcrumbs(self, self.entry)[:-1],
            {"url": reverse("catalogue_items:inspect", args=[self.entry.pk]), "label": self.entry},
            {
                "url": "",
                "label": self.get_page_title(),
                "sublabel": self.get_page_subtitle(),
            },
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        edits = Paginator(self.entry.cell_edits.all(), 30).get_page(self.request.GET.get("p"))
        for edit in edits:
            edit.label = COLUMNS[edit.cell].label
        return super().get_context_data(**kwargs) | {
            "entry": self.entry,
            "edits": edits,
            "may_edit": not why_fixed(self.entry.edition) and self.user_has_permission("change"),
        }


class UndoView(View):
    """Take back what the person did last in a draft, or one change from an item's history."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = get_object_or_404(Edition, pk=pk)
        user: Any = request.user
        edits = last_edits(edition, user)
        if chosen := request.POST.get("edit", ""):
            edits = list(edition.cell_edits.standing().filter(pk=chosen if chosen.isdigit() else 0))
        try:
            undone = UndoAction(edition, edits, user).execute()
        except Refused as refusal:
            if _wants_json(request):
                said = " ".join(refusal.sentences)
                return JsonResponse({"state": "refused", "said": said}, status=409)
            tell(request, refusal)
        else:
            said = _("Taken back: %(cells)s") % {"cells": _told(undone)}
            if _wants_json(request):
                return JsonResponse({"state": "saved", "said": said, "cells": _cells(undone)})
            messages.success(request, said)
        if chosen and edits:
            return redirect("catalogue_items:history", edits[0].entry_id)
        return redirect(f"{reverse('catalogue_items:table')}?edition={edition.pk}")


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _told(edits: list[Any]) -> str:
    first = [f"{edit.entry}·{COLUMNS[edit.cell].label}" for edit in edits[:3]]
    return "；".join(first) + ("…" if len(edits) > 3 else "")


def _cells(edits: list[Any]) -> dict[str, str]:
    rows = EditionItem.objects.with_details().in_bulk({edit.entry_id for edit in edits})
    return {
        f"cell-{edit.entry_id}-{edit.cell}": rendered_cell(rows[edit.entry_id], edit.cell)
        for edit in edits
        if edit.cell in EDITED
    }
