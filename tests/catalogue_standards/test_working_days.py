"""Working days and deadlines, against 2026 as the State Council arranged it and hand counts.

Off in 2026: 1-3 January; 15-23 February; 4-6 April; 1-5 May; 19-21 June; 25-27 September;
1-7 October. Worked at weekends: 4 January; 14 and 28 February; 9 May; 20 September; 10 October.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue_standards.deadlines import Deadline, due, lateness, periods
from catalogue_standards.limits import Clause, parse_time_limit
from catalogue_standards.working_days import SHANGHAI, WorkingCalendar, local_day

PACKAGED = WorkingCalendar()
SPRING_2027 = {date(2027, 2, day): False for day in range(5, 12)} | {date(2027, 2, 20): True}


def day(text):
    """A day of 2026 written MM-DD, or a full date."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def only_clause(text):
    (clause,) = parse_time_limit(text).clauses
    return clause


# The months' working days of 2026, counted by hand from the arrangement above.
@pytest.mark.parametrize(
    ("month", "working"),
    [(1, 21), (2, 16), (3, 22), (4, 21), (5, 19), (6, 21),
     (7, 23), (8, 21), (9, 22), (10, 18), (11, 21), (12, 23)],
)  # fmt: skip
def test_each_month_of_2026_has_its_working_days(month, working):
    first = date(2026, month, 1)
    days = [first + timedelta(days=n) for n in range(31)]
    assert sum(PACKAGED.is_working_day(d) for d in days if d.month == month) == working


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("01-01", 1, "01-04"),  # the make-up Sunday after New Year is worked
        ("01-05", 20, "02-02"),
        ("01-16", 20, "02-13"),  # Friday; the day of the event is not counted
        ("01-19", 20, "02-14"),  # ends on a make-up Saturday
        ("01-20", 20, "02-24"),  # the next one waits for the end of the Spring Festival
        ("02-11", 3, "02-14"),
        ("02-13", 1, "02-14"),
        ("02-13", 2, "02-24"),
        ("02-14", 5, "02-28"),
        ("02-17", 20, "03-20"),  # an event within the holiday
        ("04-03", 1, "04-07"),
        ("04-30", 3, "05-08"),
        ("04-30", 4, "05-09"),
        ("05-08", 20, "06-04"),
        ("06-18", 1, "06-22"),
        ("09-18", 1, "09-20"),
        ("09-24", 7, "10-12"),
        ("09-30", 2, "10-09"),
        ("09-30", 3, "10-10"),
        ("12-03", 20, "12-31"),
        ("07-31", 0, "07-31"),
        ("08-01", 0, "08-01"),
        ("02-24", -1, "02-14"),
        ("10-08", -3, "09-28"),
    ],
)
def test_counts_working_days_in_2026(start, number, end):
    assert PACKAGED.add_working_days(day(start), number) == (day(end), False)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("02-13", "02-28", 6),  # 14, 24, 25, 26, 27 and 28 February
        ("02-15", "02-23", 0),
        ("09-30", "10-10", 3),
        ("10-10", "09-30", -3),
        ("05-01", "05-01", 0),
    ],
)
def test_counts_the_working_days_between(start, end, days):
    assert PACKAGED.working_days_between(day(start), day(end)) == (days, False)


