"""The cells of a table in a text, written in one go: a template's loop costs more than all the rest of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import normalize_newlines

register = template.Library()

Place = tuple[int, int]


@register.simple_tag
def table_rows(table: Mapping[str, Any]) -> dict[str, Any]:
    """`table` is the value of Wagtail's TableBlock. Keys: head (cells of the first row where it is a
    header, else ""), body (a list of rows), each the HTML of its cells."""
    cells = _Cells(table)
    rows: Sequence[Sequence[Any]] = table.get("data") or ()
    heads = 1 if rows and table.get("first_row_is_table_header") else 0
    names = bool(table.get("first_col_is_header"))
    return {
        "head": cells.row(0, rows[0], "col") if heads else "",
        "body": [
            cells.row(number, row, "row" if names else "")
            for number, row in enumerate(rows[heads:], heads)
        ],
    }


class _Cells:
    def __init__(self, table: Mapping[str, Any]) -> None:
        told = table.get("cell") or ()
        self.hidden = {_place(each) for each in told if each.get("hidden")}
        self.attributes: dict[Place, str] = {}
        for each in told:
            if each.get("className"):
                self._add(each, format_html(' class="{}"', each["className"]))
        for each in table.get("mergeCells") or ():
            spans = format_html(' rowspan="{}" colspan="{}"', each["rowspan"], each["colspan"])
            self._add(each, spans)

    def _add(self, told: Mapping[str, Any], attributes: str) -> None:
        self.attributes[_place(told)] = self.attributes.get(_place(told), "") + attributes

    def row(self, number: int, row: Sequence[Any], headers: str) -> SafeString:
        """`headers` is "col" where all cells head a column, "row" where the first one heads the row."""
        html = []
        for column, content in enumerate(row):
            if (number, column) in self.hidden:
                continue
            heads = headers == "col" or (headers == "row" and column == 0)
            start, end = (f'<th scope="{headers}"', "</th>") if heads else ("<td", "</td>")
            attributes = self.attributes.get((number, column), "")
            html.append(f"{start}{attributes}>{_lines(content)}{end}")
        return mark_safe("".join(html))


def _lines(content: Any) -> str:
    text = "" if content is None else str(content)
    return str(escape(normalize_newlines(text))).replace("\n", "<br>")


def _place(told: Mapping[str, Any]) -> Place:
    return told["row"], told["col"]
