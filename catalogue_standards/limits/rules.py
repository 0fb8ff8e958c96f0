"""The phrasings of a clause: each rule is a pattern for the whole part and what it means."""

import calendar
import re
from dataclasses import dataclass

from catalogue_standards.limits.model import Clause
from catalogue_standards.limits.triggers import NAME, SUBJECT, clean_scope, read_onset

_UNITS = {
    "小时": "hour",
    "工作日": "working_day",
    "自然日": "day",
    "日": "day",
    "天": "day",
    "周": "week",
    "星期": "week",
    "月": "month",
    "月度": "month",
    "季": "quarter",
    "季度": "quarter",
    "半年": "half_year",
    "年": "year",
    "年度": "year",
}

_N = r"(?P<n>[1-9]\d{0,2})"
_PLACE = rf"在{NAME}(?:栏|网站|平台|专栏)"
_DO = (
    rf"(?:予以|主动|及时|依法|向社会|统一|进行|对外|应当?|并|{_PLACE})*"
    r"(?:公开|公布|公示|发布|更新|公告)?"
)
# A day, week, month or year without 内 is a length only after an event: 20日 alone may be a date.
_SURE = r"(?P<unit>工作日|小时|自然日)"
_LENGTH = r"(?P<unit>工作日|小时|自然日|日|天|周|星期|(?<=个)月|年)"
_PERIOD = r"(?P<unit>工作日|半年|季度|季|月度?|年度?|周|日|天)"
_BY = r"(?:以|之)?前"


@dataclass(frozen=True)
class Rule:
    """A pattern for a whole part, with the groups n, unit, lead, scope, month and day."""

    kind: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Reading:
    """A clause, and a scope to give it if other clauses stand beside it."""

    clause: Clause
    implied_scope: str | None = None


RULES = tuple(
    Rule(kind, re.compile(pattern))
    for kind, pattern in (
        ("same_as_above", "同上"),
        ("permanent", "(?:保持)?(?:永久|长期|常年)(?:公开|公布|公示|有效)?"),
        ("realtime", "(?:实时|即时)(?:动态)?(?:公开|公布|公示|发布|更新)?"),
        ("prompt", rf"(?P<lead>.*?)(?:及时|第一时间){_DO}"),
        (
            "periodic",
            rf"(?:每|按|逐){_N}?个?{_PERIOD}[底末]?(?:{_BY})?(?:至少)?{_DO}(?:至少)?(?:1次)?",
        ),
        ("periodic", rf"半(?P<unit>年)(?:至少)?{_DO}(?:至少)?1次"),
        ("periodic", rf"每年度?(?:的|于)?(?P<month>\d\d?)月(?P<day>\d\d?日|底){_BY}{_DO}"),
        ("periodic", rf"每(?P<unit>月)(?:的|于)?(?P<day>\d\d?日){_BY}{_DO}"),
        ("before", rf"(?:应当?)?提前{_N}个?{_LENGTH}(?:发出?|{_DO})(?:通知|公告)?(?:邀请)?"),
        ("before", rf"{NAME}(?:召开|举行|开始|实施|施行){_BY}{_N}个?{_LENGTH}{_DO}"),
        (
            "display",
            rf"(?P<scope>{SUBJECT}?)(?P<shown>公示|公告|征求意见)(?:期限|时间|期)?(?:应当?)?"
            rf"(?:为|不得?少于|不得低于|不低于|至少)?{_N}个?{_LENGTH}(?:以上)?",
        ),
        ("within", rf"(?P<lead>.*?)(?:最迟)?(?:不超过)?{_N}个?(?:{_LENGTH}|月)[以之]?内{_DO}"),
        ("within", rf"(?P<lead>.*?)(?:最迟)?(?:不超过)?{_N}个?{_SURE}{_DO}"),
        ("within", rf"(?P<lead>.+?[起后]){_N}个?{_LENGTH}{_DO}"),
    )
)

# Words beside a clause that set no limit of their own.
ASIDE = re.compile(rf"其中|动态(?:调整|更新)|{_PLACE}(?:公开|公布|公示)|{_DO}")


def read_clause(part: str) -> Reading | None:
    """The clause that the whole part states, by the first rule that reads it; None if none."""
    for rule in RULES:
        if (found := rule.pattern.fullmatch(part)) and (reading := _build(rule.kind, found)):
            return reading
    return None


def _build(kind: str, found: re.Match[str]) -> Reading | None:
    words = found.groupdict()
    amount = int(words["n"]) if words.get("n") else None
    if kind in ("same_as_above", "permanent", "realtime"):
        return Reading(Clause(kind))
    unit = _UNITS[words["unit"] or "月"] if "unit" in words else None
    if kind == "periodic":
        return _periodic(amount, unit, found)
    if kind == "before":
        return Reading(Clause(kind, amount, unit, "event"))
    if kind == "display":
        return Reading(Clause(kind, amount, unit, None, _shown(words["scope"], words["shown"])))
    onset = read_onset(words["lead"])
    if onset is None:
        return None
    trigger = None if kind == "prompt" and onset.trigger == "unspecified" else onset.trigger
    return Reading(Clause(kind, amount, unit, trigger, onset.scope), onset.implied_scope)


def _shown(scope: str, shown: str) -> str | None:
    qualifier = clean_scope(scope)
    return f"{qualifier}{shown}" if qualifier else None if shown in ("公示", "公告") else shown


def _periodic(amount: int | None, unit: str | None, found: re.Match[str]) -> Reading | None:
    words = found.groupdict()
    if found[0].startswith("半"):
        return Reading(Clause("periodic", 1, "half_year"))
    day = (words.get("day") or "").rstrip("日")
    if words.get("month"):
        return _each_year(int(words["month"]), day)
    if day:
        known = 1 <= int(day) <= 31
        return Reading(Clause("periodic", 1, unit, f"{int(day):02}")) if known else None
    return Reading(Clause("periodic", amount or 1, unit))


def _each_year(month: int, day: str) -> Reading | None:
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(2024, month)[1]
    number = last if day == "底" else int(day)
    known = 1 <= number <= last
    return Reading(Clause("periodic", 1, "year", f"{month:02}-{number:02}")) if known else None
