"""When a clause of a time limit falls due, and how late a publication is.

Working-day limits end on a working day. Limits in plain days, weeks, months or years whose last
day is not worked end on the next working day (民法典 Art 203). Hour limits run through nights and
holidays. Three kinds of limit are never moved: one before an event, since that would shorten the
notice; a named day (每年1月31日前); and the end of a calendar period, since a monthly update that
comes in the next month is not monthly.
"""

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from catalogue_standards.limits import Clause
from catalogue_standards.working_days import SHANGHAI, WorkingCalendar, local_day

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """A day, or for hour limits a moment in China's time; provisional (暂定) if it may yet move."""

    at: date | datetime
    provisional: bool = False

    @property
    def day(self) -> date:
        """The day in China on which it ends."""
        return local_day(self.at)

    @property
    def closes_at(self) -> datetime:
        """The first moment that is too late: for a day, the midnight after it."""
        if isinstance(self.at, datetime):
            return self.at
        return datetime.combine(self.at + _DAY, time(), SHANGHAI)


def due(clause: Clause, trigger_at: date | datetime, calendar: WorkingCalendar) -> Deadline | None:
    """The deadline of `clause` when its trigger happens at `trigger_at`.

    `trigger_at` is the event itself for within and before, the start of the showing for display,
    and for periodic the day from which on the next due day is sought (or, where the period is no
    calendar period, such as 每20个工作日, the last publication). Naive datetimes are China's time.
    None for kinds without a deadline: realtime, prompt, permanent, same_as_above.

    Raises ValueError for an amount or unit missing or unknown, and for an hour limit whose
    event has a day only: then ask for the time of day.
    """
    if clause.kind == "periodic":
        return _next_period_end(clause, local_day(trigger_at), calendar)
    if clause.kind not in ("within", "before", "display"):
        return None
    if not clause.amount or not clause.unit:
        raise ValueError(f"A clause of the kind {clause.kind} needs an amount and a unit")
    amount = -clause.amount if clause.kind == "before" else clause.amount
    if clause.unit == "hour":
        return Deadline(_moment(trigger_at) + timedelta(hours=amount))
    return _counted(local_day(trigger_at), amount, clause.unit, calendar)


def lateness(deadline: Deadline, published_at: date | datetime, calendar: WorkingCalendar) -> int:
    """Working days by which `published_at` misses `deadline`: 0 in time, else at least 1.

    Whatever is late counts as one working day, be it by an hour or over a weekend. A publication
    known by its day only is in time on the day on which the deadline ends.
    """
    if isinstance(published_at, datetime) and isinstance(deadline.at, datetime):
        late = _moment(published_at) > deadline.at
    else:
        late = local_day(published_at) > deadline.day
    if not late:
        return 0
    return max(1, calendar.working_days_between(deadline.day, published_at).days)


def periods(
    clause: Clause, start: date, end: date, calendar: WorkingCalendar | None = None
) -> Iterator[Deadline]:
    """The due days of a periodic clause from `start` to `end`, both included, in order.

    `calendar` defaults to the packaged arrangements. Raises ValueError for any other kind.
    """
    if clause.kind != "periodic":
        raise ValueError(f"A clause of the kind {clause.kind} has no periods")
    calendar = calendar or WorkingCalendar()
    deadline = _next_period_end(clause, start, calendar)
    while deadline.day <= end:
        yield deadline
        after = deadline.day + _DAY if _is_calendar_period(clause) else deadline.day
        deadline = _next_period_end(clause, after, calendar)


def _moment(at: date | datetime) -> datetime:
    if not isinstance(at, datetime):
        raise ValueError("An hour limit needs the time of day of its event")
    return at.replace(tzinfo=SHANGHAI) if at.tzinfo is None else at.astimezone(SHANGHAI)


def _counted(day: date, amount: int, unit: str, calendar: WorkingCalendar) -> Deadline:
    if unit == "working_day":
        return Deadline(*calendar.add_working_days(day, amount))
    if unit in _DAYS:
        last = day + timedelta(days=amount * _DAYS[unit])
    elif unit in _MONTHS:
        last = _months_on(day, amount * _MONTHS[unit])
    else:
        raise ValueError(f"Unknown unit of a time limit: {unit}")
    return Deadline(last) if amount < 0 else Deadline(*calendar.next_working_day(last))


def _months_on(day: date, number: int) -> date:
    """The same day so many months on, or the month's last where it has no such day (Art 202)."""
    years, month = divmod(day.month - 1 + number, 12)
    return _on_day(day.year + years, month + 1, day.day)


def _on_day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, months.monthrange(year, month)[1]))


def _is_calendar_period(clause: Clause) -> bool:
    return bool(clause.trigger) or clause.amount == 1


def _next_period_end(clause: Clause, day: date, calendar: WorkingCalendar) -> Deadline:
    if not clause.amount or not clause.unit:
        raise ValueError("A periodic clause needs an amount and a unit")
    if not _is_calendar_period(clause):
        return _counted(day, clause.amount, clause.unit, calendar)
    if clause.trigger:
        return Deadline(_next_named_day(clause.trigger, day))
    if clause.unit == "working_day":
        return Deadline(*calendar.next_working_day(day))
    if clause.unit == "day":
        return Deadline(day)
    if clause.unit == "week":
        return Deadline(day + _DAY * (6 - day.weekday()))
    if clause.unit not in _MONTHS:
        raise ValueError(f"Unknown period of a time limit: {clause.unit}")
    length = _MONTHS[clause.unit]
    last_month = (day.month + length - 1) // length * length
    return Deadline(_on_day(day.year, last_month, 31))


def _next_named_day(named: str, day: date) -> date:
    """The next "MM-DD" of a year or "DD" of a month on or after `day`."""
    *month, number = (int(part) for part in named.split("-"))
    candidate = _on_day(day.year, month[0] if month else day.month, number)
    if candidate >= day:
        return candidate
    following = _months_on(candidate.replace(day=1), 12 if month else 1)
    return _on_day(following.year, following.month, number)
