"""What one edition changes against another: by domain, item by item and cell by cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue_standards.cells import LABELS, ItemCells, item_cells
from catalogue_standards.enums import SuccessionKind
from catalogue_standards.models import Edition, EditionDomain, EditionItem, ItemSuccession


class ChangeKind(models.TextChoices):
    ADDED = "added", _("Added")
    REMOVED = "removed", _("Removed")
    SPLIT = "split", _("Split")
    MERGED = "merged", _("Merged")
    REPLACED = "replaced", _("Replaced")
    MOVED = "moved", _("Moved")
    RENAMED = "renamed", _("Renamed")
    CHANGED = "changed", _("Changed")


@dataclass(frozen=True)
class CellChange:
    name: str  # a key of catalogue_standards.cells.LABELS
    old: str
    new: str

    @property
    def label(self) -> str:
        return str(LABELS[self.name])


@dataclass(frozen=True)
class ItemChange:
    """What became of one item. `kinds` may be several: an item can be moved, renamed and changed.

    Of a split, merged or replaced item `successors` are the items that carry it on; `old` is None
    for an added item and `new` for one that is gone.
    """

    item_id: int
    kinds: tuple[ChangeKind, ...]
    old: ItemCells | None
    new: ItemCells | None
    cells: tuple[CellChange, ...] = ()
    successors: tuple[ItemCells, ...] = ()

    @property
    def name(self) -> str:
        shown = self.new or self.old
        return shown.name if shown else ""

    @property
    def has_moved(self) -> bool:
        return ChangeKind.MOVED in self.kinds

    @property
    def shown_cells(self) -> tuple[CellChange, ...]:
        """The cells that differ; of an item that came or went, all that say something."""
        if self.old and self.new:
            return self.cells
        old, new = self.old.cells if self.old else {}, self.new.cells if self.new else {}
        return tuple(
            CellChange(name, old.get(name, ""), new.get(name, ""))
            for name in LABELS
            if name not in ("name", "counted") and (old.get(name) or new.get(name))
        )


@dataclass(frozen=True)
class DomainDiff:
    """The changes within one domain. An item that moved stands under the domain it moved to."""

    domain_id: int
    position: int
    old_name: str
    new_name: str
    items: tuple[ItemChange, ...] = ()

    @property
    def name(self) -> str:
        return self.new_name or self.old_name

    @property
    def kind(self) -> ChangeKind | None:
        """What happened to the domain itself."""
        if not self.old_name:
            return ChangeKind.ADDED
        if not self.new_name:
            return ChangeKind.REMOVED
        return ChangeKind.RENAMED if self.old_name != self.new_name else None

    @property
    def counts(self) -> dict[ChangeKind, int]:
        return dict(Counter(kind for change in self.items for kind in change.kinds))


@dataclass(frozen=True)
class EditionDiff:
    """`domains` holds only those in which something changed, in the order of the new edition."""

    old: Edition
    new: Edition
    domains: tuple[DomainDiff, ...]
    counts: dict[ChangeKind, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.domains

    @property
    def changes(self) -> Iterator[ItemChange]:
        """Every change of an item, in the order of the catalogue."""
        return (change for domain in self.domains for change in domain.items)

    @property
    def counted(self) -> list[tuple[ChangeKind, int]]:
        """How many items of each kind of change, in a fixed order."""
        return [(kind, self.counts[kind]) for kind in ChangeKind if kind in self.counts]


def diff_editions(old: Edition, new: Edition) -> EditionDiff:
    """Compare two editions by the identity of their items, whatever their names and places.

    Positions within a domain are not compared. The number of queries is constant.
    """
    before = {row.item_id: row for row in item_cells(EditionItem.objects.filter(edition=old))}
    after = {row.item_id: row for row in item_cells(EditionItem.objects.filter(edition=new))}
    successions = _successions_between(old, new)
    continuing = {each.to_item_id for each in successions if each.from_item_id in before}
    successors: dict[int, list[ItemSuccession]] = defaultdict(list)
    for succession in successions:
        if succession.to_item_id in after:
            successors[succession.from_item_id].append(succession)
    changes = []
    for item_id, row in before.items():
        change = _kept_or_gone(row, after.get(item_id), successors[item_id], after)
        if change:
            changes.append(change)
    changes += [
        ItemChange(item_id, (ChangeKind.ADDED,), None, row)
        for item_id, row in after.items()
        if item_id not in before and item_id not in continuing
    ]
    counts = Counter(kind for change in changes for kind in change.kinds)
    return EditionDiff(old, new, _by_domain(old, new, changes), dict(counts))


def diff_within(edition: Edition, before: list[ItemCells], after: list[ItemCells]) -> EditionDiff:
    """What became of the items of one edition; `after` are its rows as they are stored now."""
    now = {row.item_id: row for row in after}
    then = {row.item_id for row in before}
    kept = (_kept_or_gone(row, now.get(row.item_id), [], now) for row in before)
    added = (
        ItemChange(row.item_id, (ChangeKind.ADDED,), None, row)
        for row in after
        if row.item_id not in then
    )
    changes = [change for change in (*kept, *added) if change]
    counts = Counter(kind for change in changes for kind in change.kinds)
    return EditionDiff(edition, edition, _by_domain(edition, edition, changes), dict(counts))


def touched_items(diff: EditionDiff) -> set[int]:
    """The items (ids) of which the new edition says anything else: they changed, or their domain did."""
    found = {change.item_id for change in diff.changes}
    found |= {row.item_id for change in diff.changes for row in change.successors}
    domains = [domain.domain_id for domain in diff.domains if domain.kind]
    entries = EditionItem.objects.filter(
        edition__in=[diff.old, diff.new], edition_domain__domain__in=domains
    )
    return found | set(entries.values_list("item", flat=True))


def changed_cells(old: ItemCells, new: ItemCells) -> tuple[CellChange, ...]:
    """The cells that differ, in the order of the table."""
    changes = [
        CellChange(name, old.cells[name], new.cells[name])
        for name in LABELS
        if old.cells[name] != new.cells[name]
    ]
    if any(change.name == "time_limit" for change in changes):
        # What a new text means is seen from the text.
        changes = [change for change in changes if change.name != "counted"]
    return tuple(changes)


def _kept_or_gone(
    old: ItemCells,
    new: ItemCells | None,
    successions: list[ItemSuccession],
    after: dict[int, ItemCells],
) -> ItemChange | None:
    if new is None:
        kind = ChangeKind(successions[0].kind) if successions else ChangeKind.REMOVED
        found = tuple(after[row.to_item_id] for row in successions)
        return ItemChange(old.item_id, (kind,), old, None, successors=found)
    cells = changed_cells(old, new)
    kinds = []
    if old.domain_id != new.domain_id:
        kinds.append(ChangeKind.MOVED)
    if any(change.name == "name" for change in cells):
        kinds.append(ChangeKind.RENAMED)
    if any(change.name != "name" for change in cells):
        kinds.append(ChangeKind.CHANGED)
    return ItemChange(old.item_id, tuple(kinds), old, new, cells) if kinds else None


def _successions_between(old: Edition, new: Edition) -> list[ItemSuccession]:
    """The successions of the editions after `old` on the way to `new`, splits first."""
    based_on = dict(Edition.objects.values_list("pk", "based_on"))
    way = []
    step: int | None = new.pk
    while step is not None and step != old.pk:
        way.append(step)
        step = based_on.get(step)
    order = {kind: number for number, kind in enumerate(SuccessionKind)}
    rows = ItemSuccession.objects.filter(edition__in=way).order_by("pk")
    return sorted(rows, key=lambda row: order[SuccessionKind(row.kind)])


def _by_domain(old: Edition, new: Edition, changes: list[ItemChange]) -> tuple[DomainDiff, ...]:
    names: dict[int, dict[int, EditionDomain]] = {old.pk: {}, new.pk: {}}
    for domain in EditionDomain.objects.filter(edition__in=[old, new]):
        names[domain.edition_id][domain.domain_id] = domain
    grouped: dict[int, list[ItemChange]] = defaultdict(list)
    for change in changes:
        shown = change.new or change.old
        if shown:
            grouped[shown.domain_id].append(change)
    found = []
    for domain_id in names[old.pk].keys() | names[new.pk].keys():
        before, after = names[old.pk].get(domain_id), names[new.pk].get(domain_id)
        items = sorted(grouped[domain_id], key=_place)
        diff = DomainDiff(
            domain_id,
            after.position if after else 10_000 + (before.position if before else 0),
            before.name if before else "",
            after.name if after else "",
            tuple(items),
        )
        if items or diff.kind:
            found.append(diff)
    return tuple(sorted(found, key=lambda diff: diff.position))


def _place(change: ItemChange) -> tuple[int, int]:
    shown = change.new or change.old
    return (0 if change.new else 1, shown.position if shown else 0)
