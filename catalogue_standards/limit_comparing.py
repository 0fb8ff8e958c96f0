"""Whether one time limit is tighter than another: what a township may do, and what a revision does.

Limits are compared by the days on which they end, over a whole year of starting days, so that
working days, plain days and months are weighed against each other as the calendar has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from catalogue_standards.deadlines import due
from catalogue_standards.enums import LimitKind
from catalogue_standards.limits import Clause
from catalogue_standards.models import TimeLimit
from catalogue_standards.working_days import WorkingCalendar

#: A year whose arrangement of holidays is known to the packaged calendar.
_YEAR = 2026
_COUNTED = (LimitKind.WITHIN, LimitKind.BEFORE, LimitKind.DISPLAY, LimitKind.PERIODIC)
_ANY_EVENT = ("", None, "unspecified", "event")


def clause_of(limit: TimeLimit) -> Clause:
    """A stored clause as one that can be counted."""
    return Clause(
        kind=limit.kind,
        amount=limit.amount,
        unit=limit.unit or None,
        trigger=limit.trigger or None,
        scope=limit.scope or None,
    )


def is_shortened(old: Iterable[Clause], new: Iterable[Clause]) -> bool:
    """Whether some clause of `new` ends earlier than the one of `old` for the same content."""
    before = {each.scope: each for each in old if each.kind == LimitKind.WITHIN}
    for clause in new:
        former = before.get(clause.scope) or before.get(None)
        if clause.kind == LimitKind.WITHIN and former and _order(clause, former) < 0:
            return True
    return False


def is_no_looser(own: Sequence[Clause], county: Sequence[Clause]) -> bool:
    """Whether `own` keeps every clause of `county`, or a tighter one in its place."""
    return all(any(_keeps(mine, clause) for mine in own) for clause in county)


def _keeps(mine: Clause, county: Clause) -> bool:
    if mine.scope not in (None, county.scope):
        return False
    if county.kind == LimitKind.PROMPT:
        return mine.kind in (LimitKind.PROMPT, LimitKind.WITHIN, LimitKind.REALTIME)
    if mine.kind == LimitKind.REALTIME and county.kind == LimitKind.WITHIN:
        return True
    if mine.kind != county.kind:
        return False
    if mine.kind not in _COUNTED:
        return True
    if county.kind != LimitKind.PERIODIC and not _same_event(mine, county):
        return False
    return _order(mine, county) <= 0


def _same_event(mine: Clause, county: Clause) -> bool:
    return mine.trigger == county.trigger or mine.trigger in _ANY_EVENT


@lru_cache(maxsize=2_000)
def _order(one: Clause, other: Clause) -> int:
    """-1 when `one` is tighter, 0 when they are alike, 1 when it is looser on any day of the year."""
    if "hour" in (one.unit, other.unit):
        return _by_hours(one, other)
    looser = tighter = False
    longer_is_tighter = one.kind == LimitKind.DISPLAY
    for mine, theirs in zip(_ends(one), _ends(other), strict=True):
        later = mine < theirs if longer_is_tighter else mine > theirs
        looser |= later
        tighter |= mine != theirs and not later
    return 1 if looser else -1 if tighter else 0


def _by_hours(one: Clause, other: Clause) -> int:
    hours = [_shortest_hours(each) for each in (one, other)]
    return (hours[0] > hours[1]) - (hours[0] < hours[1])


def _shortest_hours(clause: Clause) -> int:
    # A limit in days may be met until the end of its last day: a day and its next are at stake.
    days = {"hour": 0, "day": 1, "working_day": 1, "week": 7, "month": 28}
    amount = clause.amount or 0
    if clause.unit == "hour":
        return amount
    return amount * days.get(clause.unit or "", 90) * 24


@lru_cache(maxsize=500)
def _ends(clause: Clause) -> tuple[date, ...]:
    calendar = _calendar()
    first = date(_YEAR, 1, 1)
    found = (due(clause, first + timedelta(days=n), calendar) for n in range(0, 365, 5))
    return tuple(deadline.day for deadline in found if deadline)


@lru_cache(maxsize=1)
def _calendar() -> WorkingCalendar:
    return WorkingCalendar()
