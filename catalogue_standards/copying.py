"""Copy the rows of one edition to another, a table at a time, or one item with its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from catalogue_standards.models import (
    ContentElement,
    Edition,
    EditionDomain,
    EditionItem,
    ItemBasis,
    ItemChannel,
    ItemSubject,
    TimeLimit,
)
from catalogue_standards.models.fixing import refuse_if_fixed

if TYPE_CHECKING:
    from django.db.models import Model

PARTS = (ContentElement, ItemBasis, ItemSubject, ItemChannel, TimeLimit)


def copy_edition(source: Edition, target: Edition) -> int:
    """Copy domains, items and their parts to `target`, an empty draft; returns the number of items.

    One statement for each table: the database copies, and no row passes through Python. Rows of the
    two editions are matched by the identity of their domain and item.
    """
    refuse_if_fixed(Edition.objects.filter(pk=target.pk))
    editions = {"source": source.pk, "target": target.pk}
    domain, entry = EditionDomain._meta.db_table, EditionItem._meta.db_table
    with connection.cursor() as cursor:
        columns = _columns(EditionDomain, "edition")
        cursor.execute(
            f"INSERT INTO {domain} (edition_id, {_list(columns)})"
            f" SELECT %(target)s, {_list(columns)} FROM {domain} WHERE edition_id = %(source)s",
            editions,
        )
        columns = _columns(EditionItem, "edition", "edition_domain")
        cursor.execute(
            f"INSERT INTO {entry} (edition_id, edition_domain_id, {_list(columns)})"
            f" SELECT %(target)s, new.id, {_list(columns, 'old')} FROM {entry} old"
            f" JOIN {domain} was ON was.id = old.edition_domain_id"
            f" JOIN {domain} new ON new.domain_id = was.domain_id AND new.edition_id = %(target)s"
            " WHERE old.edition_id = %(source)s",
            editions,
        )
        for part in PARTS:
            table, columns = part._meta.db_table, _columns(part, "edition_item")
            cursor.execute(
                f"INSERT INTO {table} (edition_item_id, {_list(columns)})"
                f" SELECT new.id, {_list(columns, 'part')} FROM {table} part"
                f" JOIN {entry} old ON old.id = part.edition_item_id"
                f" JOIN {entry} new ON new.item_id = old.item_id AND new.edition_id = %(target)s"
                " WHERE old.edition_id = %(source)s ORDER BY part.id",
                editions,
            )
    return target.items.count()


def copy_entry(source: EditionItem, **changes: Any) -> EditionItem:
    """A copy of one item with all its parts, saved; `changes` are fields that differ."""
    copy: EditionItem = _like(source, **changes)
    copy.save()
    for part in PARTS:
        rows = part.objects.filter(edition_item=source).order_by("pk")
        part.objects.bulk_create([_like(row, edition_item=copy) for row in rows])
    return copy


def _like(row: Model, **changes: Any) -> Any:
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in changes
    }
    return type(row)(**kept, **changes)


def _columns(model: type[Model], *without: str) -> list[str]:
    """The columns of `model`, except its key and the fields named."""
    return [
        connection.ops.quote_name(str(field.column))
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in without
    ]


def _list(columns: list[str], table: str = "") -> str:
    return ", ".join(f"{table}.{column}" if table else column for column in columns)
