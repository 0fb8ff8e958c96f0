"""The figures behind each picture as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.figures.coverage import coverage
from cms.figures.limits import KEPT, LATE, MISSED, limits
from cms.figures.months import by_month
from cms.open_data.writing import as_text, csv_lines


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
    lines = csv_lines(headings, ([as_text(value) for value in row] for row in rows))
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    file = f"{name}-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
