"""Filters of the search page as conditions on entries that every engine understands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations

from django.db.models import Q

from catalogue_standards.enums import Level
from catalogue_standards.models import Domain, Organ
from search.models import Entry
from search.rows import codes
from search.validity import conditions as validity_conditions

NOTHING = Q(kind="")


def condition(name: str, code: str, day: date) -> Q:
    """The entries that filter `name` leaves for `code`; none for a code that means nothing.

    Organs and domains are looked up, channels compared with the combinations there are: at most one
    query each.
    """
    return _CONDITIONS[name](code, day)


def _organ(code: str, day: date) -> Q:
    found = Organ.objects.filter(code=code).values_list("pk", flat=True).first()
    return Q(organ=found) if found else NOTHING


def _domain(code: str, day: date) -> Q:
    found = Domain.objects.filter(code=code).values_list("pk", flat=True).first()
    return Q(domain=found) if found else NOTHING


def _year(code: str, day: date) -> Q:
    return Q(year=int(code)) if code.isascii() and code.isdigit() and len(code) == 4 else NOTHING


def _validity(code: str, day: date) -> Q:
    return {str(key): value for key, value in validity_conditions(day).items()}.get(code, NOTHING)


def _channel(code: str, day: date) -> Q:
    held = Entry.objects.order_by().values_list("channels", flat=True).distinct()
    return Q(channels__in=[value for value in held if code in value.split(",")])


def _level(code: str, day: date) -> Q:
    sizes = range(1, len(Level) + 1)
    held = [codes(levels) for size in sizes for levels in combinations(Level.values, size)]
    return Q(levels__in=[value for value in held if code in value.split(",")])


_CONDITIONS: dict[str, Callable[[str, date], Q]] = {
    "kind": lambda code, day: Q(kind=code),
    "domain": _domain,
    "organ": _organ,
    "stage": lambda code, day: Q(stage=code),
    "year": _year,
    "validity": _validity,
    "channel": _channel,
    "level": _level,
}