@pytest.mark.parametrize(
    ("calendar", "start", "number", "end", "provisional"),
    [
        (PACKAGED, "2026-12-03", 20, "2026-12-31", False),
        (PACKAGED, "2026-12-03", 21, "2027-01-01", True),  # a holiday, but not yet arranged
        (PACKAGED, "2027-02-04", 1, "2027-02-05", True),
        (PACKAGED, "2026-12-31", 0, "2026-12-31", False),
        (PACKAGED, "2003-12-31", 1, "2004-01-02", False),  # day 0 is not counted
        (PACKAGED, "2003-12-29", 2, "2003-12-31", True),
        (WorkingCalendar(SPRING_2027, {2027}), "2027-02-04", 1, "2027-02-12", False),
        (WorkingCalendar(SPRING_2027, {2027}), "2027-02-19", 1, "2027-02-20", False),
        (WorkingCalendar(SPRING_2027), "2027-02-04", 1, "2027-02-12", True),
        (WorkingCalendar({date(2026, 12, 31): False}), "2026-12-30", 1, "2027-01-01", True),
    ],
)
def test_years_without_an_arrangement_are_provisional(calendar, start, number, end, provisional):
    counted = calendar.add_working_days(date.fromisoformat(start), number)
    assert counted == (date.fromisoformat(end), provisional)


def test_knows_which_years_are_arranged():
    entered = WorkingCalendar(SPRING_2027, {2027})
    assert [PACKAGED.covers(y) for y in (2003, 2004, 2026, 2027)] == [False, True, True, False]
    assert entered.covers(2027)
    assert not entered.covers(2028)


def test_an_entered_year_replaces_the_packaged_one():
    entered = WorkingCalendar({date(2026, 1, 1): False}, {2026})
    assert not entered.is_working_day(date(2026, 1, 4))
    assert entered.is_working_day(date(2026, 1, 2))


@pytest.mark.parametrize(
    ("text", "trigger", "deadline"),
    [
        ("信息形成之日起20个工作日内", day("01-20"), day("02-24")),
        ("20个工作日内", datetime(2026, 1, 19, 17, tzinfo=UTC), day("02-24")),  # 20 Jan in China
        ("批准后20日内", day("02-01"), day("02-24")),  # the 21st is a holiday
        ("批准后20日内", day("01-25"), day("02-14")),  # a Saturday, but worked
        ("批准后20日内", day("03-02"), day("03-23")),  # the 22nd is a Sunday
        ("形成后1周内", day("09-24"), day("10-08")),
        ("形成后1个月内", day("01-31"), day("02-28")),  # no 31 February
        ("形成后1年内", day("2024-02-29"), day("2025-02-28")),
        ("公示7个工作日", day("09-28"), day("10-13")),
        ("公示期不少于30日", day("09-05"), day("10-08")),
        ("突发事件发生后5小时内", at("2026-02-16 22:30"), at("2026-02-17 03:30")),
        ("24小时内", datetime(2026, 4, 30, 20), at("2026-05-01 20:00")),
        ("24小时内", datetime(2026, 4, 30, 20, tzinfo=UTC), at("2026-05-02 04:00")),
        ("提前一周发通知邀请", day("02-28"), day("02-21")),  # never moved: it would cut the notice
        ("会议召开前3个工作日公布", day("10-10"), day("09-30")),
        ("每年1月31日前", day("01-05"), day("01-31")),  # a Saturday, yet the day is named
        ("每年1月31日前", day("02-01"), day("2027-01-31")),
        ("每年2月底前", day("02-01"), day("02-28")),
        ("每月10日前公布", day("12-11"), day("2027-01-10")),
        ("每月更新", day("05-01"), day("05-31")),
        ("每季度公布一次", day("05-01"), day("06-30")),
        ("半年至少更新1次", day("07-01"), day("12-31")),
        ("每年公开一次", day("07-01"), day("12-31")),
        ("每周更新", day("09-30"), day("10-04")),
        ("每20个工作日更新", day("01-20"), day("02-24")),
        ("每2个月更新一次", day("01-30"), day("03-30")),
    ],
)
def test_each_kind_of_limit_falls_due(text, trigger, deadline):
    found = due(only_clause(text), trigger, PACKAGED)
    assert found is not None
    assert found.at == deadline
    assert isinstance(found.at, datetime) == isinstance(deadline, datetime)


