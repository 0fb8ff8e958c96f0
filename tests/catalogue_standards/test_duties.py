"""Which clocks an item has, and what falls due by them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue_standards.duties.clocks import Duty, dues_of, dues_of_policies
from catalogue_standards.duties.facts import Announcement, Piece, Tally
from catalogue_standards.duties.plan import plan_of
from catalogue_standards.editing import read_limits
from catalogue_standards.enums import Clock, Counting
from catalogue_standards.models import EditionItem, Occasion
from catalogue_standards.working_days import SHANGHAI, WorkingCalendar

CALENDAR = WorkingCalendar()


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}" if len(text) < 6 else text)


def plan(limit: str = "", period: str = "", pieces: int = 1, newest: int | None = None):
    entry = EditionItem(
        time_limit_text=limit, rhythm_period=period, rhythm_pieces=pieces, newest_days=newest
    )
    read_limits(entry)
    return plan_of(entry)


def piece(number: int, formed: str, *published: str) -> Piece:
    return Piece(1, 1, f"page-{number}", f"第{number}条", day(formed), tuple(map(day, published)))


def told(plan, pieces=(), occasions=(), begins="01-01", today="05-20", calendar=CALENDAR):
    """The due dates as (from, due, met) in words short enough for a table."""
    newest = [p.published[-1] for p in pieces if p.published]
    tally = Tally(len(newest), max(newest, default=None))
    duty = Duty(1, 1, day(begins), day(today))
    return [
        f"{due.since:%m-%d} {due.due_on:%m-%d} {due.fulfilled_on or '—'}".replace("2026-", "")
        for due in dues_of(plan, duty, pieces, occasions, tally, calendar)
    ]


@pytest.mark.parametrize(
    ("item", "counting"),
    [
        (plan("信息形成之日起20个工作日内"), Counting.EVENT),
        (plan("处罚决定：作出行政决定之日起7个工作日内；其他内容：长期公开"), Counting.EVENT),
        (plan("每月更新"), Counting.PERIODIC),
        (plan("及时公开"), Counting.OPEN),
        (plan("实时公开"), Counting.OPEN),
        (plan("公示时间不得少于7日"), Counting.OPEN),
        (plan("批准后20内"), Counting.UNREAD),
        (plan(""), Counting.UNREAD),
        (plan("及时公开", newest=90), Counting.PERIODIC),
        (plan("20个工作日内", period="quarter"), Counting.PERIODIC),
    ],
)
def test_how_due_dates_come_about(item, counting):
    assert item.counting == counting


@pytest.mark.parametrize(
    ("item", "pieces", "expected"),
    [
        # From pieces: 20 May is a Wednesday; a draft waits, a published piece is met or late.
        (plan("20个工作日内"), [piece(1, "05-20")], ["05-20 06-17 —"]),
        (plan("20个工作日内"), [piece(1, "04-15", "05-11")], ["04-15 05-15 05-11"]),
        (plan("20日内"), [piece(1, "04-13", "05-19")], ["04-13 05-06 05-19"]),
        # An hour limit with a day only: counted from the end of the day.
        (plan("24小时内"), [piece(1, "05-19")], ["05-19 05-21 —"]),
        # The emergency is the special case; what is known of a piece is its day.
        (plan("突发事件发生后5小时内；其他信息形成之日起20个工作日内"), [piece(1, "05-20")], ["05-20 06-17 —"]),
        (plan("处罚决定：作出行政决定之日起7个工作日内"), [piece(1, "05-20")], []),
        (plan("及时公开"), [piece(1, "05-20")], []),
        # By periods: those that ended, the present one, and once it is met the next.
        (plan("每月更新"), [], ["01-01 01-31 —", "02-01 02-28 —", "03-01 03-31 —", "04-01 04-30 —", "05-01 05-31 —"]),
        (plan("每季度公布一次"), [piece(1, "03-01", "03-02")], ["01-01 03-31 03-02", "04-01 06-30 —"]),
        (plan("每季度公布一次"), [piece(1, "04-02", "04-02")], ["01-01 03-31 04-02", "04-01 06-30 04-02", "07-01 09-30 —"]),
        # A list that is brought up to date in place counts again.
        (plan("每季度公布一次"), [piece(1, "01-04", "01-04", "05-06")], ["01-01 03-31 01-04", "04-01 06-30 05-06", "07-01 09-30 —"]),
        (plan("每年3月31日前"), [piece(1, "02-01", "02-02")], ["01-01 03-31 02-02", "01-01 03-31 —"]),
        (plan("每月10日前公布"), [piece(1, "04-01", "04-20")], ["01-01 01-10 04-20", "02-01 02-10 04-20", "03-01 03-10 04-20", "04-01 04-10 04-20", "05-01 05-10 —", "06-01 06-10 —"]),
        (plan("每20个工作日更新"), [piece(1, "04-15", "04-15")], ["04-15 05-15 —"]),
        (plan("每20个工作日更新"), [], ["01-01 01-29 —"]),
        # At least so many in each period, whenever in it.
        (plan(period="half_year", pieces=2), [piece(1, "01-05", "01-06")], ["01-01 06-30 —"]),
        (plan(period="half_year", pieces=2), [piece(1, "01-05", "01-06"), piece(2, "05-05", "05-06")], ["01-01 06-30 05-06", "07-01 12-31 —"]),
        # Age of the newest.
        (plan(newest=90), [piece(1, "03-01", "03-02")], ["03-02 05-31 —"]),
        (plan(newest=90), [], ["01-01 04-01 —"]),
        # Limit and rhythm run side by side.
        (plan("20个工作日内", period="year"), [piece(1, "05-20")], ["05-20 06-17 —", "01-01 12-31 —"]),
    ],
)  # fmt: skip
def test_what_falls_due(item, pieces, expected):
    assert told(item, pieces) == expected


def test_a_new_item_owes_nothing_for_the_time_before_it_was_listed():
    assert told(plan("每月更新"), begins="04-10") == ["04-01 04-30 —", "05-01 05-31 —"]


def test_of_a_short_period_only_the_last_are_told():
    assert told(plan("每个工作日更新"))[-1] == "05-20 05-20 —"
    assert len(told(plan("每个工作日更新"))) < 20


URGENT = plan("突发事件发生后5小时内；其他信息形成之日起20个工作日内")


@pytest.mark.parametrize(
    ("occasion", "closes"),
    [
        (Occasion(pk=1, happened_on=day("05-19"), happened_at=time(22)), "2026-05-20 03:00"),
        (Occasion(pk=1, happened_on=day("05-19")), "2026-05-20 05:00"),
        (Occasion(pk=1, happened_on=day("05-20"), scope="其他信息"), "2026-06-18 00:00"),
        (Occasion(pk=1, happened_on=day("05-20"), scope="是去年的说法"), "2026-06-18 00:00"),
    ],
)
def test_an_event_is_counted_by_the_clause_that_was_chosen(occasion, closes):
    duty = Duty(1, 1, day("01-01"), day("05-20"))
    (found,) = dues_of(URGENT, duty, [], [occasion], Tally(), CALENDAR)
    assert found.closes_at == datetime.fromisoformat(closes).replace(tzinfo=SHANGHAI)


def test_one_piece_answers_one_event():
    events = [Occasion(pk=n, happened_on=day(d)) for n, d in ((1, "04-01"), (2, "04-02"))]
    answered = piece(7, "04-03", "04-07")
    assert told(plan("20个工作日内"), [answered], events)[1:] == [
        "04-01 04-30 04-07",
        "04-02 05-06 —",
    ]
    too_early = piece(7, "03-31", "04-07")
    assert told(plan("20个工作日内"), [too_early], events)[1:] == ["04-01 04-30 —", "04-02 05-06 —"]


@pytest.mark.parametrize(
    ("published", "explained", "due", "provisional"),
    [
        ("04-29", None, "05-07", False),  # 30 April, 6 and 7 May
        ("09-23", "09-24", "09-29", False),  # 24, 28 and 29 September
        ("12-30", None, "2027-01-04", True),  # 2027 is counted on weekends only
    ],
)
def test_a_policy_is_explained_within_three_working_days(published, explained, due, provisional):
    met = day(explained) if explained else None
    policy = Announcement(None, 1, "page-1", "通知", day(published), met)
    (found,) = dues_of_policies([policy], day("12-31"), CALENDAR)
    assert (found.clock, found.due_on) == (Clock.INTERPRETATION, day(due))
    assert (found.fulfilled_on, found.provisional) == (met, provisional)


days = st.dates(date(2025, 6, 1), date(2028, 6, 1))
plans = st.sampled_from(
    [
        plan("20个工作日内", newest=90),
        plan("批准后20日内", period="month", pieces=2),
        plan("每20个工作日更新"),
        plan("每个工作日更新"),
        plan("每年3月31日前"),
    ]
)


@settings(deadline=None)
@given(plans, days, st.lists(days, max_size=6), st.sets(days, max_size=60))
def test_more_holidays_never_make_any_due_date_earlier(item, today, formed, holidays):
    duty = Duty(1, 1, today - timedelta(days=40), today)
    pieces = [Piece(1, 1, f"page-{n}", "", each) for n, each in enumerate(formed)]

    def by_key(calendar):
        found = dues_of(item, duty, pieces, [], Tally(), calendar)
        return {due.key: due for due in found if due.clock != Clock.PERIOD}

    before, after = by_key(CALENDAR), by_key(CALENDAR.without(holidays))
    assert before.keys() == after.keys()
    assert all(after[key].closes_at >= due.closes_at for key, due in before.items())


@settings(deadline=None)
@given(days, st.sets(days, max_size=60))
def test_what_is_counted_in_working_days_ends_on_one(formed, holidays):
    calendar = CALENDAR.without(holidays)
    duty = Duty(1, 1, formed, formed)
    draft = Piece(1, 1, "page-1", "", formed)
    (found,) = dues_of(plan("20个工作日内"), duty, [draft], [], Tally(), calendar)
    assert calendar.is_working_day(found.due_on)
