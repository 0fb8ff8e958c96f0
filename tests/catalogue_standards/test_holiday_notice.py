"""Reading the State Council's holiday notices, checked against the arrangements as they were."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from catalogue_standards.holiday_notice import NoticeError, read_holiday_notice
from catalogue_standards.working_days import WorkingCalendar

REAL_2019 = Path("/work/shared/policies/holiday-notice-2019.txt")

# Each year's arrangement in the manner in which that year's notice put it.
ARRANGEMENTS = {
    2008: """关于2008年部分节假日安排的通知。元旦：2007年12月30日－2008年1月1日放假，共3天。其中，
        1月1日（星期二）为法定节假日，12月29日（星期六）公休日调至12月31日（星期一），
        12月29日（星期六）上班。春节：2月6日－12日放假，共7天。其中，
        2月2日（星期六）、2月3日（星期日）两个公休日调至2月11日（星期一）、2月12日（星期二），
        2月2日（星期六）、2月3日（星期日）上班。
        清明：4月4日－6日放假，共3天。劳动节：5月1日－3日放假，共3天，5月4日（星期日）上班。
        端午：6月7日－9日放假，共3天。中秋：9月13日－15日放假，共3天。
        国庆：9月29日至10月5日放假，共7天。9月27日（星期六）、9月28日（星期日）上班。""",
    2014: """2014年部分节假日安排：元旦1月1日放假1天。春节1月31日至2月6日放假调休，共7天；
        1月26日（星期日）、2月8日（星期六）上班。4月5日放假，4月7日（星期一）补休。
        5月1日至3日放假调休，共3天。5月4日（星期日）上班。6月2日放假，与周末连休。
        9月8日放假，与周末连休。10月1日至7日放假调休，共7天。
        9月28日（星期日）、10月11日（星期六）上班。""",
    2023: """二〇二三年节假日放假调休：2022年12月31日至2023年1月1日放假调休，1月2日补休。
        1月21日至27日放假调休，共7天。1月28日（星期六）、29日（星期日）上班。4月5日放假，共1天。
        4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
        6月22日至24日放假调休，共3天。6月25日（星期日）上班。
        9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。""",
    2024: """2024年节假日：1月1日放假，与周末连休。2月10日至17日放假调休，共8天。2月4日（星期日）、
        2月18日（星期日）上班。鼓励安排职工在除夕（2月9日）休息。4月4日至6日放假调休，共3天。
        4月7日（星期日）上班。5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
        6月10日放假，与周末连休。9月15日至17日放假调休，共3天。9月14日（星期六）上班。
        10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2026: """2026年部分节假日安排。1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
        2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。
        2月14日（周六）、2月28日（周六）上班。4月4日（周六）至6日（周一）放假，共3天。
        5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
        6月19日（周五）至21日（周日）放假，共3天。9月25日（周五）至27日（周日）放假，共3天。
        10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。""",
}


def working_days(year, is_working):
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    return [day for day in days if is_working(day)]


@pytest.mark.parametrize("year", ARRANGEMENTS)
def test_gives_the_working_days_that_the_year_had(year):
    notice = read_holiday_notice(ARRANGEMENTS[year])
    assert notice.year == year
    calendar = WorkingCalendar(notice.overrides(), {year})
    assert working_days(year, calendar.is_working_day) == working_days(
        year, chinese_calendar.is_workday
    )
    before = [d for d in (*notice.holidays, *notice.working_weekends) if d.year != year]
    assert all(calendar.is_working_day(d) == chinese_calendar.is_workday(d) for d in before)


