"""A piece before and after masking, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from workflows.contents import TableSlot, TextSlot
from workflows.marking import slots_by_path
from workflows.scanning import Kind, mask_text

if TYPE_CHECKING:
    from workflows.models import Finding, GatedPageMixin


@dataclass(frozen=True)
class Span:
    """A finding as the masks know it."""

    kind: Kind
    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class Pair:
    """The lines at one place that change, as they are and as they would be."""

    where: str
    before: str
    after: str


def span_of(finding: Finding) -> Span:
    return Span(Kind(finding.kind), finding.start, finding.end, finding.rule)


def texts_masked(
    page: GatedPageMixin, findings: Iterable[Any]
) -> Iterator[tuple[Any, str, str, str]]:
    """(slot, inner place, text, masked text) of each text of `page` with findings in it."""
    slots = slots_by_path(page)
    in_page = [f for f in findings if f.file_id is None]

    def place(finding: Any) -> tuple[str, str]:
        return finding.field, finding.inner_place

    for (path, inner), group in groupby(sorted(in_page, key=place), key=place):
        slot = slots.get(path)
        if isinstance(slot, TextSlot):
            text = slot.text
        elif isinstance(slot, TableSlot) and inner:
            row, column = (int(part) for part in inner.split("."))
            text = slot.rows[row - slot.first_row][column]
        else:
            continue
        yield slot, inner, text, mask_text(text, [span_of(finding) for finding in group])


def pairs(page: GatedPageMixin, findings: Iterable[Any]) -> list[Pair]:
    """What masking these findings would change in the page itself."""
    rows = list(findings)
    where = {(f.field, f.inner_place): f.where for f in rows}
    found = []
    for slot, inner, text, masked in texts_masked(page, rows):
        # As long as before, character by character, so that lines answer to one another.
        lines = zip(text.splitlines(), masked.splitlines(), strict=True)
        changed = [(old, new) for old, new in lines if old != new]
        if changed:
            before, after = zip(*changed, strict=True)
            found.append(Pair(where[slot.path, inner], "\n".join(before), "\n".join(after)))
    return found
