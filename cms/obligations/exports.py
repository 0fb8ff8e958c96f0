"""The board and the matrix as spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue_standards.files.plain_xlsx import Sheet, download, write_book
from cms.obligations.board import Moment
from workflows.audit import About, record
from workflows.audit_actions import AuditAction

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django.db.models import QuerySet

    from catalogue_standards.models import Obligation
    from cms.obligations.matrix import Matrix


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
            row.due_on or "",
            _("Provisional") if row.provisional else "",
            row.newest_on or "",
            row.pieces,
        ]
        for row in rows.iterator(500)
    )
    return _answer(_("Disclosure duties"), headings, told, (14, 34, 22, 34, 10, 12, 8, 12, 8), user)


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
    widths = (24, *(20 for _heading in headings[1:]))
    return _answer(_("Coverage by domain and organ"), headings, told, widths, user)


def _answer(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    widths: Sequence[int],
    user: AbstractBaseUser | AnonymousUser,
) -> HttpResponse:
    """The download, noted in the audit log."""
    content = write_book(title, [Sheet(title, headings, rows, widths)])
    record(AuditAction.EXPORTED, About("", "", title), actor=user)
    return download(f"{title}-{timezone.localdate():%Y-%m-%d}", content)