@pytest.mark.skipif(not REAL_2019.exists(), reason="the shared policies are not on this machine")
def test_reads_the_notice_for_2019():
    notice = read_holiday_notice(REAL_2019.read_text(encoding="utf-8"))
    spring = [date(2019, 2, day) for day in range(4, 11)]
    national = [date(2019, 10, day) for day in range(1, 8)]
    assert notice.holidays == [
        date(2018, 12, 30),
        date(2018, 12, 31),
        date(2019, 1, 1),
        *spring,
        date(2019, 4, 5),
        date(2019, 5, 1),
        date(2019, 6, 7),
        date(2019, 9, 13),
        *national,
    ]
    assert notice.working_weekends == [
        date(2018, 12, 29),
        date(2019, 2, 2),
        date(2019, 2, 3),
        date(2019, 9, 29),
        date(2019, 10, 12),
    ]
    # The Labour Day was lengthened later, by another notice.
    calendar = WorkingCalendar(notice.overrides(), {2019})
    ours = set(working_days(2019, calendar.is_working_day))
    real = set(working_days(2019, chinese_calendar.is_workday))
    assert ours - real == {date(2019, 5, 2), date(2019, 5, 3)}
    assert real - ours == {date(2019, 4, 28), date(2019, 5, 5)}


@pytest.mark.parametrize(
    ("sentences", "off"),
    [
        ("12月31日至1月2日放假，共3天。", ["2026-12-31", "2027-01-01", "2027-01-02"]),
        ("12月31日（星期五）放假。", ["2027-12-31"]),
        ("5月1日、2日放假。", ["2027-05-01", "2027-05-02"]),
        ("5月１日至３日放假公休，共３天。", ["2027-05-01", "2027-05-02", "2027-05-03"]),
        ("5月1日放假，与周末连休，共3天。", ["2027-05-01"]),
    ],
)
def test_reads_dates_however_they_are_put(sentences, off):
    notice = read_holiday_notice("关于2027年部分节假日安排的通知\n" + sentences)
    assert [day.isoformat() for day in notice.holidays] == off


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a holiday notice"),
        ("2027年节假日：" + "5月1日、" * 2000, "at most 5000 characters"),
        ("关于召开2027年工作会议的通知。5月1日上午开会。", "not a holiday notice"),
        ("关于2027年节假日安排的通知，另行公布。", "No day off was found for 2027"),
        ("2027年节假日：2月30日放假。", "no day 2月30日"),
        ("2027年节假日：5月5日至1日放假。", "no run of days off"),
        ("2027年节假日：5月1日至3日放假，共5天。", "these are 3 days"),
        ("2027年节假日：5月1日放假。2月6日（星期日）上班。", "2月6日 is not a 星期日 in 2027"),
        ("2027年节假日：5月1日放假。5月1日上班。", "both off and worked"),
        ("2027年节假日：5月1日放假。5月6日上班。", "no Saturday or Sunday"),
        ("2027年节假日：5月1日放假。放假时间：10月1日至7日。", "could not be read: “放假时间"),
    ],
)
def test_refuses_a_text_that_is_no_notice_or_contradicts_itself(text, says):
    with pytest.raises(NoticeError, match=says):
        read_holiday_notice(text)


# The command alone, in a process of its own: it needs no database and no other app.
COMMAND = """
import sys, django
from django.conf import settings
settings.configure(LANGUAGE_CODE="en", USE_I18N=True)
django.setup()
from catalogue_standards.management.commands.read_holiday_notice import Command
Command().run_from_argv(["manage.py", "read_holiday_notice", *sys.argv[1:]])
"""


def run_command(*arguments):
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *map(str, arguments)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_command_prints_the_dates_as_json(tmp_path, encoding):
    file = tmp_path / "notice.txt"
    file.write_text("2027年节假日：5月2日、1日放假。5月8日（星期六）上班。", encoding=encoding)
    result = run_command(file, "--json")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == {
        "holidays": ["2027-05-01", "2027-05-02"],
        "working_weekends": ["2027-05-08"],
    }


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"127.0.0.1 localhost", "not a holiday notice"),
        (b"\xff\xfe\x00\x81", "is not text"),
        (None, "cannot be read"),
    ],
)
def test_the_command_says_what_is_wrong_with_the_file(tmp_path, content, says):
    file = tmp_path / "notice.txt"
    if content is not None:
        file.write_bytes(content)
    result = run_command(file, "--json")
    assert (result.returncode, result.stdout) == (1, "")
    assert says in result.stderr
    assert "Traceback" not in result.stderr
