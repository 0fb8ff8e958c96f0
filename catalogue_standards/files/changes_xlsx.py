"""What an edition changes, as a workbook: the figures by domain, then every cell old beside new."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from catalogue_standards.diff import ChangeKind, DomainDiff, EditionDiff, ItemChange
from catalogue_standards.files.plain_xlsx import Sheet, write_book


def export_changes(diff: EditionDiff) -> bytes:
    """Two sheets: how many of each kind by domain, and a row for every changed cell."""
    kinds = [kind for kind in ChangeKind if kind in diff.counts]
    summary = Sheet(
        _("Summary"),
        [_("Domain"), *(str(kind.label) for kind in kinds), _("Note")],
        _by_domain(diff, kinds),
        [30, *(12 for _kind in kinds), 40],
    )
    details = Sheet(
        _("Changes"),
        [_("Domain"), _("Item name"), _("What changed"), _("Cell"), _("Before"), _("Now")],
        (
            row
            for domain in diff.domains
            for change in domain.items
            for row in _rows(domain, change)
        ),
        [20, 32, 14, 16, 50, 50],
    )
    return write_book(f"{diff.old} → {diff.new}", [summary, details])


def _by_domain(diff: EditionDiff, kinds: list[ChangeKind]) -> Iterator[list[object]]:
    for domain in diff.domains:
        counts = domain.counts
        yield [domain.name, *(counts.get(kind, "") for kind in kinds), _note(domain)]
    yield [_("Total"), *(diff.counts[kind] for kind in kinds), ""]


def _note(domain: DomainDiff) -> str:
    if domain.kind is None:
        return ""
    if domain.kind == ChangeKind.RENAMED:
        return _("Renamed; formerly %(name)s") % {"name": domain.old_name}
    return str(domain.kind.label)


def _rows(domain: DomainDiff, change: ItemChange) -> Iterator[list[object]]:
    head: list[object] = [domain.name, change.name, "、".join(str(k.label) for k in change.kinds)]
    if change.has_moved:
        assert change.old and change.new
        yield [*head, _("Domain"), change.old.domain_name, change.new.domain_name]
    for cell in change.shown_cells:
        yield [*head, cell.label, cell.old, cell.new]
    if change.successors:
        yield [*head, _("Carried on by"), "", "\n".join(row.name for row in change.successors)]
