"""An edition as the official table: to print and read for everyone, as a file for administrators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from catalogue_standards.enums import EditionStatus
from catalogue_standards.files.docx_writing import export_docx
from catalogue_standards.files.table import DomainTable, official_tables
from catalogue_standards.files.xlsx_writing import export_xlsx
from catalogue_standards.models import Edition

PUBLIC = (EditionStatus.IN_FORCE, EditionStatus.SUPERSEDED)
_OFFICE = "application/vnd.openxmlformats-officedocument"
WRITERS = {
    "xlsx": (export_xlsx, f"{_OFFICE}.spreadsheetml.sheet"),
    "docx": (export_docx, f"{_OFFICE}.wordprocessingml.document"),
}


@dataclass(frozen=True)
class Cell:
    """A cell of a printed table with the columns and rows that it spans."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class PrintedTable:
    name: str
    title: str
    widths: tuple[float, ...]  # percent
    upper: tuple[Cell, ...]
    lower: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def printed(table: DomainTable) -> PrintedTable:
    total = sum(column.width for column in table.columns)
    return PrintedTable(
        table.name,
        table.title,
        tuple(100 * column.width / total for column in table.columns),
        tuple(
            Cell(top, last - first + 1, 1 if table.columns[first].sub else 2)
            for top, first, last in table.heading_spans()
        ),
        tuple(Cell(column.sub) for column in table.columns if column.sub),
        tuple(tuple(row) for row in _rows(table)),
    )


def _rows(table: DomainTable) -> Iterator[Iterator[Cell]]:
    spans = {(b.first, b.column): b.last - b.first + 1 for b in table.blocks}
    covered = {(row, b.column) for b in table.blocks for row in range(b.first + 1, b.last + 1)}
    for number, row in enumerate(table.rows):
        yield (
            Cell(text, rows=spans.get((number, at), 1))
            for at, text in enumerate(row)
            if (number, at) not in covered
        )


class OfficialTableView(TemplateView):
    """Editions that are or were in force are public; others are for who may see them at the desk."""

    template_name = "catalogue/official.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.edition = get_object_or_404(
            Edition, year=kwargs["year"], amendment=kwargs["amendment"]
        )
        is_public = self.edition.status in PUBLIC
        if not is_public and not request.user.has_perm("catalogue_standards.change_edition"):
            raise Http404
        response = super().get(request, *args, **kwargs)
        if is_public:
            patch_cache_control(response, public=True, max_age=3600)
        else:
            patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tables = official_tables(self.edition, further=False)
        return super().get_context_data(**kwargs) | {
            "edition": self.edition,
            "tables": [printed(table) for table in tables],
            "is_public": self.edition.status in PUBLIC,
        }


class ExportView(PermissionCheckedMixin, View):
    """The official table as a file that imports again without a difference."""

    model = Edition
    any_permission_required = ("add", "change", "delete", "view")

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        edition = get_object_or_404(Edition, pk=pk)
        if kind not in WRITERS:
            raise Http404
        write, content_type = WRITERS[kind]
        response = HttpResponse(write(edition), content_type=content_type)
        name = quote(f"{edition.title}.{kind}")
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return response