# One of each for every month of 2026, counted by hand from the arrangement at the head.
@pytest.mark.parametrize(
    ("text", "trigger", "deadline"),
    [
        *(("信息形成之日起20个工作日内", *days) for days in [
            ("01-15", "02-12"), ("02-10", "03-16"), ("03-10", "04-08"), ("04-15", "05-15"),
            ("05-20", "06-17"), ("06-10", "07-09"), ("07-01", "07-29"), ("08-03", "08-31"),
            ("09-08", "10-12"), ("10-12", "11-09"), ("11-03", "12-01"), ("12-01", "12-29"),
        ]),
        *(("作出行政决定之日起7个工作日内", *days) for days in [
            ("02-12", "02-28"), ("04-29", "05-12"), ("06-16", "06-26"), ("09-22", "10-09"),
            ("12-22", "12-31"),
        ]),
        *(("批准后20日内", *days) for days in [
            ("01-15", "02-04"), ("01-28", "02-24"), ("02-20", "03-12"), ("03-15", "04-07"),
            ("04-13", "05-06"), ("04-19", "05-09"), ("05-30", "06-22"), ("06-27", "07-17"),
            ("07-12", "08-03"), ("08-31", "09-20"), ("09-05", "09-28"), ("09-13", "10-08"),
            ("09-20", "10-10"), ("10-25", "11-16"), ("11-30", "12-21"),
        ]),
        *((text, at(f"2026-{start}"), at(f"{end}" if len(end) > 11 else f"2026-{end}"))
          for text, start, end in [
            ("突发事件发生后5小时内", "01-01 22:00", "01-02 03:00"),
            ("24小时内", "02-14 18:00", "02-15 18:00"),
            ("24小时内", "02-28 12:00", "03-01 12:00"),
            ("48小时内", "04-03 17:30", "04-05 17:30"),
            ("突发事件发生后5小时内", "05-05 21:00", "05-06 02:00"),
            ("24小时内", "06-18 09:00", "06-19 09:00"),
            ("72小时内", "07-31 08:00", "08-03 08:00"),
            ("24小时内", "09-24 16:00", "09-25 16:00"),
            ("72小时内", "09-30 17:00", "10-03 17:00"),
            ("24小时内", "10-09 23:59", "10-10 23:59"),
            ("48小时内", "11-20 10:00", "11-22 10:00"),
            ("突发事件发生后5小时内", "12-31 20:00", "2027-01-01 01:00"),
        ]),
    ],
)  # fmt: skip
def test_limits_over_the_whole_of_2026(text, trigger, deadline):
    start = day(trigger) if isinstance(trigger, str) else trigger
    end = day(deadline) if isinstance(deadline, str) else deadline
    assert due(only_clause(text), start, PACKAGED) == Deadline(end, provisional=False)


@pytest.mark.parametrize("text", ["实时公开", "及时公开", "长期公开", "同上"])
def test_limits_without_a_length_have_no_deadline(text):
    assert due(only_clause(text), day("03-02"), PACKAGED) is None


@pytest.mark.parametrize(
    ("text", "trigger", "provisional"),
    [
        ("20个工作日内", "12-03", False),
        ("20个工作日内", "12-04", True),
        ("批准后20日内", "12-11", False),
        ("批准后20日内", "12-12", True),
        ("每年1月31日前", "12-12", False),  # holidays do not move it
    ],
)
def test_deadlines_beyond_the_arranged_years_are_provisional(text, trigger, provisional):
    assert due(only_clause(text), day(trigger), PACKAGED).provisional is provisional


@pytest.mark.parametrize(
    ("clause", "trigger", "says"),
    [
        (Clause("within", 5, "hour", "event"), day("03-02"), "time of day"),
        (Clause("within", None, "day"), day("03-02"), "amount"),
        (Clause("within", 5, "fortnight"), day("03-02"), "fortnight"),
        (Clause("periodic", 1, "hour"), day("03-02"), "hour"),
        (Clause("periodic", None, "month"), day("03-02"), "amount"),
    ],
)
def test_refuses_a_clause_that_cannot_be_counted(clause, trigger, says):
    with pytest.raises(ValueError, match=says):
        due(clause, trigger, PACKAGED)


