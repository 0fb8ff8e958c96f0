"""The last guard of evidence: database triggers that let nobody change or remove its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models

from workflows.triggers import MARK, installed, refusing

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "gongkai_evidence_"
MESSAGE = f"{MARK} evidence is never changed or removed"


@dataclass(frozen=True)
class Kept:
    """A table of evidence. Fields in `free` may change; those in `clearable` may become NULL.

    The latter refer to pages and accounts, which may be removed while what they did stays.
    """

    model: str
    free: frozenset[str] = frozenset()
    clearable: frozenset[str] = frozenset()


EVIDENCE = [
    Kept("AuditEntry"),
    Kept("DictionaryVersion", clearable=frozenset({"user"})),
    Kept("AuditSeal"),
    Kept("SignOff", clearable=frozenset({"user"})),
    Kept("ConfidentialityForm"),
    Kept("SubmittedPage", clearable=frozenset({"page"})),
    Kept("RegisterEntry", clearable=frozenset({"page", "by"})),
    Kept("EmergencyPublication", clearable=frozenset({"published_by"})),
    Kept("AfterReview", clearable=frozenset({"user"})),
    Kept(
        "Scan",
        free=frozenset({"status", "finished_at", "error", "digest", "rules_version"}),
        clearable=frozenset({"page"}),
    ),
    Kept("Finding"),
    Kept("Settlement", clearable=frozenset({"user"})),
    Kept("PublicCopy"),
    Kept("Referral", clearable=frozenset({"user"})),
    Kept("ReferralAnswer", clearable=frozenset({"user"})),
    Kept("PassageComment", clearable=frozenset({"user", "page"})),
    Kept("CommentAnswer", clearable=frozenset({"user"})),
    Kept("Clearance", free=frozenset({"status", "applied_at"}), clearable=frozenset({"page"})),
]
#: The end of the chain moves forward only.
HEAD = "workflows_chainhead"
BACKWARDS = "NEW.id <> OLD.id OR NEW.sequence <= OLD.sequence"


def tables() -> set[str]:
    """Names of the guarded tables."""
    return {HEAD, *(_model(kept)._meta.db_table for kept in EVIDENCE)}


def install(connection: BaseDatabaseWrapper) -> None:
    """(Re)create all triggers."""
    with connection.cursor() as cursor:
        for name, table, event, condition in _rules():
            for statement in refusing(connection, name, table, event, condition, MESSAGE):
                cursor.execute(statement)
        for statement in _against_truncation(connection):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a migration that must rewrite rows, or a test that empties tables.

    The next `migrate` puts them back.
    """
    with connection.cursor() as cursor:
        for name, table, _event, _condition in _rules():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        if connection.vendor == "postgresql":
            for table in sorted(tables()):
                cursor.execute(f"DROP TRIGGER IF EXISTS {_truncation(table)} ON {table}")


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that should be there and are not."""
    expected = {name for name, *_ in _rules()}
    if connection.vendor == "postgresql":
        expected |= {_truncation(table) for table in tables()}
    return expected - installed(connection, PREFIX)


def privileges(role: str) -> Iterator[str]:
    """PostgreSQL statements, for the tables' owner, that leave `role` nothing but adding rows.

    They hold where `role` does not own the tables itself; it may still read all of them.
    """
    grantee = '"' + role.replace('"', '""') + '"'
    for kept in EVIDENCE:
        model = _model(kept)
        table = model._meta.db_table
        yield f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {grantee};"
        changing = kept.free | kept.clearable
        columns = ", ".join(
            str(field.column)
            for field in model._meta.local_concrete_fields
            if field.name in changing
        )
        if columns:
            yield f"GRANT UPDATE ({columns}) ON {table} TO {grantee};"
    yield f"REVOKE DELETE, TRUNCATE ON {HEAD} FROM {grantee};"


def _model(kept: Kept) -> type[models.Model]:
    return apps.get_model("workflows", kept.model)


def _rules() -> Iterator[tuple[str, str, str, str]]:
    """(name, table, event, condition under which the statement is refused)."""
    for kept in EVIDENCE:
        table = _model(kept)._meta.db_table
        yield f"{PREFIX}{table}_update", table, "UPDATE", _changed(kept)
        yield f"{PREFIX}{table}_delete", table, "DELETE", "TRUE"
    yield f"{PREFIX}{HEAD}_update", HEAD, "UPDATE", BACKWARDS
    yield f"{PREFIX}{HEAD}_delete", HEAD, "DELETE", "TRUE"


def _changed(kept: Kept) -> str:
    terms = []
    for field in _model(kept)._meta.local_concrete_fields:
        if field.name in kept.free:
            continue
        term = f'NEW."{field.column}" IS DISTINCT FROM OLD."{field.column}"'
        if field.name in kept.clearable:
            term = f'({term} AND NEW."{field.column}" IS NOT NULL)'
        terms.append(term)
    return " OR ".join(terms)


def _truncation(table: str) -> str:
    return f"{PREFIX}{table}_truncate"


def _against_truncation(connection: BaseDatabaseWrapper) -> Iterator[str]:
    # SQLite knows no TRUNCATE; there a DELETE without WHERE meets the row triggers.
    if connection.vendor != "postgresql":
        return
    for table in sorted(tables()):
        name = _truncation(table)
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation'; END $$"
        )
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield (
            f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )
