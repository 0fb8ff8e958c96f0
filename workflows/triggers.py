"""The last guard: database triggers, the same rule on PostgreSQL and on SQLite.

No row of a gated page type becomes live, and no content of a live row changes, unless a clearance
of that page is being applied in this very transaction; and none stops being live while its
clearance says that it is public (docs/publication-gate.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from wagtail.models import Page

from workflows.digest import HOUSEKEEPING
from workflows.enums import ClearanceStatus

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


PREFIX = "gongkai_gate_"
#: What every refusal by a trigger begins with.
MARK = "gongkai:"
MESSAGE = f"{MARK} this page is not cleared for publication"
LEAVING = f"{MARK} a public page is taken down with a reason: revoke its clearance first"
CLEARANCES = "workflows_clearance"
PAGES = "wagtailcore_page"


def gated_models() -> list[type[Page]]:
    """Every concrete page type that goes through the gate."""
    from workflows.models import GatedPageMixin

    return [
        model
        for model in apps.get_models()
        if issubclass(model, GatedPageMixin) and issubclass(model, Page)
    ]


def install(connection: BaseDatabaseWrapper) -> None:
    """(Re)create all triggers. SQLite drops those of a table that a migration rebuilds."""
    # Names, not values: DDL takes no parameters, and all of these are the code's own.
    with connection.cursor() as cursor:
        for statement in _statements(connection):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a measurement without them. The next `migrate` puts them back."""
    with connection.cursor() as cursor:
        for name, table, *_ in _rules():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def installed(connection: BaseDatabaseWrapper, prefix: str = PREFIX) -> set[str]:
    """Names of the triggers that the database has and that begin with `prefix`."""
    catalogue = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        return {name for (name,) in cursor.fetchall() if name.startswith(prefix)}


def expected() -> set[str]:
    """Names of the triggers that must be there."""
    return {name for name, *_ in _rules()}


def _statements(connection: BaseDatabaseWrapper) -> Iterator[str]:
    for name, table, event, condition, message in _rules():
        yield from refusing(connection, name, table, event, condition, message)


def refusing(
    connection: BaseDatabaseWrapper,
    name: str,
    table: str,
    event: str,
    condition: str,
    message: str,
) -> Iterator[str]:
    """The statements that make `event` on rows of `table` fail with `message` on `condition`."""
    build = _postgresql if connection.vendor == "postgresql" else _sqlite
    yield from build(name, table, event, condition, message)


def _rules() -> Iterator[tuple[str, str, str, str, str]]:
    """(name, table, event, condition under which the statement is refused, with what message)."""
    types = " OR ".join(
        f"(ct.app_label = '{model._meta.app_label}' AND ct.model = '{model._meta.model_name}')"
        for model in gated_models()
    )
    gated = (
        "EXISTS (SELECT 1 FROM django_content_type ct "
        f"WHERE ct.id = NEW.content_type_id AND ({types}))"
    )
    changed = _differs(Page, "id")
    yield (
        f"{PREFIX}page_update",
        PAGES,
        "UPDATE",
        f"NEW.live AND (NOT OLD.live OR {changed}) AND {gated} AND {_uncleared('NEW.id')}",
        MESSAGE,
    )
    yield f"{PREFIX}page_insert", PAGES, "INSERT", f"NEW.live AND {gated}", MESSAGE
    # Only gated pages have clearances: the page's type need not be asked.
    yield (
        f"{PREFIX}page_leave",
        PAGES,
        "UPDATE",
        f"OLD.live AND NOT NEW.live AND {_has_clearance('NEW.id', ClearanceStatus.APPLIED)}",
        LEAVING,
    )
    for model in gated_models():
        table, key = model._meta.db_table, model._meta.pk.column
        live = f"EXISTS (SELECT 1 FROM {PAGES} p WHERE p.id = NEW.{key} AND p.live)"
        refused = f"{live} AND {_uncleared(f'NEW.{key}')}"
        changing = f"({_differs(model, key)}) AND {refused}"
        yield f"{PREFIX}{table}_update", table, "UPDATE", changing, MESSAGE
        yield f"{PREFIX}{table}_insert", table, "INSERT", refused, MESSAGE


def _differs(model: type[models.Model], key: str | None) -> str:
    columns = [
        field.column
        for field in model._meta.local_concrete_fields
        if field.column != key and (model is not Page or _is_content(field))
    ]
    return " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in columns)


def _is_content(field: models.Field) -> bool:
    return field.name not in HOUSEKEEPING or field.name in ("content_type", "alias_of")


def _uncleared(page_id: str) -> str:
    return f"NOT {_has_clearance(page_id, ClearanceStatus.APPLYING)}"


def _has_clearance(page_id: str, status: ClearanceStatus) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {CLEARANCES} c WHERE c.page_id = {page_id} "
        f"AND c.status = '{status.value}')"
    )


def _sqlite(name: str, table: str, event: str, condition: str, message: str) -> Iterator[str]:
    # IS NOT is SQLite's older spelling of IS DISTINCT FROM (which it has since 3.39 only).
    told = condition.replace("IS DISTINCT FROM", "IS NOT")
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {told} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _postgresql(name: str, table: str, event: str, condition: str, message: str) -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; "
        "END IF; RETURN NEW; END $$"
    )
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
