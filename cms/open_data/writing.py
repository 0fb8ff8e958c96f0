"""Rows as CSV, JSON, Atom and RSS."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any
from unicodedata import category

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _

from cms.open_data.lists import Field, Row

FEEDS: dict[str, type[Atom1Feed] | type[Rss201rev2Feed]] = {
    "atom": Atom1Feed,
    "rss": Rss201rev2Feed,
}
#: The mark by which Excel knows UTF-8.
BYTE_ORDER_MARK = "\ufeff"
# A spreadsheet would take a cell that begins so for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file whose write gives back what is written."""

    def write(self, text: str) -> str:
        return text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table line by line, in UTF-8 for Excel as well; no cell is taken for a formula."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow(header)
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


def csv_of(fields: Sequence[Field], rows: Iterable[Row]) -> Iterator[str]:
    header = [str(field.label) for field in fields]
    return csv_lines(header, ([as_text(row[field.name]) for field in fields] for row in rows))


def as_text(value: Any) -> str:
    """How a table writes a value: days as 2026-03-01, moments with China's time, lists by ；."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, list):
        return "；".join(value)
    return str(value)


def as_json(row: Row) -> Row:
    """The same row of texts, numbers and lists; moments with their offset (RFC 3339)."""
    return {name: _json_value(value) for name, value in row.items()}


def feed_of(
    kind: str, head: dict[str, Any], entries: Iterable[tuple[str, str, Any, str]]
) -> tuple[str, str]:
    """The feed as text, and its type; an entry is its title, summary, date and address.

    `head` has the keys title, link, description and feed_url.
    """
    feed = FEEDS[kind](language="zh-cn", **head | {"title": printable(head["title"])})
    for title, summary, at, url in entries:
        feed.add_item(
            title=printable(title),
            link=url,
            description=printable(summary),
            pubdate=_moment(at),
            updateddate=_moment(at),
            unique_id=url,
        )
    return feed.writeString("utf-8"), str(feed.content_type)


def printable(text: str) -> str:
    """Without what XML has no place for, whatever a piece may hold."""
    return "".join(
        char for char in text if char in "\t\n" or category(char) not in ("Cc", "Cs", "Cn")
    )


def _cell(value: str) -> str:
    return "'" + value if value.startswith(_FORMULA_STARTS) else value


def _json_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def _moment(at: Any) -> datetime | None:
    if at is None or isinstance(at, datetime):
        return at
    return timezone.make_aware(datetime.combine(at, time.min))
