"""The rows of an edition as cells of text: what the official table shows, ready to be compared.

A whole edition takes the same number of queries however many items it has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from catalogue_standards.enums import Audience, Level, Method, Stage, SubjectGroup
from catalogue_standards.limit_words import in_words, rhythm_in_words
from catalogue_standards.limits import Clause
from catalogue_standards.models import (
    ContentElement,
    ItemBasis,
    ItemChannel,
    ItemSubject,
    TimeLimit,
)
from catalogue_standards.models.items import full_name

LABELS = {
    "group": _("First-level item"),
    "name": _("Item name"),
    "content": _("Content elements"),
    "basis": _("Legal basis"),
    "time_limit": _("Time limit"),
    "counted": _("Time limit, as counted"),
    "rhythm": _("Rhythm"),
    "subject": _("Responsible organs"),
    "channels": _("Channels"),
    "audience": _("Audience"),
    "method": _("Method"),
    "levels": _("Levels"),
    "stage": _("Stage"),
    "notes": _("Further columns"),
}

#: Notes on where a row of the starter edition came from; they say nothing of the duty.
PROVENANCE_NOTES = frozenset({"source", "mended"})


@dataclass(frozen=True)
class ItemCells:
    """One item: its identity, its place, and its cells by the keys of LABELS.

    A cell with several entries has one on each line.
    """

    entry_id: int
    item_id: int
    domain_id: int
    domain_name: str
    domain_position: int
    position: int
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.cells["name"]


def item_cells(entries: QuerySet[Any]) -> list[ItemCells]:
    """The cells of `entries`, a queryset of EditionItem, in the order of the catalogue."""
    rows = entries.order_by("edition_domain__position", "position").values(*_COLUMNS)
    parts = _parts(entries)
    labels = _labels()
    return [
        ItemCells(
            entry_id=row["pk"],
            item_id=row["item"],
            domain_id=row["edition_domain__domain"],
            domain_name=row["edition_domain__name"],
            domain_position=row["edition_domain__position"],
            position=row["position"],
            cells=_own_cells(row, labels)
            | {name: lines.get(row["pk"], "") for name, lines in parts.items()},
        )
        for row in rows
    ]


_LEVELS = {Level.COUNTY: "at_county", Level.TOWNSHIP: "at_township", Level.VILLAGE: "at_village"}
_COLUMNS = (
    "pk", "item", "edition_domain__domain", "edition_domain__name", "edition_domain__position",
    "position", "group", "name", "sub_name", "time_limit_text", "audience", "audience_group",
    "method", "stage", "notes", "rhythm_period", "rhythm_pieces", "newest_days",
    *_LEVELS.values(),
)  # fmt: skip


def _labels() -> dict[str, str]:
    """The words of every closed vocabulary in the reader's language, looked up once for all rows."""
    return {
        value: str(label)
        for kind in (Audience, Method, Stage, Level)
        for value, label in kind.choices
    }


def _own_cells(row: dict[str, Any], labels: dict[str, str]) -> dict[str, str]:
    audience, group = labels[row["audience"]], row["audience_group"]
    levels = (labels[level] for level, column in _LEVELS.items() if row[column])
    return {
        "group": row["group"],
        "name": full_name(row["name"], row["sub_name"]),
        "time_limit": row["time_limit_text"],
        "rhythm": "\n".join(
            rhythm_in_words(row["rhythm_period"], row["rhythm_pieces"], row["newest_days"])
        ),
        "audience": f"{audience}：{group}" if group else audience,
        "method": labels[row["method"]],
        "levels": "、".join(levels),
        "stage": labels[row["stage"]] if row["stage"] else "",
        "notes": "\n".join(
            f"{key}：{value}"
            for key, value in sorted(row["notes"].items())
            if key not in PROVENANCE_NOTES
        ),
    }


def _parts(entries: QuerySet[Any]) -> dict[str, dict[int, str]]:
    wanted = entries.order_by().values("pk")

    def of(model: Any, *fields: str) -> Iterable[tuple[Any, ...]]:
        # Databases disagree on where rows without an order stand.
        order = ("edition_item", F("sort_order").asc(nulls_first=True), "pk")
        rows = model.objects.filter(edition_item__in=wanted).order_by(*order)
        return rows.values_list("edition_item", *fields)

    return {
        "content": _lines((pk, text) for pk, text in of(ContentElement, "text")),
        "basis": _lines(
            (pk, f"《{title}》{article}")
            for pk, title, article in of(ItemBasis, "basis__title", "article")
        ),
        "subject": _lines(
            (pk, organ or str(SubjectGroup(group).label))
            for pk, organ, group in of(ItemSubject, "organ__name", "group")
        ),
        "channels": _lines(
            (pk, f"{'■' if required else '□'}{name}")
            for pk, required, name in of(ItemChannel, "required", "channel__name")
        ),
        "counted": _lines(_counted(of(TimeLimit, "kind", "amount", "unit", "trigger", "scope"))),
    }


def _counted(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, str]]:
    # Thousands of items share a handful of limits; each is put into words once.
    words: dict[tuple[Any, ...], str] = {}
    for pk, *clause in rows:
        key = tuple(clause)
        if key not in words:
            words[key] = in_words(Clause(*clause))
        yield pk, words[key]


def _lines(pairs: Iterable[tuple[int, str]]) -> dict[int, str]:
    lines: dict[int, list[str]] = defaultdict(list)
    for pk, text in pairs:
        lines[pk].append(text)
    return {pk: "\n".join(texts) for pk, texts in lines.items()}