@pytest.mark.parametrize(
    ("deadline", "published", "late"),
    [
        (day("02-13"), day("02-13"), 0),
        (day("02-13"), at("2026-02-13 23:59"), 0),
        (day("02-13"), at("2026-02-14 00:00"), 1),
        (day("02-13"), datetime(2026, 2, 13, 16, 30, tzinfo=UTC), 1),  # past midnight in China
        (day("02-14"), day("02-18"), 1),  # late, though no working day has passed
        (day("02-14"), day("02-25"), 2),
        (at("2026-03-02 15:00"), at("2026-03-02 15:00"), 0),
        (at("2026-03-02 15:00"), at("2026-03-02 15:01"), 1),
        (at("2026-03-02 15:00"), day("03-02"), 0),
        (at("2026-03-02 15:00"), day("03-04"), 2),
    ],
)
def test_lateness_is_in_working_days(deadline, published, late):
    assert lateness(Deadline(deadline), published, PACKAGED) == late


def test_a_day_closes_at_the_midnight_after_it():
    assert Deadline(day("02-13")).closes_at == at("2026-02-14 00:00")
    assert Deadline(at("2026-02-13 15:00")).closes_at == at("2026-02-13 15:00")


@pytest.mark.parametrize(
    ("text", "start", "end", "days"),
    [
        ("每季度公布一次", "01-01", "12-31", "03-31 06-30 09-30 12-31"),
        ("每季度公布一次", "04-01", "09-29", "06-30"),
        ("每月10日前", "01-10", "03-10", "01-10 02-10 03-10"),
        ("每年1月31日前", "02-01", "12-31", ""),
        ("每20个工作日更新", "01-20", "04-01", "02-24 03-23"),
    ],
)
def test_periods_lists_the_due_days(text, start, end, days):
    found = periods(only_clause(text), day(start), day(end))
    assert [d.day for d in found] == [day(text) for text in days.split()]


def test_periods_refuses_other_kinds():
    with pytest.raises(ValueError, match="within"):
        list(periods(only_clause("20个工作日内"), day("01-01"), day("12-31")))


unhurried = settings(deadline=None)  # shared machines stall now and then
days_of = st.dates(date(2023, 1, 1), date(2028, 12, 31))
overrides = st.dictionaries(days_of, st.booleans(), max_size=30)
calendars = st.builds(WorkingCalendar, overrides, st.sets(st.integers(2023, 2028)))
lengths = st.builds(
    Clause,
    st.sampled_from(["within", "display"]),
    st.integers(1, 90),
    st.sampled_from(["working_day", "day", "week", "month"]),
)


@unhurried
@given(calendars, days_of, lengths)
def test_a_counted_deadline_is_never_on_a_day_off(calendar, start, clause):
    deadline = due(clause, start, calendar)
    assert deadline.day > start
    assert calendar.is_working_day(deadline.day)


@unhurried
@given(calendars, days_of, lengths, st.sets(days_of, max_size=60))
def test_more_holidays_never_make_a_deadline_earlier(calendar, start, clause, holidays):
    before = due(clause, start, calendar)
    after = due(clause, start, calendar.without(holidays))
    assert after.day >= before.day


@unhurried
@given(calendars, days_of, st.integers(1, 200))
def test_counting_back_between_the_days_gives_the_number(calendar, start, number):
    end = calendar.add_working_days(start, number)
    assert calendar.working_days_between(start, end.date) == (number, end.provisional)


@unhurried
@given(calendars, st.datetimes(datetime(1999, 1, 1), datetime(2040, 1, 1)))
def test_any_year_can_be_asked(calendar, moment):
    assert calendar.next_working_day(moment).date >= local_day(moment)
