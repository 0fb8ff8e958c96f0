"""One page that shows every component of the public site, for those who work on it.

Only where DEBUG is set. A new template in templates/components gets a sample here, or a place in
`ELSEWHERE` with the page that shows it; the test suite asks for one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from cms import component_samples as made
from cms.articles import Correction
from cms.enums import Section
from cms.figures.bars import stacked
from cms.figures.coverage import Totals
from cms.figures.heat_map import HeatCell, HeatMap, Line, Share
from cms.figures.limits import Kept, LimitRow, Limits
from cms.listings.catalogue_filters import Filter
from cms.listings.catalogue_query import Order, Span
from cms.listings.common import ListedPiece
from cms.obligations.coming import Coming, ComingRow
from cms.obligations.public import Mark
from cms.topics import TopicRow
from workflows.comparing import compare

#: Components that need a page of the tree around them, and where they are to be seen.
ELSEWHERE = {
    "catalogue_editions": "/catalogue/",
    "months_table": "/figures/",
    "year_chart": "/figures/",
    "language_note": "/en/",
    "succession_notice": "an item that the edition in force no longer has",
}
#: Stands where a page of the tree would.
PAGE = SimpleNamespace(title="Components")
_ROWS, _CARDS, _TILES = (
    '<ul class="rows">%s</ul>',
    '<ul class="cards">%s</ul>',
    '<ul class="tiles">%s</ul>',
)


@dataclass(frozen=True)
class Sample:
    """A component with what it needs; `around` is the HTML it stands in."""

    name: str
    contexts: Sequence[dict[str, Any]] = field(default_factory=lambda: [{}])
    around: str = "%s"


def components(request: HttpRequest) -> HttpResponse:
    """Raises Http404 outside development."""
    if not settings.DEBUG:
        raise Http404
    shown = []
    for sample in samples():
        template = f"components/{sample.name}.html"
        html = [render_to_string(template, context, request) for context in sample.contexts]
        shown.append({"name": sample.name, "html": [sample.around % part for part in html]})
    return render(request, "pages/components.html", {"shown": shown, "page": PAGE})


def samples() -> list[Sample]:
    return [sample for group in _GROUPS for sample in group()]


def _marks() -> list[Sample]:
    marks = [made.state(mark) for mark in Mark]
    times = [made.timeliness(), made.timeliness(2), made.timeliness(provisional=True)]
    policies = [made.policy(), made.repealed()]
    return [
        Sample("item_mark", [{"state": state} for state in marks]),
        Sample(
            "item_state", [{"state": state} for state in (*marks, made.state(Mark.LATE, organs=3))]
        ),
        Sample("timeliness", [{"timeliness": each} for each in times]),
        Sample(
            "validity", [{"label": "现行有效", "tone": "kept"}, {"label": "已废止", "tone": "late"}]
        ),
        Sample("validity_with_date", [{"page": policy} for policy in policies]),
        Sample(
            "validity_notice",
            [{"policy": made.repealed(), "replaced_by": [made.policy()]}],
        ),
    ]


def _lists() -> list[Sample]:
    late = ListedPiece(made.piece(), made.entry(), made.timeliness(2))
    kept = ListedPiece(
        made.piece("2026年10月城乡低保对象名单公示"), made.entry(), made.timeliness()
    )
    row = {
        "entry": made.entry(),
        "page": made.item_page(),
        "pieces": 12,
        "state": made.state(Mark.KEPT),
    }
    topic = SimpleNamespace(seal="老", title="我要养老", item_count=9)
    card = {"policy": made.policy(), "interpretations": [made.interpretation()]}
    pages = {"found": made.result_page(), "numbers": [1, 2, 3, 4, 5, "…", 10], "prefix": "?page="}
    return [
        Sample("piece_row", [{"row": late}, {"row": kept}], _ROWS),
        Sample("general_row", [{"piece": made.piece("青禾县政府信息公开指南")}], _ROWS),
        Sample("item_row", [{"row": row}], _ROWS),
        Sample("topic_row", [{"row": _topic_row()}], _ROWS),
        Sample("policy_card", [{"entry": card, "show_organ": True}], _CARDS),
        Sample(
            "seal_tile",
            [{"tile": {"entry": made.DOMAIN, "page": made.item_page(), "items": 12}}],
            _TILES,
        ),
        Sample(
            "topic_tile", [{"topic": made.with_address(made.item_page(), **vars(topic))}], _TILES
        ),
        Sample(
            "timeline",
            [
                {"timeline": made.timeline(late, kept), "pieces": made.result_page(1)},
                {"pieces": made.result_page(1)},
            ],
        ),
        Sample("pager", [pages]),
        Sample("organ_list", [{"organs": [made.organ(), made.organ("青禾县教育局", "县教育局")]}]),
        Sample("section_purpose", [{"kind": kind.value} for kind in Section], "<p>%s</p>"),
    ]


def _topic_row() -> TopicRow:
    return TopicRow(made.entry(), made.item_page(), "六十周岁以上可以办理。", made.state(Mark.KEPT))


def _documents() -> list[Sample]:
    policy, old, piece = made.policy(replaces=made.repealed()), made.repealed(), made.piece()
    correction = Correction(made.NOW, "更正第三条的金额。")
    article = {"page": policy, "policy": policy, "interpretations": [made.interpretation()]}
    rows = compare(
        [
            "第八条　乡镇人民政府应当自受理申请之日起三十日内完成审核。",
            "第九条　本办法自印发之日起施行。",
        ],
        [
            "第八条　乡镇人民政府应当自受理申请之日起二十个工作日内完成审核。",
            "第九条　审核结果应当公示。",
        ],
    )
    heads = [{"policy": old, "word": "旧文本"}, {"policy": policy, "word": "新文本"}]
    return [
        Sample("policy_tabs", [article]),
        Sample("read_aloud"),
        Sample("document_notes", [{"page": piece, "corrections": [correction]}]),
        Sample("document_tools"),
        Sample("metadata", [{"page": policy, "cleared_under": made.EDITION}]),
        Sample("policy_history", [article | {"replaced_by": [], "comparisons": [(old, policy)]}]),
        Sample("interpretations_aside", [article]),
        Sample("policy_line", [{"policy": policy}], "<ul>%s</ul>"),
        Sample("related_policy", [{"policy": policy}]),
        Sample("related_policies", [{"policies": [policy, old]}]),
        Sample(
            "item_aside",
            [
                {
                    "entry": made.entry(),
                    "item_page": made.item_page(),
                    "timeliness": made.timeliness(1),
                }
            ],
        ),
        Sample("organ_contact", [{"organ": made.organ()}]),
        Sample("comparison_head", heads, '<table class="comparison"><tr>%s</tr></table>'),
        Sample("comparison_table", [{"old": old, "new": policy, "rows": rows}]),
        Sample(
            "article_tags",
            [{"page": piece, "ancestors": [made.item_page()]}],
            "<template>%s</template>",
        ),
    ]


def _catalogue() -> list[Sample]:
    rows = [made.entry(), made.entry(2, "特困人员名单", "每季度第一个月15日前")]
    heads = {
        order.value: {"url": "?", "sorted": "ascending" if order == Order.LIMIT else ""}
        for order in Order
    }
    table = {
        "rows": rows,
        "item_pages": {1: made.item_page()},
        "states": {1: made.state(Mark.KEPT), 2: made.state(Mark.LATE)},
        "columns": heads,
        "in_its_order": True,
    }
    choice = Filter(
        "limit", "公开时限", "全部时限", [(s.value, str(s.label)) for s in Span], "week", True
    )
    files = [(kind, "#") for kind in ("csv", "xlsx", "docx")]
    found = made.result_page(1)
    found.object_list = rows
    return [
        Sample("promise", [{"entry": made.entry()}]),
        Sample("filter_choice", [{"filter": choice}], '<form class="filters">%s</form>'),
        Sample(
            "catalogue_filters",
            [{"filters": [choice], "orders": Order.choices, "chosen": {"limit": "week"}}],
        ),
        Sample(
            "sort_head",
            [{"column": head, "label": "公开时限"} for head in (heads["limit"], heads["name"])],
        ),
        Sample(
            "catalogue_results", [table | {"rows": found, "files": files, "chosen": {"q": "低保"}}]
        ),
    ]


def _figures() -> list[Sample]:
    kept = Kept(84, 9, 3)
    parts = stacked([("kept", "时限内", 84), ("late", "迟", 9), ("missed", "逾期未公开", 3)], 96)
    limit = LimitRow("社会救助", "#", kept, parts)
    lines = [
        Line(at, name, "#", Share(5, 9, 1)) for at, name in enumerate(("县民政局", "县教育局"))
    ]
    domains = [
        Line(at, name, "#", Share(5, 9, 0)) for at, name in enumerate(("社会救助", "义务教育"))
    ]
    cells = [
        HeatCell(0, 0, Share(9, 9, 0), "全部公开", "#"),
        HeatCell(1, 1, Share(2, 9, 1), "公开2项", "#"),
    ]
    heat = HeatMap(lines, domains, cells)
    due = ComingRow(made.entry(), made.item_page(), "县民政局", 1, made.TODAY, 3, True, True)
    totals = Totals(items=1284, published=1197, soon=41, late=19)
    limits = Limits(kept, [limit], [limit])
    coming = {"coming": Coming([due], [due]), "totals": totals, "kept": kept}
    return [
        Sample("totals", [{"totals": totals, "days": 7}]),
        Sample("coming", [coming]),
        Sample("heat_map", [{"map": heat}]),
        Sample("heat_list", [{"map": heat}]),
        Sample("limit_key"),
        Sample("limit_bars", [{"rows": [limit]}]),
        Sample("limits_table", [{"limits": limits}]),
    ]


def _ways() -> list[Sample]:
    return [
        Sample("search_form", [{"id": "sample-search"}]),
        Sample("next_ways"),
        Sample("how_to_request"),
        Sample("htmx", around="<template>%s</template>"),
    ]


_GROUPS: tuple[Callable[[], list[Sample]], ...] = (
    _marks,
    _lists,
    _documents,
    _catalogue,
    _figures,
    _ways,
)
