"""Spreadsheets of evidence, as Chinese offices open them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.views.reports.base import ReportView
from wagtail.admin.widgets.button import Button

from workflows.audit import About, record
from workflows.audit_actions import AuditAction


def local_time(value: datetime | None) -> str:
    """YYYY-MM-DD HH:MM in the site's time zone, the form laid down for government sites."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


class EvidenceExport(ReportView):
    """A report that is downloaded as xlsx only; every download is itself kept in the audit log."""

    # A csv would reach Excel as garbled Chinese, and a title beginning with "=" as a formula.
    FORMATS = (ReportView.FORMAT_XLSX,)
    custom_value_preprocess: ClassVar[dict[Any, Any]] = {
        **ReportView.custom_value_preprocess,
        datetime: {ReportView.FORMAT_XLSX: local_time},
    }

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponseBase:
        record(
            AuditAction.EXPORTED,
            About("", "", str(self.page_title)),
            actor=self.request.user,
            details={"filter": self.request.GET.dict(), "rows": queryset.count()},
        )
        return super().as_spreadsheet(queryset, spreadsheet_format)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        return [button for button in buttons if button.url != self.csv_export_url]

    def get_filename(self) -> str:
        return f"{self.page_title}-{timezone.localdate():%Y-%m-%d}"
