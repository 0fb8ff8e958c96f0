"""How many results each value of each filter has, counted by the database in one query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from search.models import Entry

Counts = dict[str, Counter[str]]


def count_values(rows: QuerySet[Entry], columns: Sequence[str]) -> Counts:
    """For each column (or annotation) how many of `rows` have each value, as text.

    What is found is gathered once, however many columns are counted: for each column by itself the
    engine would search again.
    """
    connection = connections[rows.db]
    values = rows.order_by().values_list(*columns)
    try:
        found, parameters = values.query.get_compiler(using=rows.db).as_sql()
    except EmptyResultSet:
        return {column: Counter() for column in columns}
    names = [f"c{place}" for place in range(len(columns))]
    counting = " UNION ALL ".join(
        f"SELECT {place}, CAST({name} AS VARCHAR(600)), COUNT(*) FROM found GROUP BY {name}"
        for place, name in enumerate(names)
    )
    with connection.cursor() as cursor:
        # Django wrote `found` with its parameters; the rest is made of places in a list.
        cursor.execute(f"WITH found ({', '.join(names)}) AS ({found}) {counting}", parameters)
        return _by_column(cursor.fetchall(), columns)


def _by_column(rows: Iterable[tuple[int, Any, int]], columns: Sequence[str]) -> Counts:
    counts: Counts = {column: Counter() for column in columns}
    for place, value, number in rows:
        counts[columns[place]]["" if value is None else str(value)] += number
    return counts


def split_values(counts: Counter[str]) -> Counter[str]:
    """Counts of single codes, from those of combinations with commas between."""
    single: Counter[str] = Counter()
    for value, number in counts.items():
        for code in value.split(","):
            single[code] += number
    return single
