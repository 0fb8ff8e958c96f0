"""Queries that are put together once for each process, and then only run.

To write a query's SQL takes Django several times as long as the database takes to answer it, and a page
that is made for a reader asks the same few questions of another key each time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = tuple[Any, ...]

#: Stands in the SQL for a key until it is run; no row has such a key.
_MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda number: -8_020_262_061_122 - number,
    str: lambda number: f"prepared key {number}",
}


class Prepared:
    """The rows of a `values_list`, by keys of the given types, which it compares with nothing but `=`.

    >>> titles = Prepared(lambda item: Due.objects.filter(item=item).values_list("title"), int)
    >>> titles(12)
    [("2026年10月",)]

    Beside its keys the query may depend on nothing that changes while the process runs: no moment, no
    language, no setting.
    """

    def __init__(self, rows: Callable[..., QuerySet[Any, Any]], *types: type) -> None:
        self._rows = rows
        self._marks = [_MARKS[kind](number) for number, kind in enumerate(types)]
        self._written: dict[str, tuple[SQLCompiler, str, Row]] = {}

    def __call__(self, *keys: Any) -> list[Row]:
        compiler, sql, parameters = self._statement()
        values = dict(zip(self._marks, keys, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [values.get(each, each) for each in parameters])
            found = cursor.fetchall()
        return [tuple(row) for row in compiler.results_iter([found], tuple_expected=True)]

    def _statement(self) -> tuple[SQLCompiler, str, Row]:
        written = self._written.get(connection.vendor)
        if written is None:
            compiler = self._rows(*self._marks).query.get_compiler(connection.alias)
            sql, parameters = compiler.as_sql()
            written = self._written[connection.vendor] = (compiler, sql, tuple(parameters))
        return written
