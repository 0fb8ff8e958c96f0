"""What will follow when an edition takes force, told before anyone approves it.

The catalogue knows nothing of pages and people: whoever does registers a contributor, which adds
its own sections to the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from catalogue_standards.answering import answering
from catalogue_standards.diff import EditionDiff, ItemChange, diff_editions
from catalogue_standards.limit_comparing import clause_of, is_shortened
from catalogue_standards.limits import Clause
from catalogue_standards.models import Edition, TimeLimit


@dataclass(frozen=True)
class ImpactRow:
    """One line of a section; `url`, where there is one, opens what its first cell names."""

    cells: tuple[str, ...]
    url: str = ""


@dataclass(frozen=True)
class ImpactSection:
    """`key` names the section in addresses; `note` says what it is for in one sentence."""

    key: str
    title: str
    note: str
    headings: tuple[str, ...]
    rows: Sequence[ImpactRow]
    is_alarming: bool = False


class Prospect:
    """An edition about to take force, against the one in force; each fact is read once."""

    def __init__(self, old: Edition, new: Edition) -> None:
        self.old = old
        self.new = new

    @cached_property
    def diff(self) -> EditionDiff:
        return diff_editions(self.old, self.new)

    @cached_property
    def changes(self) -> dict[int, ItemChange]:
        """Every change, by the item's id."""
        return {change.item_id: change for change in self.diff.changes}

    @cached_property
    def answering_before(self) -> dict[int, set[int]]:
        return answering(self.old)

    @cached_property
    def answering_after(self) -> dict[int, set[int]]:
        return answering(self.new)

    @cached_property
    def shortened(self) -> dict[int, tuple[list[Clause], list[Clause]]]:
        """The clauses before and after of each item (id) whose limit becomes shorter."""
        changed = [
            item
            for item, change in self.changes.items()
            if any(cell.name in ("time_limit", "counted") for cell in change.cells)
        ]
        clauses: dict[tuple[int, int], list[Clause]] = {}
        rows = TimeLimit.objects.filter(
            edition_item__edition__in=[self.old.pk, self.new.pk], edition_item__item__in=changed
        ).select_related("edition_item")
        for row in rows.order_by("sort_order", "pk"):
            key = (row.edition_item.edition_id, row.edition_item.item_id)
            clauses.setdefault(key, []).append(clause_of(row))
        both = {
            item: (clauses.get((self.old.pk, item), []), clauses.get((self.new.pk, item), []))
            for item in changed
        }
        return {item: pair for item, pair in both.items() if is_shortened(*pair)}


Contributor = Callable[[Prospect], Iterable[ImpactSection]]
_contributors: list[Contributor] = []


def contributes_to_impact(contributor: Contributor) -> Contributor:
    """Register `contributor`; its queries must not grow with the rows it reports."""
    if contributor not in _contributors:
        _contributors.append(contributor)
    return contributor


def impact_of(edition: Edition) -> list[ImpactSection]:
    """Every section of the report, against the edition that binds or bound before this one.

    What must not be overlooked comes first. Empty for the first edition of all, which changes nothing.
    """
    old: Any = Edition.objects.before(edition)
    if old is None or old.pk == edition.pk:
        return []
    prospect = Prospect(old, edition)
    sections = [section for contributor in _contributors for section in contributor(prospect)]
    return sorted(sections, key=lambda section: not section.is_alarming)
