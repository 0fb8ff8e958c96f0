"""Limits kept and missed in the last year, by domain and by organ."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue_standards.models import Due, EditionItem, Organ
from cms.figures.bars import Part, stacked
from cms.obligations.matrix import domains_in_force

KEPT, LATE, MISSED = _("In time"), _("Late"), _("Overdue, not yet public")


@dataclass(frozen=True)
class Kept:
    """Due dates that are over: met in time, met late, and not met yet."""

    kept: int = 0
    late: int = 0
    missed: int = 0

    @property
    def total(self) -> int:
        return self.kept + self.late + self.missed

    @property
    def percent(self) -> int:
        return round(100 * self.kept / self.total) if self.total else 0

    def __add__(self, other: Kept) -> Kept:
        return Kept(self.kept + other.kept, self.late + other.late, self.missed + other.missed)

    def parts(self, longest: int = 0) -> list[Part]:
        """Along a bar whose whole length stands for `longest`, or for all of these."""
        numbers = [("kept", KEPT, self.kept), ("late", LATE, self.late)]
        return stacked([*numbers, ("missed", MISSED, self.missed)], longest or self.total)


@dataclass(frozen=True)
class LimitRow:
    """A domain or an organ; `address` is its list in the catalogue."""

    name: str
    address: str
    kept: Kept
    parts: list[Part]


@dataclass(frozen=True)
class Limits:
    total: Kept
    domains: list[LimitRow]
    organs: list[LimitRow]


def limits(catalogue: str) -> Limits:
    """What the public is told of due dates that are over; four queries.

    They reach as far back as due dates are kept (catalogue_standards.duties.clocks.HORIZON).
    """
    domains = {row.pk: row for row in domains_in_force()}
    by_domain: dict[int, Kept] = defaultdict(Kept)
    by_organ: dict[int, Kept] = defaultdict(Kept)
    for organ, domain, kept in counted():
        by_organ[organ] += kept
        if domain in domains:
            by_domain[domain] += kept
    organs = Organ.objects.in_use().filter(pk__in=by_organ)
    return Limits(
        sum(by_organ.values(), Kept()),
        _rows(
            (row.name, f"{catalogue}?{urlencode({'domain': row.domain.code})}", by_domain[pk])
            for pk, row in domains.items()
            if pk in by_domain
        ),
        _rows(
            (row.short_name, f"{catalogue}?{urlencode({'organ': row.code})}", by_organ[row.pk])
            for row in organs
        ),
    )


def all_limits() -> Kept:
    """Every domain and organ in one figure; one query."""
    return Kept(**Due.objects.told().filter(_over()).aggregate(**_figures()))


def counted() -> list[tuple[int, int | None, Kept]]:
    """(organ, domain of the edition in force, figures); one query."""
    place = EditionItem.objects.in_force().filter(item=OuterRef("item"))
    rows: Any = (
        Due.objects.told()
        .filter(_over())
        .order_by()
        .annotate(place=Subquery(place.values("edition_domain")[:1]))
        .values("organ", "place")
        .annotate(**_figures())
    )
    return [
        (row["organ"], row["place"], Kept(row["kept"], row["late"], row["missed"])) for row in rows
    ]


def _over() -> Q:
    return Q(fulfilled_on=None, closes_at__lte=timezone.now()) | Q(fulfilled_on__isnull=False)


def _figures() -> dict[str, Count]:
    return {
        "kept": Count("pk", filter=Q(fulfilled_on__lte=F("due_on"))),
        "late": Count("pk", filter=Q(fulfilled_on__gt=F("due_on"))),
        "missed": Count("pk", filter=Q(fulfilled_on=None)),
    }


def _rows(told: Any) -> list[LimitRow]:
    found = list(told)
    longest = max((kept.total for _name, _address, kept in found), default=0)
    return [
        LimitRow(name, address, kept, kept.parts(longest))
        for name, address, kept in found
        if kept.total
    ]
