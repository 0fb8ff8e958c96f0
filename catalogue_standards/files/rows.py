"""One row of a table as an item of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping

from catalogue_standards.files import marks
from catalogue_standards.files.headings import Column
from catalogue_standards.files.marks import channels_of, chosen_and_optional, state_of
from catalogue_standards.files.model import CatalogueRow, Place, Problem, ReadCell, gettext_noop
from catalogue_standards.files.texts import citations, content_elements, joined, organs_line
from catalogue_standards.files.words import CELLS, WORDS
from catalogue_standards.limits import parse_time_limit

_LEVELS = (("县级", "县区市旗"), ("乡级", "乡镇街"), ("村级", "村"))
_GROUP = re.compile(r"特定(?:群体|群众|人群|对象)\s*[:：（(]?\s*(?P<group>.*?)[)）]?$")
_EVERYONE = ("全社会", "社会公众", "公众", "全体公民", "全社会公众", "社会")


def row_of(
    cells: Mapping[str, ReadCell],
    marked: list[tuple[Column, ReadCell]],
    notes: dict[str, str],
    place: Place,
    domain: str,
) -> tuple[CatalogueRow, list[Problem]]:
    """The item that a row states.

    `cells` are those of the columns that hold words, `marked` those of columns that hold marks.
    """
    problems: list[Problem] = []
    text = {name: cell.text for name, cell in cells.items()}
    required, optional = channels_of(text.get("channels", ""))
    audience, group = _audience(text.get("audience", ""))
    methods = _methods(text.get("method", ""))
    levels = _levels(text.get("levels", ""))
    for column, cell in marked:
        state, beside = state_of(cell.text)
        if state == "unread":
            problems.append(_unread_mark(column, cell))
        if not state or (state == "optional" and column.field != "channels"):
            continue
        if column.field == "channels" and state == "optional":
            optional = (*optional, column.value)
        elif column.field == "channels":
            named = f"其他:{beside}" if beside and column.value == "其他" else column.value
            required = (*required, named)
        elif column.field == "audience":
            audience = (*audience, column.value)
            group = beside if column.value == "特定群体" else group
        elif column.field == "method":
            methods = (*methods, column.value)
        else:
            levels = (*levels, column.value)
    row = CatalogueRow(
        place=place,
        domain=domain,
        level1=joined(text.get("level1", "")),
        level2=joined(text.get("level2", "")),
        level3=joined(text.get("level3", "")),
        content=content_elements(text.get("content", "")),
        basis=citations(text.get("basis", "")),
        time_limit=_time_limit(text.get("time_limit", "")),
        subject=organs_line(text.get("subject", "")),
        channels=tuple(dict.fromkeys(required)),
        optional_channels=tuple(c for c in dict.fromkeys(optional) if c not in required),
        audience="、".join(dict.fromkeys(audience)),
        audience_group=group,
        method="、".join(dict.fromkeys(methods)),
        levels=tuple(dict.fromkeys(levels)),
        rhythm=text.get("rhythm", "").strip(),
        notes=notes,
        cells={**{c.field: cell for c, cell in reversed(marked)}, **cells},
    )
    return row, problems


def _unread_mark(column: Column, cell: ReadCell) -> Problem:
    return Problem(
        "unread-mark",
        gettext_noop(
            "“%(text)s” under “%(heading)s” was taken as chosen. Put a √ there, or leave it blank."
        ),
        {"text": cell.text, "heading": column.heading},
        cell.place,
        column.field,
    )


def _time_limit(text: str) -> str:
    """The limit on one line: a break inside a word goes, a break between two limits becomes ；."""
    whole = joined(text)
    if "\n" in text and not parse_time_limit(whole).understood:
        by_line = "；".join(line.strip(" ；;") for line in text.splitlines() if line.strip())
        if parse_time_limit(by_line).understood:
            return by_line
    return whole


def _audience(text: str) -> tuple[tuple[str, ...], str]:
    words, _optional = chosen_and_optional(text) if _is_marked(text) else ((joined(text),), ())
    audience: list[str] = []
    group = ""
    for word in words:
        if found := _GROUP.search(word):
            audience.append("特定群体")
            group = found["group"]
            word = word[: found.start()]
        if any(name in word for name in _EVERYONE):
            audience.insert(0, "全社会")
        elif word.strip("、，,；; ") and not found:
            audience.append("特定群体")
            group = word
    return tuple(audience), group


def _methods(text: str) -> tuple[str, ...]:
    words = "".join(chosen_and_optional(text)[0])
    return tuple(v for v, sign in (("主动", "主动"), ("依申请", "申请")) if sign in words)


def _levels(text: str) -> tuple[str, ...]:
    words = "".join(chosen_and_optional(text)[0]).replace("社区", "村").replace("县级市", "县")
    return tuple(level for level, signs in _LEVELS if any(sign in words for sign in signs))


def _is_marked(text: str) -> bool:
    return any(entry.mark for entry in marks.named(text))


def is_same_as_above(text: str) -> bool:
    """Whether a cell refers to the one above: 同上, 〃."""
    return re.sub(r"[\s。.]", "", text) in CELLS["same_as_above"]


def is_nothing(text: str) -> bool:
    """Whether a cell says in so many words that it is empty: /, —, 无."""
    return joined(text) in CELLS["nothing"]


def note_name(heading: str) -> str:
    """The key under which a further column is kept: its heading, or the name we give that note."""
    names: dict[str, str] = WORDS["notes"]
    return next((key for key, written in names.items() if written == heading), heading)
