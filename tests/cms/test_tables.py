"""How a table in a text becomes HTML."""

from __future__ import annotations

from typing import Any

import pytest

from cms.blocks import BodyBlock

ROWS = [["乡镇", "亩"], ["临江", "3200\n（其中水田1800）"], ["<b>河口</b>", None]]
HEADED = {"table_header_choice": "row", "first_row_is_table_header": True}
CASES: list[tuple[dict[str, Any], str]] = [
    (
        {"data": ROWS} | HEADED,
        '<table><thead><tr><th scope="col">乡镇</th><th scope="col">亩</th></tr></thead><tbody>'
        "<tr><td>临江</td><td>3200<br>（其中水田1800）</td></tr>"
        "<tr><td>&lt;b&gt;河口&lt;/b&gt;</td><td></td></tr></tbody></table>",
    ),
    (
        {"data": ROWS[:2], "first_col_is_header": True, "table_caption": "面积"},
        "<table><caption>面积</caption><tbody>"
        '<tr><th scope="row">乡镇</th><td>亩</td></tr>'
        '<tr><th scope="row">临江</th><td>3200<br>（其中水田1800）</td></tr></tbody></table>',
    ),
    (
        {
            "data": [["甲", "乙"], ["一", "二"], ["", "三"]],
            "cell": [
                {"row": 1, "col": 0, "className": "htRight"},
                {"row": 2, "col": 0, "hidden": True},
            ],
            "mergeCells": [{"row": 1, "col": 0, "rowspan": 2, "colspan": 1}],
        }
        | HEADED,
        '<table><thead><tr><th scope="col">甲</th><th scope="col">乙</th></tr></thead><tbody>'
        '<tr><td class="htRight" rowspan="2" colspan="1">一</td><td>二</td></tr>'
        "<tr><td>三</td></tr></tbody></table>",
    ),
    ({"data": []}, "<table><tbody></tbody></table>"),
]


@pytest.mark.parametrize(("table", "html"), CASES)
def test_cells_keep_their_headers_spans_and_lines(table, html):
    shown = BodyBlock().child_blocks["table"].render(table)
    assert html in "".join(line.strip() for line in shown.splitlines())
