"""A state of the catalogue's table: everything that its address says, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue_standards.enums import Level
from catalogue_standards.models import Edition, EditionItem, ItemChannel, Organ, TimeLimit
from cms.obligations.public import Mark, items_marked

#: The filters in the order of the page; each is a parameter of the address.
FILTERS = ("domain", "organ", "limit", "channel", "level", "state", "q")
_LONGEST = 60


class Order(models.TextChoices):
    """`number` is the order of the catalogue itself."""

    NUMBER = "number", _("Order of the catalogue")
    NAME = "name", _("Name, by pinyin")
    LIMIT = "limit", _("Time limit, shortest first")
    ORGAN = "organ", _("Responsible organ, by pinyin")
    NEWEST = "newest", _("Newest disclosure first")


class Span(models.TextChoices):
    """How soon something must be public, in the steps that readers think in."""

    AT_ONCE = "at_once", _("At once or promptly")
    WEEK = "week", _("Within 7 days or working days")
    MONTH = "month", _("Within 20 working days or a month")
    LONGER = "longer", _("Within a longer time")
    PERIODIC = "periodic", _("By a fixed rhythm")
    PERMANENT = "permanent", _("Permanently")


def _within(**lengths: int) -> Q:
    found = Q(pk__in=[])
    for unit, most in lengths.items():
        found |= Q(unit=unit, amount__lte=most)
    return Q(kind="within") & found


_WEEK = _within(hour=24 * 7, day=7, working_day=7, week=1)
_MONTH = _within(day=31, working_day=20, week=4, month=1)
_SPANS: Mapping[str, Q] = {
    Span.AT_ONCE: Q(kind__in=("realtime", "prompt")),
    Span.WEEK: _WEEK,
    Span.MONTH: _MONTH & ~_WEEK,
    Span.LONGER: Q(kind="within") & ~_WEEK & ~_MONTH,
    Span.PERIODIC: Q(kind="periodic"),
    Span.PERMANENT: Q(kind="permanent"),
}


@dataclass(frozen=True)
class CatalogueQuery:
    """`chosen` holds the filters that were set; what an address cannot mean is left out."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    order: Order = Order.NUMBER
    backwards: bool = False

    @classmethod
    def from_address(cls, parameters: QueryDict) -> CatalogueQuery:
        given = {name: parameters.get(name, "").strip()[:_LONGEST] for name in FILTERS}
        sort = parameters.get("sort", "")
        order = sort.removeprefix("-")
        known = order in Order.values
        return cls(
            {name: value for name, value in given.items() if value and "\0" not in value},
            Order(order) if known else Order.NUMBER,
            known and sort.startswith("-"),
        )

    @property
    def sort(self) -> str:
        """The parameter of the address; "" for the order of the catalogue."""
        plain = self.order == Order.NUMBER and not self.backwards
        return "" if plain else f"{'-' if self.backwards else ''}{self.order}"

    def address(self, **extra: str) -> str:
        """The query string of this state, from its `?`, always in the same order; without the page."""
        pairs = [(name, self.chosen[name]) for name in FILTERS if name in self.chosen]
        pairs += [("sort", self.sort)] if self.sort else []
        return "?" + urlencode([*pairs, *extra.items()])

    def sorted_by(self, order: Order) -> CatalogueQuery:
        """As a click on a column's head: the other way round where it is sorted by it already."""
        backwards = order == self.order and not self.backwards
        return CatalogueQuery(self.chosen, order, backwards)

    def rows(self, edition: Edition | None) -> QuerySet[EditionItem]:
        """The items of `edition` that fit every filter; one query more where an organ is chosen."""
        rows: Any = EditionItem.objects.filter(edition=edition)
        for name, value in self.chosen.items():
            rows = _FILTERS[name](rows, value)
        return rows


def _organ(rows: Any, code: str) -> Any:
    organ = Organ.objects.filter(code=code).first()
    return rows.answered_by(organ) if organ else rows.none()


def _words(rows: Any, words: str) -> Any:
    for word in words.split():
        fits = Q(name__icontains=word) | Q(group__icontains=word) | Q(sub_name__icontains=word)
        rows = rows.filter(fits)
    return rows


def _with_part(rows: Any, parts: Any) -> Any:
    return rows.filter(pk__in=parts.values("edition_item"))


_FILTERS: Mapping[str, Any] = {
    "domain": lambda rows, code: rows.filter(edition_domain__domain__code=code),
    "organ": _organ,
    "limit": lambda rows, span: (
        _with_part(rows, TimeLimit.objects.filter(_SPANS[span])) if span in _SPANS else rows.none()
    ),
    "channel": lambda rows, code: _with_part(rows, ItemChannel.objects.filter(channel__code=code)),
    "level": lambda rows, level: (
        rows.filter(**{f"at_{level}": True}) if level in Level.values else rows.none()
    ),
    "state": lambda rows, mark: (
        rows.filter(item__in=items_marked(Mark(mark), timezone.now()))
        if mark in Mark.values
        else rows.none()
    ),
    "q": _words,
}
