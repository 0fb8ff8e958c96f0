"""The writing of a time limit: widths, line breaks, list marks, numerals, and its parts."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_CIRCLED = re.compile("[①-⑳❶-❿]")
_BREAKS = re.compile(r"[\r\n\v\f\u2028\u2029]+")
_DIGITS_APART = re.compile(r"(?<=\d)\s+(?=\d)")
_LIST_MARK = re.compile(
    r"(?<!\d)\d{1,2}[.、](?!\d)"  # 1. or 1、 but not the decimal 1.5
    r"|\((?:\d{1,2}|[一二三四五六七八九十])\)"
    r"|(?:^|(?<=[;。]))[一二三四五六七八九十]、"
)
_EVENT_NOTE = re.compile(
    r"(?<=形成|产生|获取|制作|制定)\(((?:形成|产生|变更|更新|获取|制作|或者?|、)+)\)"
)
_OTHER_LAW = re.compile(
    r"(?:国家|相关|有关|其他|法律|行政|法规|规章|政策|政府信息|公开|期限|时限|对|的|[、和或及者])*"
    r"另有规定的?,?(?:应当?)?(?:从其规定|除外|按其规定|依照其规定)(?:执行)?"
)
_AFTER_EVENT = re.compile(r"(?<=[起后]),(?=[\d一二三四五六七八九十两]|及时)")
_BESIDE = re.compile(r"(?<=[内开布])[并且](?=公示|公告|长期|永久|常年|保持)")
_LABEL = re.compile(r"^(?:公开|发布)?(?:时限|期限|时间):")
_PARTS = re.compile(r"[,()]+")
_NUMERAL = re.compile(
    r"(?<![第〇零一二三四五六七八九十百两])[〇零一二三四五六七八九十百两]+"
    r"(?=个|工作日|自然日|日|天|小时|周|星期|季|月|年|次)"
)
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CUT = "…"


@dataclass(frozen=True)
class Part:
    """A stretch of text that may hold one clause; `scope` is what stood before its colon."""

    text: str
    scope: str | None
    cut_off: bool


def tidy(text: str, *, break_means: str = "") -> str:
    """Even out widths, white space and list marks, and drop references to other law.

    A line break becomes `break_means`: nothing, for cells that break inside a word, or ";" for
    cells that write one limit to a line. Digits with white space between them stay apart, since
    "1 20" may be a list mark and a number.
    """
    text = unicodedata.normalize("NFKC", _CIRCLED.sub(";", text))
    text = re.sub(r"\.{3,}|…+", _CUT, text)
    if break_means:
        text = _BREAKS.sub(break_means, text)
    text = re.sub(r"[^\S\0]+", "", _DIGITS_APART.sub("\0", text)).replace("\0", " ")
    text = _LIST_MARK.sub(";", text)
    text = _EVENT_NOTE.sub(r"\1", text)
    return _OTHER_LAW.sub("", text)


def parts(text: str) -> Iterator[Part]:
    """Split tidied text at its sentences and commas; a bracketed note is a part of its own."""
    text = _BESIDE.sub(",", _AFTER_EVENT.sub("", text))
    for sentence in re.split("[;。]", text):
        scope, colon, rest = _LABEL.sub("", sentence).rpartition(":")
        for piece in _PARTS.split(rest):
            body = piece.rstrip(_CUT)
            if body or piece:
                yield Part(body, scope if colon else None, cut_off=body != piece)


def with_digits(text: str) -> str:
    """Write the Chinese numerals that stand before a unit as digits: 二十个工作日 as 20个工作日."""
    return _NUMERAL.sub(lambda found: _number(found[0]), text)


def _number(numeral: str) -> str:
    if not set(numeral) & {"十", "百"}:
        return "".join(str(_DIGIT[c]) for c in numeral)
    total, digit = 0, 0
    for c in numeral:
        if c in _DIGIT:
            digit = _DIGIT[c]
        else:
            total += (digit or 1) * {"十": 10, "百": 100}[c]
            digit = 0
    return str(total + digit)
