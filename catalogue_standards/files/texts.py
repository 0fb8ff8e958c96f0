"""Splitting the text of a cell into what it lists."""

from __future__ import annotations

import re

from catalogue_standards.files.words import CELLS

_PAIRS = {
    "(": ")",
    "（": "）",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "[": "]",
    "〔": "〕",
    "﹝": "﹞",
    "“": "”",
}
_BREAKS = re.compile(r"[\r\n\v\f\u2028\u2029]+")
_BULLET = re.compile(r"^\s*[●■◆▪•·▲★○\uf06c\uf06e\uf0b7]\s*(?=\S)")
_RUN_ON = tuple("●■◆▪▲★")  # bullets that are never part of a word
_NUMBER = r"(?:\d{1,2}\s*[.．、](?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|[①-⑳])"
_NUMBERED = re.compile(rf"^\s*{_NUMBER}\s*")
_NUMBER_INSIDE = re.compile(rf"(?:^|(?<=[;；。\n,，\s])){_NUMBER}\s*|[①-⑳]")
_JOINS = re.compile(r"[、，,和及与的]$")
_ENDS = " \t\u3000;；。、,，"
_AND = re.compile(r"》(?:[(（][^()（）《》]*[)）])?(?P<and>\s*(?:以及|[和及与])?\s*)(?=[《【])")
_ARTICLE = re.compile(r"\s*(?:第|[（(]?[一二三四五六七八九十]+[)）]?[条款项])")
_DOCUMENT = tuple(CELLS["document_words"])


def joined(text: str) -> str:
    """A text without its line breaks, which in a narrow cell fall inside words (工作 日)."""
    return "".join(line.strip(" \t") for line in _BREAKS.split(text)).strip(" \t\u3000")


def depths(text: str) -> list[int]:
    """In how many closed pairs of brackets or quotation marks each character stands, its own included.

    A bracket without its partner counts for nothing, so that a slip of the pen swallows no text.
    """
    depth = [0] * len(text)
    opened: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if char in _PAIRS:
            opened.append((_PAIRS[char], at))
            continue
        for level in range(len(opened) - 1, -1, -1):
            if opened[level][0] == char:
                start = opened[level][1]
                del opened[level:]
                for inner in range(start, at + 1):
                    depth[inner] += 1
                break
    return depth


def split_outside(text: str, separators: str) -> list[str]:
    """Split at any of `separators` that is not inside brackets; blank parts are dropped."""
    depth = depths(text)
    parts, start = [], 0
    for at, char in enumerate(text):
        if char in separators and not depth[at]:
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    return [part for part in (p.strip() for p in parts) if part]


def unwrapped(text: str) -> str:
    """What a pair of round brackets around the whole text encloses, or the text itself."""
    if text[:1] not in tuple("(（") or text[-1:] not in tuple(")）"):
        return text
    level = 0
    for char in text[:-1]:
        level += (char in "(（") - (char in ")）")
        if level == 0:
            return text
    return text[1:-1]


def content_elements(text: str) -> tuple[str, ...]:
    """The elements of 公开内容（要素）: bulleted or numbered, one to a line, or set off by ；.

    A line without a bullet goes on with the line above where others have bullets.
    """
    lines = [line for line in _BREAKS.split(_bullets_apart(text)) if line.strip()]
    if any(_BULLET.match(line) for line in lines):
        elements = _continued(lines, _BULLET)
    elif sum(bool(_NUMBERED.match(line)) for line in lines) > 1:
        elements = _continued(lines, _NUMBERED)
    elif len(_NUMBER_INSIDE.findall(text)) > 1:
        elements = _NUMBER_INSIDE.split(joined(text))
    else:
        elements = [p for line in _unbroken(lines) for p in split_outside(line, ";；")]
    return tuple(
        e for e in (element.strip(_ENDS) for element in elements) if e and e not in _RUN_ON
    )


def _bullets_apart(text: str) -> str:
    """Begin a new line at each bullet of a text that begins with one: ●甲●乙."""
    start = text.lstrip()[:1]
    return re.sub(rf"\s*{start}\s*", rf"\n{start}", text) if start in _RUN_ON else text


def _continued(lines: list[str], mark: re.Pattern[str]) -> list[str]:
    elements: list[str] = []
    for line in lines:
        bare = mark.sub("", line, count=1)
        if elements and bare == line:
            elements[-1] += line.strip()
        else:
            elements.append(bare)
    return elements


def _unbroken(lines: list[str]) -> list[str]:
    """Join a line to the one above when that one plainly goes on."""
    result: list[str] = []
    for line in lines:
        above = result[-1] if result else ""
        if above and (_JOINS.search(above) or _left_open(above)):
            result[-1] = above + line.strip()
        else:
            result.append(line.strip())
    return result


def _left_open(text: str) -> bool:
    return any(text.count(opening) > text.count(_PAIRS[opening]) for opening in "(（《")


def citations(text: str) -> tuple[str, ...]:
    """The acts that 公开依据 cites, each with its number and article as written."""
    lines = [line.strip() for line in _BREAKS.split(text) if line.strip()]
    whole = "".join(
        ("\n" if _starts_citation(line) or above.endswith((";", "；", "。")) else "") + line
        for above, line in zip(["", *lines], lines, strict=False)
    )
    parts: list[str] = []
    for line in split_outside(whole, "\n;；"):
        rest = _NUMBERED.sub("", _BULLET.sub("", line, count=1), count=1)
        for piece in _split_numbers(rest):
            parts += _split_acts(piece)
    return tuple(p for p in (part.strip(_ENDS) for part in parts) if p)


def _starts_citation(line: str) -> bool:
    return line.startswith(("《", "【")) or bool(_BULLET.match(line) or _NUMBERED.match(line))


def _split_numbers(text: str) -> list[str]:
    depth = depths(text)
    cuts = [m for m in _NUMBER_INSIDE.finditer(text) if not depth[m.start()]]
    starts = [0, *(m.end() for m in cuts)]
    ends = [*(m.start() for m in cuts), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _split_acts(text: str) -> list[str]:
    """Split at 、 and the like between acts, but not between the articles of one act."""
    depth = depths(text)
    cuts = {m.start("and"): m.end() for m in _AND.finditer(text) if depth[m.start()] == 1}
    parts, start = [], 0
    for at, char in enumerate(text):
        if at < start:
            continue
        if at in cuts:
            parts.append(text[start:at])
            start = cuts[at]
        elif char in "、，," and not depth[at] and _ends_act(text[start:at], text[at + 1 :]):
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    return parts


def _ends_act(act: str, following: str) -> bool:
    if _ARTICLE.match(following):
        return False
    return "》" in act or following.lstrip().startswith(("《", "【")) or act.endswith(_DOCUMENT)


def organs_line(text: str) -> str:
    """公开主体 on one line; lines that each name an organ are set off by 、."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    result = ""
    for line in lines:
        bare = _NUMBERED.sub("", _BULLET.sub("", line, count=1), count=1)
        ended = result.rstrip("）)").endswith(tuple(CELLS["organ_words"]))
        result += ("、" if ended and not line.startswith(("(", "（", "、")) else "") + bare
    return result.strip(_ENDS)
