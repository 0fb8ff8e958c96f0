"""Chapters, articles, headings, paragraphs and tables from lines."""

import re
from collections.abc import Sequence
from dataclasses import replace

from cms.readers.docx_text import Item, Line
from cms.readers.policy_marks import article, chapter, numbered
from cms.readers.reading import Node, Table

_CONTENTS = re.compile(r"目\s*录|.{1,80}?(?:…{2,}|\.{6,}|·{6,})\s*\d{1,3}")
_CAPTION = re.compile(r"表\s*[\d一二三四五六七八九十].*|[^。；：，]*[表单]")
_MAX_HEADING = 60
_MAX_LEAD = 30


def structure(items: Sequence[Item]) -> tuple[Node, ...]:
    """Recognise each line in its context; nothing is dropped but the table of contents."""
    items = [i for i in items if isinstance(i, Table) or not _CONTENTS.fullmatch(i.text)]
    nodes: list[Node] = []
    last_article: int | None = None
    for place, item in enumerate(items):
        following = items[place + 1] if place + 1 < len(items) else None
        if isinstance(item, Table):
            nodes.append(_with_caption(item, nodes))
        elif isinstance(following, Table) and _is_caption(item):
            nodes.append(Node("paragraph", item.text))
        elif part := chapter(item.text):
            unit, number, text = part
            is_section = unit == "节"
            nodes.append(Node("section" if is_section else "chapter", text, number, 1 + is_section))
        elif found := article(item.text, last_article):
            last_article, number, text = found
            nodes.append(Node("article", text, number))
        else:
            nodes.append(_paragraph(item, following, in_article=last_article is not None))
    return tuple(_with_consistent_leads(nodes))


def _paragraph(line: Line, following: Item | None, in_article: bool) -> Node:
    level, number, text = numbered(line.text)
    if line.heading and len(text) <= _MAX_HEADING and not text.endswith(("。", "；")):
        return Node("heading", text, number, level or line.heading)
    if level and not in_article:
        if _is_heading(level, text, following):
            return Node("heading", text, number, level)
        lead = re.match(rf"[^。；：！？]{{2,{_MAX_LEAD}}}。(?=.)", text)
        return Node("paragraph", text, number, level, lead[0] if lead and level < 4 else "")
    return Node("paragraph", text, number, level)


def _is_heading(level: int, text: str, following: Item | None) -> bool:
    """A numbered phrase heads something when plain text, a deeper number or a table follows it.

    A sentence followed by its sibling is an item of a list, however short.
    """
    core = text.removesuffix("。")
    if not core or len(core) > _MAX_HEADING or re.search("[。；！？]|[：，:,]$", core):
        return False
    if following is None:
        return False
    if isinstance(following, Table):
        return True
    return numbered(following.text)[0] not in range(1, level + 1)


def _with_consistent_leads(nodes: list[Node]) -> list[Node]:
    """Keep a lead only where all numbered siblings have one: in a list, a first sentence is none."""
    for level in (1, 2, 3):
        run: list[int] = []
        for place, node in enumerate([*nodes, Node("chapter", level=0)]):
            if node.kind == "paragraph" and node.level == level:
                run.append(place)
            elif node.kind in ("chapter", "section") or 0 < node.level < level:
                if any(not nodes[i].lead for i in run):
                    for i in run:
                        nodes[i] = replace(nodes[i], lead="")
                run = []
    return nodes


def _is_caption(line: Line) -> bool:
    return len(line.text) <= 40 and _CAPTION.fullmatch(line.text) is not None


def _with_caption(table: Table, nodes: list[Node]) -> Node:
    before = nodes[-1] if nodes else None
    if table.caption or before is None or before.kind != "paragraph" or before.number:
        return Node("table", table=table)
    if not _is_caption(Line(before.text)):
        return Node("table", table=table)
    nodes.pop()
    return Node("table", table=Table(table.header, table.rows, before.text))
