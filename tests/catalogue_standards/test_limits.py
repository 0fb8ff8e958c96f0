"""Reading 公开时限: what is stated is read, what is not stated is not supplied."""

import csv
from pathlib import Path

import pytest

from catalogue_standards.limits import KINDS, TRIGGERS, UNITS, Clause, parse_time_limit

FACTS = Path("/work/shared/catalogue")

READ = [
    # the usual length, and the faults of real tables
    ("20个工作日", "within 20 working_day unspecified -"),
    ("20工作日内", "within 20 working_day unspecified -"),
    ("２０个工作日内", "within 20 working_day unspecified -"),
    ("二十个工作日内", "within 20 working_day unspecified -"),
    ("信息形成或者变更之日起20个工作\n日内", "within 20 working_day formed_or_changed -"),
    ("信息形成（变更） 20 个工作日内", "within 20 working_day formed_or_changed -"),
    ("信息形成个20个工作日内公开", "within 20 working_day formed_or_changed -"),
    ("自信息形成之日起，三十日内", "within 30 day formed_or_changed -"),
    ("信息产生、变更之日起一个月内", "within 1 month formed_or_changed -"),
    ("自然资源信息形成之日起20个工作日内", "within 20 working_day formed_or_changed -"),
    ("自制作或获取该信息之日起20个工作日内公开", "within 20 working_day made_or_obtained -"),
    ("规划批准后20日", "within 20 day approved -"),
    ("重大决策作出后及时公开", "prompt - - decided -"),
    ("调查结束后5个工作日内，在村公示栏公开。", "within 5 working_day event -"),
    ("突发事件发生后二十四小时内", "within 24 hour event -"),
    # what other law says adds no clause
    (
        "自形成之日起20个工作日内。法律、法规对公开的期限另有规定的，从其规定。",
        "within 20 working_day formed_or_changed -",
    ),
    # rhythms
    ("每年二月底前", "periodic 1 year 02-29 -"),
    ("每月10日前公布", "periodic 1 month 10 -"),
    ("每两个月更新一次", "periodic 2 month - -"),
    ("每20个工作日更新", "periodic 20 working_day - -"),
    ("按季度公开", "periodic 1 quarter - -"),
    # several limits in one cell
    ("长期公开\n及时公开", "permanent - - - - | prompt - - - -"),
    (
        "①处罚决定：7个工作日内②其他：20个工作日内",
        "within 7 working_day unspecified 处罚决定 | within 20 working_day unspecified 其他",
    ),
    (
        "执法决定信息在决定作出之日起7个工作日内公开，其他相关信息形成之日起20个工作日内公开",
        "within 7 working_day decided 执法决定信息"
        " | within 20 working_day formed_or_changed 其他相关信息",
    ),
    (
        "信息形成之日起20个工作日内公开并长期公开",
        "within 20 working_day formed_or_changed - | permanent - - - -",
    ),
    ("公示期不少于5个工作日", "display 5 working_day - -"),
    ("征求意见期限不得少于30日", "display 30 day - 征求意见"),
]

UNREAD = [
    ("批准后20内", "批准后20内"),  # no unit
    ("20日", "20日"),  # a length or a date
    ("1.5小时内", "1.5小时内"),
    ("1.20个工作日内", "1.20个工作日内"),  # a list mark or a decimal
    ("信息形成之日起2 0个工作日内", "信息形成之日起2 0个工作日内"),
    ("7-20个工作日", "7-20个工作日"),
    ("3至5个工作日内", "3至5个工作日内"),
    ("0个工作日内", "0个工作日内"),
    ("不少于20个工作日内", "不少于20个工作日内"),
    ("未批准后20个工作日内", "未批准后20个工作日内"),
    ("批准前20个工作日内", "批准前20个工作日内"),
    ("批准后20日前", "批准后20日前"),
    ("每年2月30日前", "每年2月30日前"),
    ("每年更新2次", "每年更新2次"),
    ("每月结束后10日内", "每月结束后10日内"),
    ("定期公开", "定期公开"),
    ("主动公开", "主动公开"),
    ("随采购公告、采购文件公开", "随采购公告、采购文件公开"),
    ("20个工作日内24小时内", "20个工作日内24小时内"),
    ("另有规定的从其规定", ""),
    ("", ""),
    (" \n ", ""),
]

PARTLY = [
    ("及时公开,公告期限为5个…", "prompt - - - -", ("公告期限为5个…",)),
    ("处罚决定形成之日起20个工作日…", "within 20 working_day decided -", ("…",)),
    ("20个工作日内（涉密除外）", "within 20 working_day unspecified -", ("涉密除外",)),
]


def written(clauses: tuple[Clause, ...]) -> str:
    fields = ((c.kind, c.amount, c.unit, c.trigger, c.scope) for c in clauses)
    return " | ".join(" ".join("-" if v is None else str(v) for v in row) for row in fields)


def shared(name: str, column: str) -> list[dict[str, str]]:
    path = FACTS / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row[column]]


@pytest.mark.parametrize(("text", "clauses"), READ)
def test_reads_what_is_stated(text, clauses):
    limit = parse_time_limit(text)
    assert written(limit.clauses) == clauses
    assert limit.understood
    assert limit.text == text


@pytest.mark.parametrize(("text", "part"), UNREAD)
def test_leaves_unread_what_it_would_have_to_guess(text, part):
    limit = parse_time_limit(text)
    assert limit.clauses == ()
    assert limit.unread == ((part,) if part else ())
    assert not limit.understood


@pytest.mark.parametrize(("text", "clauses", "unread"), PARTLY)
def test_says_which_part_it_could_not_read(text, clauses, unread):
    limit = parse_time_limit(text)
    assert (written(limit.clauses), limit.unread) == (clauses, unread)
    assert not limit.understood


def test_a_text_too_long_for_a_limit_is_left_to_a_person():
    text = "自信息形成或者变更之日起" * 5000
    assert parse_time_limit(text).unread == (text,)


def test_reads_all_phrasings_of_the_facts():
    rows = shared("time_limits.csv", "text")
    if not rows:
        pytest.skip("the shared catalogue facts are not on this machine")
    read = {row["text"]: parse_time_limit(row["text"]) for row in rows}
    assert {t: written(limit.clauses) for t, limit in read.items()} == {
        row["text"]: row["clauses"] for row in rows
    }
    assert all(limit.understood for limit in read.values())


def test_reads_the_catalogue_of_the_facts_but_for_known_texts():
    rows = shared("items.csv", "time_limit")
    if not rows:
        pytest.skip("the shared catalogue facts are not on this machine")
    limits = [parse_time_limit(text) for text in {row["time_limit"] for row in rows}]
    assert {limit.text for limit in limits if not limit.understood} == {
        "随采购公告、采购文件公开",
        "及时公开,公告期限为5个…",
        "在实地启动拟征收土地工作时,在村公示栏公开。",
        "信息形成或者变更之日起20个工作日内予以公开;征求意见期限不得少于30…",
        "行政处罚决定形成之日起20个工作日…",
    }
    clauses = [clause for limit in limits for clause in limit.clauses]
    assert {c.kind for c in clauses} <= set(KINDS)
    assert {c.unit for c in clauses} <= {*UNITS, None}
    assert {c.trigger for c in clauses if c.kind != "periodic"} <= {*TRIGGERS, None}
