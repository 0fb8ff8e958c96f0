"""Change the rows of a draft."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from catalogue_standards.cells import ItemCells, item_cells
from catalogue_standards.limits import TimeLimit as ReadLimit
from catalogue_standards.limits import parse_time_limit
from catalogue_standards.models import Domain, Edition, EditionItem, Item, TimeLimit


def limit_rows(entry: EditionItem) -> list[TimeLimit]:
    """The clauses that can be read of an item's time limit, unsaved; what cannot stays text only."""
    return [
        TimeLimit(edition_item=entry, sort_order=order, **clause)
        for order, clause in enumerate(clause_values(entry.time_limit_text))
    ]


def clause_values(text: str) -> list[dict[str, Any]]:
    """The fields of the clauses that can be read of a time limit."""
    return [
        {
            "kind": clause.kind,
            "amount": clause.amount,
            "unit": clause.unit or "",
            "trigger": clause.trigger or "",
            "scope": clause.scope or "",
        }
        for clause in parse_time_limit(text).clauses
    ]


def write_limits(*entries: EditionItem) -> None:
    """Write the clauses of saved items that have none yet, in one statement."""
    TimeLimit.objects.bulk_create(row for entry in entries for row in limit_rows(entry))


def read_limits(entry: EditionItem) -> ReadLimit:
    """Put in place of the item's clauses those read from its text, unsaved until the item is."""
    entry.limits.set(limit_rows(entry))
    return parse_time_limit(entry.time_limit_text)


def not_understood(limit: ReadLimit) -> str | None:
    """What an editor is told of a limit that could not wholly be read."""
    if limit.understood or not limit.text.strip():
        return None
    return _(
        "This part of the time limit was not understood: “%(words)s”. No due date is computed from"
        " it. Write it another way, or enter the limit by hand below."
    ) % {"words": "；".join(limit.unread)}


def new_item(domain: Domain) -> Item:
    """A new identity, its key numbered on within the domain: environment-18."""
    taken = Item.objects.filter(key__regex=rf"^{domain.code}-\d+$").values_list("key", flat=True)
    last = max((int(key.rpartition("-")[2]) for key in taken), default=0)
    return Item.objects.create(key=f"{domain.code}-{last + 1:02}")


def next_position(edition: Edition) -> int:
    """The number after the last item's."""
    return (edition.items.aggregate(last=Max("position"))["last"] or 0) + 1


def cells_of(entry: EditionItem) -> ItemCells:
    """The cells of one item as they are stored now."""
    return item_cells(EditionItem.objects.filter(pk=entry.pk))[0]
