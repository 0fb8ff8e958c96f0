"""The figures behind each picture as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.figures.coverage import coverage
from cms.figures.limits import KEPT, LATE, MISSED, limits
from cms.figures.months import by_month

#: A spreadsheet would take a cell that begins so for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def coverage_csv() -> HttpResponse:
    """A line for each organ and domain."""
    drawn = coverage("")
    headings = [_("Organ"), _("Domain"), _("Items"), _("Items with anything public"), _("Overdue")]
    rows = (
        (row.name, column.name, cell.share.whole, cell.share.part, cell.share.late)
        for row, cells in drawn.table()
        for column, cell in zip(drawn.columns, cells, strict=True)
        if cell is not None
    )
    return _answer("coverage", headings, rows)


def months_csv() -> HttpResponse:
    """A line for each month since the first publication."""
    rows = ((f"{year}-{month:02}", number) for (year, month), number in by_month().items())
    return _answer("months", [_("Month"), _("Pieces")], rows)


def limits_csv() -> HttpResponse:
    """A line for each domain, then for each organ."""
    return _answer("limits", [_("By"), _("Name"), str(KEPT), str(LATE), str(MISSED)], _limit_rows())


def _limit_rows() -> Iterator[Sequence[object]]:
    found = limits("")
    for by, rows in ((_("Domain"), found.domains), (_("Organ"), found.organs)):
        for row in rows:
            yield by, row.name, row.kept.kept, row.kept.late, row.kept.missed


FILES: dict[str, Callable[[], HttpResponse]] = {
    "coverage": coverage_csv,
    "months": months_csv,
    "limits": limits_csv,
}


def _answer(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    text = io.StringIO()
    text.write("\ufeff")  # the mark by which Excel knows UTF-8
    writer = csv.writer(text)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    file = f"{name}-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _cell(value: object) -> object:
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
