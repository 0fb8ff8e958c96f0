"""Notes what readers ask for, so that administrators learn what is missing. Never who asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import Error, connection, transaction
from django.utils import timezone

from search.models import AskedQuery
from search.normalising import fold
from search.numbers import find_numbers_in_query
from workflows.scanning import Kind, scan_text

LONGEST_NOTED = 60
#: Milliseconds that noting a query may wait for another writer.
MOST_WAITING = 20
#: After so many days a query is forgotten.
KEPT_DAYS = 180
PERSONAL = frozenset(
    {
        Kind.ID_CARD,
        Kind.MOBILE,
        Kind.BANK_CARD,
        Kind.PASSPORT,
        Kind.PLATE,
        Kind.EMAIL,
        Kind.ADDRESS,
        Kind.MINOR,
        Kind.ILLNESS,
    }
)
# Numbers this long identify somebody: telephones, identity cards, accounts.
_LONG_NUMBER = re.compile(r"\d[\d\s-]{5,}\d")


def note_asked(text: str, found: int) -> None:
    """Count a query of today. It never fails and hardly waits: a database that is busy loses the note."""
    noted = " ".join(fold(text).split())
    if not noted or len(noted) > LONGEST_NOTED or holds_personal_data(noted):
        return
    try:
        with _not_waiting(), transaction.atomic():
            _count(noted, found)
    except Error:
        return


def holds_personal_data(text: str) -> bool:
    """Whether a query may tell something of a person; document and index numbers do not."""
    rest = fold(text)
    for number in reversed(find_numbers_in_query(rest)):
        rest = rest[: number.start] + " " + rest[number.end :]
    return bool(_LONG_NUMBER.search(rest)) or any(
        finding.kind in PERSONAL for finding in scan_text(rest)
    )


def forget_old_queries() -> int:
    """Remove what was asked more than `KEPT_DAYS` ago; returns how many rows."""
    last = timezone.localdate() - timedelta(days=KEPT_DAYS)
    return AskedQuery.objects.filter(day__lt=last).delete()[0]


@contextmanager
def _not_waiting() -> Iterator[None]:
    """Let no other writer keep this reader waiting: SQLite has one at a time."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {MOST_WAITING}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")


def _count(text: str, found: int) -> None:
    table = connection.ops.quote_name(AskedQuery._meta.db_table)
    with connection.cursor() as cursor:
        # One statement, so that two readers who ask the same at once are both counted.
        cursor.execute(
            f"INSERT INTO {table} (day, text, times, found) VALUES (%s, %s, 1, %s) "
            f"ON CONFLICT (day, text) DO UPDATE SET times = {table}.times + 1, "
            "found = excluded.found",
            [timezone.localdate(), text, found],
        )
