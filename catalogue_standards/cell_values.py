"""The columns of the table editor: what each holds of an item, as plain values that can be kept.

A value is a dict: fields of the item by name, and its parts by relation, each part a list of its
fields. Values of equal cells are equal, also after a way through JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalogue_standards.cells import LABELS
from catalogue_standards.models import EditionItem

Value = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """`fields` are the item's own; `parts` maps its relations to the fields of their rows."""

    name: str
    label: Any
    fields: tuple[str, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def read(self, entry: EditionItem) -> Value:
        """The value of the cell; without queries where the item was loaded `with_details()`."""
        own = {name: getattr(entry, name) for name in self.fields}
        return own | {
            relation: [[getattr(row, name) for name in fields] for row in _rows(entry, relation)]
            for relation, fields in self.parts.items()
        }

    def write(self, entry: EditionItem, value: Value) -> None:
        """Make the stored cell say `value`. Rows stay the same rows as far as they reach."""
        for name in self.fields:
            setattr(entry, name, value[name])
        if self.fields:
            entry.save(update_fields=list(self.fields))
        for relation, fields in self.parts.items():
            _write_rows(entry, relation, fields, value[relation])

    def is_gone(self, value: Value) -> bool:
        """Whether `value` names an organ, act, channel or domain that has been deleted."""
        rows: list[tuple[Any, tuple[str, ...], Any]] = [
            (EditionItem, self.fields, [[value[name] for name in self.fields]])
        ]
        for relation, fields in self.parts.items():
            rows.append(
                (EditionItem._meta.get_field(relation).related_model, fields, value[relation])
            )
        for model, fields, found in rows:
            for at, name in enumerate(fields):
                if not name.endswith("_id"):
                    continue
                related: Any = model._meta.get_field(name.removesuffix("_id")).related_model
                pks = {row[at] for row in found if row[at] is not None}
                if related.objects.filter(pk__in=pks).count() < len(pks):
                    return True
        return False


def _rows(entry: EditionItem, relation: str) -> list[Any]:
    return sorted(
        getattr(entry, relation).all(),
        key=lambda row: (row.sort_order is not None, row.sort_order or 0, row.pk),
    )


def _write_rows(
    entry: EditionItem, relation: str, fields: tuple[str, ...], wanted: list[list[Any]]
) -> None:
    model: Any = EditionItem._meta.get_field(relation).related_model
    there = _rows(EditionItem.objects.get(pk=entry.pk), relation)
    for order, values in enumerate(wanted):
        row = there[order] if order < len(there) else model(edition_item=entry)
        for name, value in zip(fields, values, strict=True):
            setattr(row, name, value)
        row.sort_order = order
        row.save()
    model.objects.filter(pk__in=[row.pk for row in there[len(wanted) :]]).delete()


_CLAUSE = ("kind", "amount", "unit", "trigger", "scope")

#: In the order of the official table; the columns that it lacks come last.
COLUMNS = {
    column.name: column
    for column in (
        Column("group", LABELS["group"], ("group",)),
        Column("name", _("Second-level item"), ("name",)),
        Column("sub_name", _("Third-level item"), ("sub_name",)),
        Column("content", LABELS["content"], parts={"content_elements": ("text",)}),
        Column("basis", LABELS["basis"], parts={"bases": ("basis_id", "article")}),
        Column("time_limit", LABELS["time_limit"], ("time_limit_text",), {"limits": _CLAUSE}),
        Column("subject", LABELS["subject"], parts={"subjects": ("organ_id", "group")}),
        Column("channels", LABELS["channels"], parts={"channels": ("channel_id", "required")}),
        Column("audience", LABELS["audience"], ("audience", "audience_group")),
        Column("method", LABELS["method"], ("method",)),
        Column("levels", LABELS["levels"], ("at_county", "at_township", "at_village")),
        Column("rhythm", LABELS["rhythm"], ("rhythm_period", "rhythm_pieces", "newest_days")),
        Column("stage", LABELS["stage"], ("stage",)),
        Column("domain", _("Domain"), ("edition_domain_id",)),
    )
}

#: Those that the table editor shows and edits.
EDITED = [name for name in COLUMNS if name not in ("stage", "domain")]


def all_values(entry: EditionItem) -> dict[str, Value]:
    return {name: column.read(entry) for name, column in COLUMNS.items()}
