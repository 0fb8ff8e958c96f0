"""Marks in a cell: which of the things it names are chosen, required or optional."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalogue_standards.files.texts import joined, split_outside, unwrapped
from catalogue_standards.files.words import CELLS, WORDS, heading_key, plain, usual_channels

_MARKS: dict[str, str] = WORDS["marks"]
_SHAPES = _MARKS["filled"] + _MARKS["hollow"]
_CHOSEN = _MARKS["filled"] + _MARKS["tick"]
# Letters and × are marks only beside a Chinese word that is not joined to Latin text.
_LETTERS = "RPþü£¨×"
_PLAIN_MARKS = "".join(c for c in _SHAPES + _MARKS["tick"] + _MARKS["empty"] if c not in _LETTERS)
_BEFORE = re.compile(
    rf"[{_PLAIN_MARKS}]|(?:(?<=\s)|^|(?<=[、，,；;]))[{_LETTERS}](?=\s*[\u4e00-\u9fff])"
)
_AFTER = re.compile(rf"[{_PLAIN_MARKS}]|(?<=[\u4e00-\u9fff)）])[{_LETTERS}](?=\s|$|[、，,；;])")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.．、]|[(（]\d{1,2}[)）]|[①-⑳])\s*")
_ENDS = " \t\u3000\n、，,；;。.:："
_PROSE = 12  # characters; a name longer than this is looked through for the usual channels


@dataclass(frozen=True)
class Named:
    """A name in a list and its mark, "" when the list has none."""

    name: str
    mark: str


def named(text: str) -> list[Named]:
    """The names of a cell with their marks: ■政府网站□政府公报, 政府网站√, or without any marks."""
    text = re.sub(r"[\r\n\v\f\u2028\u2029]+", "\n", text.strip())
    before, after = list(_BEFORE.finditer(text)), list(_AFTER.finditer(text))
    if before and before[0].start() == 0:
        ends = [*(m.start() for m in before[1:]), len(text)]
        spans = [(m[0], text[m.end() : end]) for m, end in zip(before, ends, strict=True)]
    elif after and after[-1].end() == len(text):
        starts = [0, *(m.end() for m in after[:-1])]
        spans = [(m[0], text[start : m.start()]) for m, start in zip(after, starts, strict=True)]
    else:
        return [Named(part, "") for part in split_outside(text, "\n、，,；;") if part]
    return [Named(_name(words), mark) for mark, words in spans if _name(words)]


def _name(words: str) -> str:
    return joined(words).strip(_ENDS)


def chosen_and_optional(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The chosen names of a list and its optional ones, in order.

    Hollow shapes mean optional (■ required, □ optional) unless the list has ticks: beside √ an empty
    box means not chosen. A list without marks chooses everything it names.
    """
    entries = named(text)
    ticked = any(entry.mark and entry.mark in _MARKS["tick"] for entry in entries)
    chosen = [e.name for e in entries if not e.mark or e.mark in _CHOSEN]
    optional = [] if ticked else [e.name for e in entries if e.mark and e.mark in _MARKS["hollow"]]
    return tuple(dict.fromkeys(chosen)), tuple(dict.fromkeys(optional))


def channels_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The required and the optional channels of a 公开渠道和载体 cell: marked, listed, or prose."""
    entries = named(text)
    if any(entry.mark for entry in entries):
        return chosen_and_optional(text)
    channels: list[str] = []
    for entry in entries:
        channels += _of_prose(entry.name)
    return tuple(dict.fromkeys(channels)), ()


def _of_prose(words: str) -> list[str]:
    """One listed name; from running prose (通过...公开), the usual channels it speaks of."""
    name = _NUMBERED.sub("", joined(words)).strip(_ENDS)
    if heading_key(name) in usual_channels() or len(name) <= 1 or name.startswith("其他"):
        return [name] if name else []
    bare = _without_prose(name)
    if bare == name or heading_key(bare) in usual_channels() or len(bare) <= _PROSE:
        return [bare] if bare else []
    known = [n for n in sorted(usual_channels(), key=len, reverse=True) if n in plain(bare)]
    longest = [n for n in known if not any(n != other and n in other for other in known)]
    return sorted(longest, key=plain(bare).index) or [bare]


def _without_prose(name: str) -> str:
    prose = WORDS["prose"]
    for lead in sorted(prose["lead"], key=len, reverse=True):
        if name.startswith(lead) and len(name) > len(lead) + 1:
            name = name.removeprefix(lead)
            break
    trimmed = True
    while trimmed:
        trimmed = False
        for tail in sorted(prose["tail"], key=len, reverse=True):
            if name.endswith(tail) and len(name) > len(tail) + 1:
                name, trimmed = name.removesuffix(tail), True
                break
    return name.strip(_ENDS)


def state_of(text: str) -> tuple[str, str]:
    """What a cell in a column of its own says: "chosen", "optional", "" (not chosen) or "unread".

    The second part is what stands beside the mark, such as the group in √（低保对象）.
    """
    bare = joined(text)
    if not bare or bare in CELLS["nothing"] or bare in CELLS["no"]:
        return "", ""
    if bare in CELLS["optional"]:
        return "optional", ""
    if bare in CELLS["yes"]:
        return "chosen", ""
    mark, rest = bare[0], bare[1:].strip(_ENDS)
    beside = not rest or not rest[0].isascii() or not mark.isascii()
    if mark in _CHOSEN and beside:
        return "chosen", unwrapped(rest)
    if mark in _MARKS["hollow"]:
        return "optional", unwrapped(rest)
    if mark in _MARKS["empty"]:
        return "", ""
    return "unread", bare
