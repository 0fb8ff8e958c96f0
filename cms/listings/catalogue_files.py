"""The catalogue's table as a file: exactly the items that are filtered, and no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from catalogue_standards.files.docx_writing import export_docx
from catalogue_standards.files.table import flat_table
from catalogue_standards.files.xlsx_writing import export_xlsx
from catalogue_standards.models import Edition, EditionItem
from cms.listings.catalogue_order import ordered
from cms.listings.catalogue_query import CatalogueQuery
from cms.obligations.public import states_of
from cms.open_data.writing import csv_lines

if TYPE_CHECKING:
    from django.db.models import QuerySet

_OFFICE = "application/vnd.openxmlformats-officedocument"


def catalogue_file(request: HttpRequest, edition: Edition | None = None) -> HttpResponse | None:
    """The file that `format` asks for (csv, xlsx, docx); None where the page itself is asked for.

    Of the edition in force unless another is given.
    """
    kind = request.GET.get("format", "")
    if kind not in _WRITERS:
        return None
    edition = edition or Edition.objects.in_force()
    if edition is None:
        return None
    write, content_type = _WRITERS[kind]
    query = CatalogueQuery.from_address(request.GET)
    content = write(edition, query)
    name = f"{edition.title}（{_('filtered')}）" if query.chosen else edition.title
    headers = {"Content-Disposition": content_disposition_header(True, f"{name}.{kind}") or ""}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _xlsx(edition: Edition, query: CatalogueQuery) -> bytes:
    return export_xlsx(edition, further=False, rows=query.rows(edition))


def _docx(edition: Edition, query: CatalogueQuery) -> bytes:
    return export_docx(edition, further=False, rows=query.rows(edition))


def _csv(edition: Edition, query: CatalogueQuery) -> bytes:
    """In the order shown, each item with how it stands, in UTF-8 with the mark that Excel knows."""
    rows = query.rows(edition)
    items = in_order(rows, ordered(rows, query.order, query.backwards))
    states = states_of([item.item_id for item in items])
    headings, cells = flat_table(items)
    lines = []
    for item, row in zip(items, cells, strict=True):
        state = states.get(item.item_id)
        stands = [state.mark.label, state.newest_on, state.next_on] if state else ["", "", ""]
        lines.append([str(value or "") for value in (*row, *stands)])
    head = [*headings, _("State"), _("Newest disclosure"), _("Next due by")]
    return "".join(csv_lines(head, lines)).encode()


def in_order(rows: QuerySet[EditionItem], keys: list[int]) -> list[EditionItem]:
    """The rows with these keys, with their details, in the order of the keys."""
    found: dict[int, EditionItem] = {row.pk: row for row in rows.with_details()}  # type: ignore[attr-defined]
    return [found[key] for key in keys if key in found]


_WRITERS: dict[str, tuple[Callable[[Edition, CatalogueQuery], bytes], str]] = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "xlsx": (_xlsx, f"{_OFFICE}.spreadsheetml.sheet"),
    "docx": (_docx, f"{_OFFICE}.wordprocessingml.document"),
}
FORMATS = tuple(_WRITERS)
