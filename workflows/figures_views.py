"""The county's figures of the confidentiality reviews, on screen and as xlsx."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from openpyxl import Workbook

from workflows.audit import About, record
from workflows.audit_actions import AuditAction
from workflows.confidentiality_forms import PeriodForm
from workflows.dictionary_views import READERS
from workflows.evidence_views import ReadersOnly
from workflows.figures import Figures, Row, figures

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FiguresView(ReadersOnly, TemplateView):
    readers = READERS
    template_name = "desk/figures.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PeriodForm(request.GET)
        period = form.cleaned_data if form.is_valid() else {}
        counted = figures(period.get("since"), period.get("until"))
        if request.GET.get("export") == "xlsx":
            told = {"filter": request.GET.dict(), "rows": len(counted.by_organ)}
            record(AuditAction.EXPORTED, About("", "", _("Figures")), details=told)
            return _download(counted)
        context = self.get_context_data(section="figures", form=form, figures=counted)
        return self.render_to_response(context)


def _download(counted: Figures) -> HttpResponse:
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # A new workbook always has one.
    _fill(sheet, _("By kind"), counted.by_kind, counted.headings)
    _fill(book.create_sheet(), _("By organ"), counted.by_organ, counted.headings)
    buffer = BytesIO()
    book.save(buffer)
    name = f"figures-{timezone.localdate():%Y-%m-%d}.xlsx"
    return HttpResponse(
        buffer.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _fill(sheet: Any, title: str, rows: list[Row], headings: list[str]) -> None:
    sheet.title = title
    sheet.append([title, *headings])
    for row in rows:
        sheet.append([row.name, *row.cells])
