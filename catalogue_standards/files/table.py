"""An edition as the official tables (国办发〔2019〕54号), one for each domain, for any writer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from catalogue_standards.enums import Audience, Method
from catalogue_standards.files.citing import written_citation
from catalogue_standards.files.rhythm import Rhythm, written
from catalogue_standards.files.words import WORDS
from catalogue_standards.models import Edition, EditionDomain, EditionItem

_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DIGITS = "零一二三四五六七八九"
_TICK = "√"
_NONE = "—"


@dataclass(frozen=True)
class TableColumn:
    """A column: its upper heading, the lower one (None where the upper spans both rows), its width.

    `width` counts characters. `runs` is whether equal neighbours below each other become one cell.
    Columns that are not `official` follow the official ones and are left out of print.
    """

    top: str
    sub: str | None
    width: int
    text: Callable[[EditionItem], str]
    runs: bool = False
    official: bool = True


@dataclass(frozen=True)
class Block:
    """Rows from `first` to `last` of a column, counted from 0, that are one cell."""

    column: int
    first: int
    last: int


@dataclass(frozen=True)
class DomainTable:
    name: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    blocks: tuple[Block, ...]

    def heading_spans(self) -> Iterator[tuple[str, int, int]]:
        """The upper headings with the first and the last column each stands over."""
        first = 0
        for at, column in enumerate(self.columns):
            following = self.columns[at + 1] if at + 1 < len(self.columns) else None
            if following and column.sub and following.sub and following.top == column.top:
                continue
            yield column.top, first, at
            first = at + 1


def official_tables(
    edition: Edition, *, further: bool = True, rows: QuerySet[EditionItem] | None = None
) -> Iterator[DomainTable]:
    """The tables of an edition in the order of its domains, those without items left out.

    With `further` the columns that the official layout lacks follow it: 五公开 and the items' notes.
    Without them a table is as the law shows it, but does not hold all that the edition says.
    `rows` are the items of the edition to show; all, unless given.
    """
    items: Any = edition.items.all() if rows is None else rows
    found = items.with_details().order_by("edition_domain__position", "position")
    for _domain, group in groupby(found, key=lambda item: item.edition_domain_id):
        of_domain = list(group)
        yield _table(of_domain[0].edition_domain, of_domain, further)


def flat_table(items: list[EditionItem]) -> tuple[list[str], list[list[str]]]:
    """The headings and rows of the official table over all domains as one, in the order given.

    The domain stands first, then the item's number in its edition.
    """
    columns = tuple(_columns(items, further=False))[1:]
    headings = ["领域", "序号", *(column.sub or column.top for column in columns)]
    rows = [
        [
            item.edition_domain.name,
            str(item.position),
            *(_clean(column.text(item)) for column in columns),
        ]
        for item in items
    ]
    return headings, rows


def _table(entry: EditionDomain, items: list[EditionItem], further: bool) -> DomainTable:
    columns = tuple(_columns(items, further))
    rows = [
        (str(number), *(_clean(column.text(item)) for column in columns[1:]))
        for number, item in enumerate(items, start=1)
    ]
    title = f"（{chinese_number(entry.position)}）{entry.name}领域基层政务公开标准目录"
    return DomainTable(entry.name, title, columns, tuple(rows), tuple(_blocks(columns, rows)))


def _columns(items: list[EditionItem], further: bool) -> Iterator[TableColumn]:
    third = any(item.sub_name for item in items)
    yield TableColumn("序号", None, 5, lambda item: "")
    yield TableColumn("公开事项", "一级事项", 10, lambda item: item.group or _NONE, runs=True)
    yield TableColumn("公开事项", "二级事项", 12, lambda item: item.name, runs=third)
    if third:
        yield TableColumn("公开事项", "三级事项", 12, lambda item: item.sub_name)
    yield TableColumn("公开内容（要素）", None, 30, _content)
    yield TableColumn("公开依据", None, 30, _bases)
    yield TableColumn("公开时限", None, 16, lambda item: item.time_limit_text)
    yield TableColumn("公开主体", None, 14, _subjects)
    yield TableColumn("公开渠道和载体（■为必选，□为可选）", None, 20, _channels)
    yield TableColumn("公开对象", "全社会", 5, _everyone)
    yield TableColumn("公开对象", "特定群体", 8, _group)
    yield TableColumn("公开方式", "主动", 5, lambda item: _tick(item.method == Method.PROACTIVE))
    yield TableColumn("公开方式", "依申请", 5, lambda item: _tick(item.method == Method.ON_REQUEST))
    yield TableColumn("公开层级", "县级", 5, lambda item: _tick(item.at_county))
    yield TableColumn("公开层级", "乡级", 5, lambda item: _tick(item.at_township))
    yield TableColumn("公开层级", "村级", 5, lambda item: _tick(item.at_village))
    if further:
        yield from _further(items)


def _further(items: list[EditionItem]) -> Iterator[TableColumn]:
    if any(item.stage for item in items):
        yield TableColumn(WORDS["stages"]["heading"][0], None, 8, _stage, official=False)
    rhythm = WORDS["headings"]["rhythm"][0]
    if any(rhythm_text(item) for item in items):
        yield TableColumn(rhythm, None, 12, rhythm_text, official=False)
    keys = dict.fromkeys(key for item in items for key in item.notes)
    for key in (key for key in keys if key != rhythm):
        heading = WORDS["notes"].get(key, key)
        yield TableColumn(heading, None, 16, _note(key), official=False)


def rhythm_text(item: EditionItem) -> str:
    """The rhythm that is set for an item, with what an imported table said of it beyond that."""
    rhythm = Rhythm(item.rhythm_period, item.rhythm_pieces, item.newest_days)
    return written(rhythm, str(item.notes.get(WORDS["headings"]["rhythm"][0], "")))


def _note(key: str) -> Callable[[EditionItem], str]:
    return lambda item: str(item.notes.get(key, ""))


def _stage(item: EditionItem) -> str:
    return WORDS["stages"][item.stage][0] if item.stage else ""


def _content(item: EditionItem) -> str:
    return "\n".join(f"●{element.text}" for element in item.content_elements.all())


def _bases(item: EditionItem) -> str:
    return "\n".join(
        written_citation(b.basis.title, b.basis.document_number, b.article)
        for b in item.bases.all()
    )


def _subjects(item: EditionItem) -> str:
    names = (
        subject.organ.name if subject.organ else WORDS["groups"][subject.group][0]
        for subject in item.subjects.all()
    )
    return "、".join(names)


def _channels(item: EditionItem) -> str:
    channels = sorted(item.channels.all(), key=lambda c: not c.required)
    return "\n".join(f"{'■' if c.required else '□'}{c.channel.name}" for c in channels)


def _everyone(item: EditionItem) -> str:
    return _tick(item.audience == Audience.EVERYONE)


def _group(item: EditionItem) -> str:
    if item.audience != Audience.GROUP:
        return ""
    return f"{_TICK}（{item.audience_group}）" if item.audience_group else _TICK


def _tick(chosen: bool) -> str:
    return _TICK if chosen else ""


def _clean(text: str) -> str:
    """Without the control characters that office files cannot hold."""
    return _NO_XML.sub("", text)


def _blocks(columns: tuple[TableColumn, ...], rows: list[tuple[str, ...]]) -> Iterator[Block]:
    """Runs of equal names; a second-level run ends where its first-level run ends."""
    running = [at for at, column in enumerate(columns) if column.runs]
    for at in running:
        upper = [other for other in running if other <= at]
        first = 0
        for row in range(1, len(rows) + 1):
            if row < len(rows) and all(rows[row][u] == rows[first][u] for u in upper):
                continue
            if row - first > 1:
                yield Block(at, first, row - 1)
            first = row


def chinese_number(number: int) -> str:
    """A number below 100 in Chinese: 26 is 二十六. Others stay in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")
