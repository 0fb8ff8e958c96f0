"""Show findings in place: the page as the public will see it, with what was found marked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from workflows.contents import Slot, TableSlot, TextSlot, slots_of

if TYPE_CHECKING:
    from workflows.models import Finding, GatedPageMixin

_TAGS = re.compile(r"(<(?:script|style|title)\b.*?</(?:script|style|title)>|<[^>]*>)", re.S | re.I)
_STYLE = "background:#ffe08a;color:#1d1b19;box-shadow:0 0 0 2px #ffe08a;scroll-margin-top:40vh"


def open_text(slots: dict[str, Slot], finding: Finding) -> str:
    """What stands at a finding's place in the page; "" for files and for what is no text."""
    slot = slots.get(finding.field)
    if isinstance(slot, TextSlot):
        return slot.text[finding.start : finding.end]
    if isinstance(slot, TableSlot) and finding.inner_place:
        row, column = (int(part) for part in finding.inner_place.split("."))
        return slot.rows[row - slot.first_row][column][finding.start : finding.end]
    return ""


def slots_by_path(page: GatedPageMixin) -> dict[str, Slot]:
    return {slot.path: slot for slot in slots_of(page)}


def marked(source: str, page: GatedPageMixin, findings: Iterable[Any]) -> str:
    """`source`, the rendered page, with each finding's text marked; its first place has the id."""
    slots = slots_by_path(page)
    keys: dict[str, list[int]] = {}
    for finding in findings:
        text = open_text(slots, finding).strip()
        if text:
            keys.setdefault(html.escape(text), []).append(finding.pk)
    if not keys:
        return source
    longest_first = sorted(keys, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(text) for text in longest_first))

    def mark(found: re.Match[str]) -> str:
        waiting = keys[found[0]]
        name = f' id="finding-{waiting.pop(0)}"' if waiting else ""
        return f'<mark{name} style="{_STYLE}">{found[0]}</mark>'

    parts = _TAGS.split(source)
    return "".join(
        part if place % 2 else pattern.sub(mark, part) for place, part in enumerate(parts)
    )
