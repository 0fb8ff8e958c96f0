"""Dates as official documents write them: 2018年12月4日, 二〇一八年十二月四日."""

import re
import unicodedata
from datetime import date

from cms.readers.chinese_numbers import NUMERALS, to_int

_NUMBER = rf"(?:\d+|[{NUMERALS}]+)"
_DATE = re.compile(
    rf"(?P<y>\d{{4}}|[{NUMERALS}\d]{{4}})年(?P<m>{_NUMBER})月(?P<d>{_NUMBER})日"
    r"|(?P<y2>\d{4})(?P<sep>[-./])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})(?!\d)"
)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _date(match: re.Match[str]) -> date | None:
    year, month, day = (to_int(match[name] or match[name + "2"]) for name in ("y", "m", "d"))
    if year is None and match["y"]:
        # 二0一八: a digit typed for 〇, as hurried typists do.
        year = to_int("".join(str(to_int(c)) for c in match["y"]))
    if not year or not month or not day:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def as_date(text: str) -> date | None:
    """The date when the text is one full date and nothing else, otherwise None."""
    match = _DATE.fullmatch(_plain(text))
    return _date(match) if match else None


def first_date(text: str) -> date | None:
    """The first full date anywhere in the text. A bare year or month is no date."""
    match = _DATE.search(_plain(text))
    return _date(match) if match else None


def split_trailing_date(text: str) -> tuple[str, str] | None:
    """Split 「青禾县教育局　2026年3月1日」 into its two halves; None without a date at the end."""
    if len(text) > 100:
        return None
    match = re.fullmatch(r"(.*?\S)\s+(\S*年\s*\S+?\s*月\s*\S+?\s*日)", text)
    return (match[1], match[2]) if match and as_date(match[2]) else None
