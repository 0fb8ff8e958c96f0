"""The board and the matrix as spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from cms.obligations.board import Moment
from workflows.audit import About, record
from workflows.audit_actions import AuditAction

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django.db.models import QuerySet

    from catalogue_standards.models import Obligation
    from cms.obligations.matrix import Matrix

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def board_sheet(
    rows: QuerySet[Obligation], moment: Moment, user: AbstractBaseUser | AnonymousUser
) -> HttpResponse:
    """Every obligation that was asked for, not only the page on screen."""
    headings = [
        _("Domain"), _("Item"), _("Organ"), _("Time limit"), _("State"), _("Due on"),
        _("Provisional"), _("Newest piece"), _("Pieces"),
    ]  # fmt: skip
    told = (
        [
            row.entry.edition_domain.name,
            row.entry.full_name,
            row.organ.name,
            row.entry.time_limit_text,
            moment.standing(row).label,
            row.due_on,
            _("Provisional") if row.provisional else "",
            row.newest_on,
            row.pieces,
        ]
        for row in rows.iterator(500)
    )
    return _sheet(_("Disclosure duties"), headings, told, user)


def matrix_sheet(matrix: Matrix, user: AbstractBaseUser | AnonymousUser) -> HttpResponse:
    """A row for each organ; a cell tells its figures in words."""
    headings = [_("Organ"), _("All"), *(domain.name for domain in matrix.domains)]
    told = (
        [
            row.organ.name,
            row.total.in_words,
            *(cell.in_words if cell.total else "" for cell in row.cells),
        ]
        for row in matrix.rows
    )
    return _sheet(_("Coverage by domain and organ"), headings, told, user)


def _sheet(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    user: AbstractBaseUser | AnonymousUser,
) -> HttpResponse:
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title[:31])
    sheet.freeze_panes = "B2"
    for column, width in zip("ABCDEFGHI", (22, 40, 28, 40, 12, 12, 10, 12, 10), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
    number = 0
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        number += 1
    record(AuditAction.EXPORTED, About("", "", title), actor=user, details={"rows": number})
    response = HttpResponse(content_type=XLSX)
    name = quote(f"{title}-{timezone.localdate():%Y-%m-%d}.xlsx")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    book.save(response)
    return response


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value if isinstance(value, date | int | None) else str(value))
    if isinstance(cell.value, str):
        # A name that begins with "=" is a name, never a formula.
        cell.data_type = "s"
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if bold:
        cell.font = Font(bold=True)
    return cell
