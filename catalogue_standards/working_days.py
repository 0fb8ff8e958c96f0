"""Chinese working days: weekends, holidays and make-up days (调休), year by year.

Counting follows 民法典 Art 201-203: the day of the event is not counted and a limit ends at the
close of its last day. chinesecalendar holds the State Council's arrangements of past years; a
year that it lacks is entered from the notice. Until then its days are counted on weekends only
and every result that rests on them is provisional (暂定).
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

import chinese_calendar
from chinese_calendar.constants import holidays as _known_holidays
from chinese_calendar.constants import workdays as _known_workdays

SHANGHAI = ZoneInfo("Asia/Shanghai")
PACKAGED_YEARS = frozenset(day.year for day in _known_holidays)
#: The weekdays off and the weekends worked of these years.
_PACKAGED_DAYS = frozenset({*_known_holidays, *_known_workdays})
_DAY = timedelta(days=1)


class CountedDay(NamedTuple):
    """A day found by counting; provisional if a year on the way has no arrangement yet."""

    date: date
    provisional: bool


class DayCount(NamedTuple):
    """A number of working days; provisional if a year on the way has no arrangement yet."""

    days: int
    provisional: bool


def local_day(moment: date | datetime) -> date:
    """The day in China at `moment`; a naive datetime is taken to be China's time."""
    if not isinstance(moment, datetime):
        return moment
    return (moment if moment.tzinfo is None else moment.astimezone(SHANGHAI)).date()


@lru_cache(maxsize=10_000)
def _packaged(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


class WorkingCalendar:
    """Says which days are worked.

    `overrides` maps single days to whether they are worked, and comes before all else: a notice
    may arrange days of the year before its own. `covered_years` are the years whose arrangement
    the overrides hold in full; in these the package is not asked.
    """

    def __init__(
        self,
        overrides: Mapping[date, bool] = MappingProxyType({}),
        covered_years: Collection[int] = (),
    ) -> None:
        self._overrides = dict(overrides)
        self._entered = frozenset(covered_years)

    def covers(self, year: int) -> bool:
        """Whether the arrangement of `year` is known."""
        return year in self._entered or year in PACKAGED_YEARS

    def is_working_day(self, day: date | datetime) -> bool:
        """Whether `day` is worked; in a year without an arrangement, whether it is a weekday."""
        day = local_day(day)
        if day in self._overrides:
            return self._overrides[day]
        if day.year in PACKAGED_YEARS - self._entered:
            return _packaged(day)
        return day.weekday() < 5

    def add_working_days(self, day: date | datetime, number: int) -> CountedDay:
        """The `number`-th working day after `day`, which itself is not counted.

        A negative number counts back from `day`; 0 gives `day`, worked or not.
        """
        first = reached = local_day(day)
        step = _DAY if number >= 0 else -_DAY
        left = abs(number)
        while left:
            reached += step
            left -= self.is_working_day(reached)
        return CountedDay(reached, number != 0 and self._rests_on_guess(first + step, reached))

    def next_working_day(self, day: date | datetime) -> CountedDay:
        """`day` itself if it is worked, else the first working day after it."""
        first = reached = local_day(day)
        while not self.is_working_day(reached):
            reached += _DAY
        return CountedDay(reached, self._rests_on_guess(first, reached))

    def working_days_between(self, start: date | datetime, end: date | datetime) -> DayCount:
        """The working days after `start` up to and including `end`; negative if `end` is earlier.

        The inverse of `add_working_days`: counting the result from `start` leads back to `end`
        whenever `end` is a working day on or after `start`.
        """
        first, last = local_day(start), local_day(end)
        if last < first:
            back = self.working_days_between(last, first)
            return DayCount(-back.days, back.provisional)
        if last == first:
            return DayCount(0, False)
        worked = self._worked_until(last) - self._worked_until(first)
        return DayCount(worked, self._rests_on_guess(first + _DAY, last))

    def without(self, holidays: Iterable[date]) -> "WorkingCalendar":
        """This calendar with more days off, such as a local holiday."""
        return WorkingCalendar(self._overrides | dict.fromkeys(holidays, False), self._entered)

    def _worked_until(self, day: date) -> int:
        """The working days of all years up to and including `day`, by the weekdays and what differs."""
        changes, sums = self._differences
        weeks, rest = divmod(day.toordinal(), 7)
        # Ordinal 1 is a Monday.
        return 5 * weeks + min(rest, 5) + sums[bisect_right(changes, day)]

    @cached_property
    def _differences(self) -> tuple[list[date], list[int]]:
        """The days that are not what their weekday says, and the sum of these differences before each."""
        packaged = PACKAGED_YEARS - self._entered
        special = {day for day in _PACKAGED_DAYS if day.year in packaged} | set(self._overrides)
        differing = [
            (day, difference)
            for day in sorted(special)
            if (difference := self.is_working_day(day) - (day.weekday() < 5))
        ]
        sums = accumulate((difference for _day, difference in differing), initial=0)
        return [day for day, _difference in differing], list(sums)

    def _rests_on_guess(self, one: date, other: date) -> bool:
        first, last = sorted((one.year, other.year))
        return not all(self.covers(year) for year in range(first, last + 1))
