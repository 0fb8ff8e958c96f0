"""How official documents number their parts and name their organs."""

import re

from cms.readers.chinese_numbers import to_int

# Organs and the bodies that sign with them.
ORGAN_END = (
    "(政府|国务院|县委|市委|街道|大学|人大常委会|办公厅|办公室|局|委|委员会|厅|部|院|中心|处|会|署|办|站|所|总队|支队|大队|队|社|"
    "行|馆|公司|学校|医院|小组|指挥部|分局|法庭|政协|联合会|公署)$"
)
_C = "[一二三四五六七八九十百零〇]"
# 一、 （一） 1. （1）: the four levels of GB/T 9704-2012, 7.3.3.
_LEVELS = (
    re.compile(rf"(?P<number>{_C}{{1,4}}、)\s*(?P<text>.*)"),
    re.compile(rf"(?P<number>[（(]{_C}{{1,4}}[)）])\s*(?P<text>.*)"),
    re.compile(r"(?P<number>\d{1,2}[.．、])\s*(?P<text>(?!\d).*)"),
    re.compile(r"(?P<number>[（(]\d{1,2}[)）])\s*(?P<text>.*)"),
)
_CHAPTER = re.compile(
    r"(?P<number>第(?P<value>[一二三四五六七八九十百\d]+)(?P<unit>[编章节]))\s*(?P<text>[^。；]*)"
)
_ARTICLE = re.compile(
    r"(?P<number>第(?P<value>[一二三四五六七八九十百千零〇\d]+)条(?:之[一二三四五六七八九十]+)?)"
    r"(?P<gap>\s*)(?P<text>.*)"
)
# 第三条规定的…, 第三条第二款…: a sentence about an article, not the article.
_CITATION = re.compile("规定|第|、|和|及|至|或|的|所|中")


def numbered(text: str) -> tuple[int, str, str]:
    """Level 1..4, number as written and the rest; (0, "", text) when the line has no number."""
    for level, pattern in enumerate(_LEVELS, start=1):
        match = pattern.fullmatch(text)
        if match:
            return level, match["number"], match["text"]
    return 0, "", text


def numbered_level(text: str) -> int:
    return numbered(text)[0]


def chapter(text: str) -> tuple[str, str, str] | None:
    """(unit 编/章/节, number, title) when the line is the heading of a chapter or section."""
    match = _CHAPTER.fullmatch(text)
    if match is None or len(match["text"]) > 40:
        return None
    return match["unit"], match["number"], match["text"]


def article(text: str, previous: int | None) -> tuple[int, str, str] | None:
    """(value, number, text) when the line begins an article.

    Without a blank after the number it must follow on from the `previous` article, because a
    sentence may begin with a reference to one.
    """
    match = _ARTICLE.fullmatch(text)
    value = to_int(match["value"]) if match else None
    if match is None or value is None:
        return None
    runs_on = match["text"] and not match["gap"]
    if runs_on and (_CITATION.match(match["text"]) or value != (previous or 0) + 1):
        return None
    return value, match["number"], match["text"]
