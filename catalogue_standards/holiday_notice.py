"""The State Council's yearly notice on holidays (关于某年部分节假日安排的通知), read from its text.

A notice names, festival by festival, the days off (放假, 公休, 补休) and the weekend days that are
worked in exchange (上班). Its years are often left out; the weekday in brackets tells them.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from catalogue_standards.limits.text import with_digits

_CHINESE_YEAR = re.compile("([一二][〇零○OＯ一二三四五六七八九]{3})年")
_YEAR = re.compile(r"(\d{4})年[^\d。]{0,40}(?:节假日|假期|放假)")
_NOTES = r"(?:\((?P<{0}note>[^()]*)\))?"
_DATE = r"(?:(?P<{0}year>\d{{4}})年)?(?:(?P<{0}month>\d{{1,2}})月)?(?P<{0}day>\d{{1,2}})日"
_ONE = _DATE + _NOTES
_SPAN = re.compile(rf"{_ONE.format('a')}(?:(?:至|到|[-—–―~])+{_ONE.format('b')})?")
_DAYS = re.sub(r"\?P<\w+>", "?:", _SPAN.pattern)
_STATED = re.compile(
    rf"(?P<days>{_DAYS}(?:[、,和及](?:{_DAYS}))*),?(?:均|照常|正常)*"
    r"(?P<verb>放假|补休|上班)(?:调休|公休)*(?:,?共?(?P<count>\d{1,2})天)?"
)
_WEEKDAY = re.compile("(?:星期|周)([一二三四五六日天])")
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
# 公休日调至12月31日 moves a weekend day into a run of days off that the notice states by itself.
_MOVED = re.compile(rf"调[至到]{_DAYS}(?:[、和](?:{_DAYS}))*")
_ARRANGES = re.compile(rf"(?:{_DAYS}).*(?:放假|补休|上班)|(?:放假|补休|上班).*(?:{_DAYS})")
_LONGEST = 20  # days; no festival comes near it
_MOST_TEXT = 5000  # characters; real notices have about 700


def gettext_noop(message: str) -> str:
    """Mark a message for translation by whoever shows it; this module needs no Django."""
    return message


class NoticeError(ValueError):
    """The text is no notice, or contradicts itself.

    Show it as `gettext(error.message) % error.params`; it says what to check in the text.
    """

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message % params)
        self.message = message
        self.params = params


@dataclass(frozen=True)
class HolidayNotice:
    """The arrangement of one year; dates sorted, each once.

    `holidays` are the days that the notice itself states as off, ranges written out, weekend days
    inside a range included. Of 4月5日放假,与周末连休 it holds 5 April alone: the weekend that
    joins it is off anyway. `working_weekends` are the make-up days. Days of the end of the year
    before may be among both.
    """

    year: int
    holidays: list[date]
    working_weekends: list[date]

    def overrides(self) -> dict[date, bool]:
        """Whether each arranged day is worked, as WorkingCalendar takes it."""
        return dict.fromkeys(self.holidays, False) | dict.fromkeys(self.working_weekends, True)


def read_holiday_notice(text: str) -> HolidayNotice:
    """Read the pasted text of a notice.

    Raises NoticeError if the text is over-long, names no year or no day off, or if it contradicts itself: a
    date that does not exist or does not fall on the weekday given, a count of days that is not
    that of its dates, a day both off and worked, a make-up day that is no weekend day, a sentence
    on days off in words unknown.
    """
    if len(text) > _MOST_TEXT:
        raise NoticeError(
            gettext_noop(
                "The text is too long for a holiday notice. Paste the notice alone, at most"
                " %(most)s characters."
            ),
            most=_MOST_TEXT,
        )
    text = _tidy(text)
    found = _YEAR.search(text)
    if not found:
        raise NoticeError(
            gettext_noop(
                "This is not a holiday notice: no sentence says which year it arranges. Paste the"
                " whole notice of the State Council, with its title."
            )
        )
    year = int(found[1])
    off: set[date] = set()
    worked: set[date] = set()
    for sentence in re.split("[。;]", text):
        arranged = list(_STATED.finditer(sentence))
        if not arranged and _ARRANGES.search(sentence):
            raise NoticeError(
                gettext_noop(
                    "This sentence could not be read: “%(text)s”. Write it like"
                    " “5月1日至5日放假，共5天” or “5月9日（星期六）上班”."
                ),
                text=sentence,
            )
        for stated in arranged:
            days = list(_days(stated["days"], year))
            _check_count(stated, days)
            (worked if stated["verb"] == "上班" else off).update(days)
    _check(year, off, worked)
    return HolidayNotice(year, sorted(off), sorted(worked))


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    text = _CHINESE_YEAR.sub(lambda found: re.sub("[○O]", "〇", found[1]) + "年", text)
    return _MOVED.sub("", with_digits(text))


def _days(listed: str, year: int) -> Iterator[date]:
    month = None
    for span in _SPAN.finditer(listed):
        words = span.groupdict()
        month = words["amonth"] or month
        first = _date(words, "a", year, month)
        last = first
        if words["bday"]:
            month = words["bmonth"] or month
            last = _date(words, "b", year, month)
        if not 0 <= (last - first).days < _LONGEST:
            raise NoticeError(
                gettext_noop("“%(days)s” is no run of days off. Check its two dates."),
                days=span[0],
            )
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def _date(words: dict[str, str | None], end: str, year: int, month: str | None) -> date:
    """The date, of the year that its weekday fits where none is stated.

    A notice that goes into December means the one before its New Year's Day.
    """
    shown = f"{month or '?'}月{words[end + 'day']}日"
    stated = words[end + "year"]
    years = [int(stated)] if stated else [year - 1, year] if month == "12" else [year]
    weekday = _WEEKDAY.search(words[end + "note"] or "")
    candidates: list[date] = []
    for each in years:
        try:
            candidates.append(date(each, int(month or 0), int(words[end + "day"] or 0)))
        except ValueError:
            continue
    if not candidates:
        raise NoticeError(
            gettext_noop("There is no day %(day)s. Check this date in the notice."), day=shown
        )
    if not weekday:
        return candidates[0]
    for candidate in candidates:
        if candidate.weekday() == _WEEKDAYS[weekday[1]]:
            return candidate
    raise NoticeError(
        gettext_noop(
            "%(day)s is not a %(weekday)s in %(year)s. Check the date and the year in the notice."
        ),
        day=shown,
        weekday=weekday[0],
        year=candidates[-1].year,
    )


def _check_count(stated: re.Match[str], days: list[date]) -> None:
    if stated["count"] and int(stated["count"]) != len(days):
        raise NoticeError(
            gettext_noop("“%(text)s”: these are %(days)s days. Check the dates in the notice."),
            text=stated[0],
            days=len(days),
        )


def _check(year: int, off: set[date], worked: set[date]) -> None:
    if not off:
        raise NoticeError(
            gettext_noop(
                "No day off was found for %(year)s. Paste the whole notice of the State Council,"
                " with the sentences that say 放假 and 上班."
            ),
            year=year,
        )
    for day in sorted(off & worked):
        raise NoticeError(
            gettext_noop("%(day)s is both off and worked. Check this date in the notice."),
            day=day.isoformat(),
        )
    for day in sorted(worked):
        if day.weekday() < 5:
            raise NoticeError(
                gettext_noop(
                    "%(day)s is to be worked, but it is no Saturday or Sunday. Check this date in"
                    " the notice."
                ),
                day=day.isoformat(),
            )
