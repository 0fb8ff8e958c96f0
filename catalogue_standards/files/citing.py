"""A citation such as 《预算法》（2018年修正）第十四条: title, document number and article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from catalogue_standards.enums import BasisKind
from catalogue_standards.files.texts import depths, unwrapped

_LABEL = re.compile(r"^【[^】]*】")
_BARE = re.compile(r"(?P<title>.+?)(?P<rest>(?:第[一二三四五六七八九十百零\d]+[条章]|[（(]).*)?")
_NUMBER = re.compile(r"^\s*(?P<number>[（(](?:[^()（）]|[（(][^()（）]*[)）])*[)）])")
_KINDS = (
    (re.compile(r"(?:标准|规范|指南|规程)(?:（.*）)?$|^GB"), BasisKind.STANDARD),
    (re.compile(r"(?:通知|意见|方案|决定|规划|公告|批复|函)(?:（.*）)?$"), BasisKind.DOCUMENT),
    (re.compile(r"条例(?:（.*）)?$"), BasisKind.REGULATION),
    (re.compile(r"(?:办法|规定|细则|规则)(?:（.*）)?$"), BasisKind.RULE),
    (re.compile(r"法(?:（.*）)?$"), BasisKind.LAW),
)


@dataclass(frozen=True)
class Citation:
    """The parts of a citation; `rest` is what follows title and number: an article, or 及相关规定."""

    title: str
    number: str
    rest: str


@lru_cache(maxsize=5_000)
def read_citation(text: str) -> Citation:
    """Take a citation apart. A text without 《》 is a title up to its article or bracket."""
    text = _LABEL.sub("", text.strip()).strip()
    if text.startswith("《") and depths(text)[0]:
        depth = depths(text)
        end = next(at for at in range(1, len(text)) if text[at] == "》" and depth[at] == 1)
        title, rest = text[1:end], text[end + 1 :]
    else:
        found = _BARE.fullmatch(text)
        title, rest = (found["title"], found["rest"] or "") if found else (text, "")
    number = _NUMBER.match(rest)
    if not number:
        return Citation(title, "", rest.strip())
    return Citation(title, unwrapped(number["number"]), rest[number.end() :].strip())


def written_citation(title: str, number: str, article: str) -> str:
    """The citation as the official table writes it."""
    return f"《{title}》{f'（{number}）' if number else ''}{article}"


def kind_of_title(title: str) -> BasisKind:
    """The kind of act that a title is by its last word; a policy document when that does not tell."""
    return next((kind for pattern, kind in _KINDS if pattern.search(title)), BasisKind.DOCUMENT)
