"""In which order the items of the catalogue's table stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Max, QuerySet
from pypinyin import Style, lazy_pinyin

from catalogue_standards.models import EditionItem, ItemSubject, Obligation, TimeLimit
from cms.listings.catalogue_query import Order

#: Hours in a unit, as near as a comparison of lengths needs; a working day counts with its weekend.
_HOURS = {
    "hour": 1,
    "day": 24,
    "working_day": 34,
    "week": 168,
    "month": 730,
    "quarter": 2190,
    "half_year": 4380,
    "year": 8760,
}
_SOONEST = {"realtime": 0, "prompt": 1}
_LAST = 10**6

Key = Callable[[dict[str, Any]], Any]


def ordered(rows: QuerySet[EditionItem], order: Order, backwards: bool) -> list[int]:
    """The keys of `rows` in this order, ties in that of the catalogue; at most two queries."""
    fields = ("pk", "item", "name", "sub_name")
    found = list(rows.order_by("edition_domain__position", "position").values(*fields))
    if order != Order.NUMBER:
        found.sort(key=_KEYS[order](rows), reverse=backwards)
    elif backwards:
        found.reverse()
    return [row["pk"] for row in found]


def _by_name(rows: QuerySet[EditionItem]) -> Key:
    return lambda row: sounds(f"{row['name']}{row['sub_name']}")


def _by_organ(rows: QuerySet[EditionItem]) -> Key:
    lead: dict[int, str] = {}
    subjects = ItemSubject.objects.filter(edition_item__in=rows.order_by().values("pk"))
    for subject in subjects.select_related("organ").order_by("sort_order"):
        lead.setdefault(subject.edition_item_id, str(subject))
    return lambda row: sounds(lead.get(row["pk"], ""))


def _by_limit(rows: QuerySet[EditionItem]) -> Key:
    shortest: dict[int, int] = {}
    limits = TimeLimit.objects.filter(edition_item__in=rows.order_by().values("pk"))
    for item, kind, amount, unit in limits.values_list("edition_item", "kind", "amount", "unit"):
        length = _SOONEST.get(kind, _LAST)
        if kind in ("within", "periodic"):
            length = (amount or 1) * _HOURS.get(unit, _LAST)
        shortest[item] = min(length, shortest.get(item, _LAST))
    return lambda row: shortest.get(row["pk"], _LAST + 1)


def _by_newest(rows: QuerySet[EditionItem]) -> Key:
    known = Obligation.objects.filter(
        item__in=rows.order_by().values("item"), newest_on__isnull=False
    )
    newest = dict(known.order_by().values_list("item").annotate(on=Max("newest_on")))
    return lambda row: -newest[row["item"]].toordinal() if row["item"] in newest else 0


def sounds(text: str) -> list[str]:
    """`text` by its pinyin, the way a Chinese reader looks a name up."""
    return lazy_pinyin(text, style=Style.TONE3)


_KEYS: dict[Order, Callable[[QuerySet[EditionItem]], Key]] = {
    Order.NAME: _by_name,
    Order.ORGAN: _by_organ,
    Order.LIMIT: _by_limit,
    Order.NEWEST: _by_newest,
}
