"""How often an item is brought up to date (更新周期), as a table writes it: 每季度至少2条；最新一条不超过30天."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from catalogue_standards.limits.text import with_digits

_PERIODS = {"month": "每月", "quarter": "每季度", "half_year": "每半年", "year": "每年"}
_UNITS = {"月": "month", "季": "quarter", "半": "half_year", "年": "year"}
_BREAKS = re.compile("([；;\n])")
_NUMBER = r"(?P<number>\d{1,4}|[一二两三四五六七八九十]{1,3})"
_DO = "(?:公开|更新|发布|公布)?"
_LEAST = "(?:至少|不少于|不低于)?"
_PERIOD = re.compile(
    rf"(?:至少)?(?:[每按逐][1一]?个?(?P<each>月度?|季度?|半年度?|年度?)|(?P<bare>月度|季度|半年度|年度))"
    rf"{_LEAST}{_DO}{_LEAST}(?:{_NUMBER}[条次篇件期个项则](?:以上)?)?{_DO}"
)
_NEWEST = re.compile(
    rf"最[新近](?:[1一]?[条次篇件期]|的?信息|的?内容)?(?:不|不得|不应|不能)超过{_NUMBER}[天日](?:前|之前)?"
)
_MOST = 9999


@dataclass(frozen=True)
class Rhythm:
    """A period ("" for none; a unit of catalogue_standards.limits) with so many pieces each time, and
    how many days old the newest may be."""

    period: str = ""
    pieces: int = 1
    newest_days: int | None = None


@dataclass(frozen=True)
class ReadRhythm:
    """`rest` is what of the text was not understood, as written."""

    rhythm: Rhythm
    rest: str = ""


def written(rhythm: Rhythm, rest: str = "") -> str:
    """The words of the table; `read_rhythm` reads the same from them again."""
    parts = []
    if rhythm.period:
        parts.append(f"{_PERIODS[rhythm.period]}至少{rhythm.pieces}条")
    if rhythm.newest_days:
        parts.append(f"最新一条不超过{rhythm.newest_days}天")
    return "；".join([*parts, *([rest] if rest else [])])


def read_rhythm(text: str) -> ReadRhythm:
    """Read a cell; of two periods or two ages the first is taken, and the other left as not understood."""
    period, pieces, newest = "", 1, None
    rest = ""
    broken = _BREAKS.split(text)
    for part, mark in zip(broken[::2], [*broken[1::2], ""], strict=True):
        bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", part)).rstrip("。.")
        if not period and (found := _PERIOD.fullmatch(bare)) and (number := _number(found)):
            period, pieces = _UNITS[(found["each"] or found["bare"])[0]], number
        elif newest is None and (found := _NEWEST.fullmatch(bare)) and (number := _number(found)):
            newest = number
        else:
            rest += part + mark
    if period or newest:
        rest = rest.strip().rstrip("；;")
    return ReadRhythm(Rhythm(period, pieces, newest), rest)


def _number(found: re.Match[str]) -> int:
    """The number of a part, 1 where it has none, 0 where it is out of bounds."""
    numeral = found["number"]
    if numeral is None:
        return 1
    number = int(with_digits(f"{numeral}个").removesuffix("个"))
    return number if number <= _MOST else 0
