"""A reading as the raw data of the site's text and table blocks."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from cms.readers.reading import Attachment, Node, PolicyReading, Table


def to_blocks(reading: PolicyReading) -> list[dict[str, Any]]:
    """The whole text in order: addressees, body, signature, then what is appended.

    Title and document number are fields of the page and not repeated. A text block's value is
    HTML with every character of the file escaped; a table block's value holds plain text:
    {"caption": str, "header": [str], "rows": [[str]]}.
    """
    blocks: list[dict[str, Any]] = []
    html: list[str] = []

    def flush() -> None:
        if html:
            blocks.append({"type": "text", "value": "".join(html)})
            html.clear()

    for piece in _pieces(reading):
        if isinstance(piece, Table):
            flush()
            blocks.append({"type": "table", "value": _table(piece)})
        else:
            html.append(piece)
    flush()
    return blocks


def _pieces(reading: PolicyReading) -> Iterator[str | Table]:
    if reading.addressees:
        yield _element("p", escape("，".join(reading.addressees)) + "：")
    yield from _nodes(reading.body)
    yield from _named(reading.attachments)
    yield from (_element("p", escape(line)) for line in (*reading.signature, *reading.notes))
    for attachment in reading.attachments:
        if attachment.body or not attachment.named:
            label = "" if attachment.issued else f"附件{attachment.number or ''}　"
            yield _element("h3", escape((label + attachment.title).strip()))
            yield from _nodes(attachment.body)


def _named(attachments: Iterable[Attachment]) -> Iterator[str]:
    named = [a for a in attachments if a.named]
    if named:
        yield _element("p", "附件：" + "；".join(
            escape(f"{a.number}. {a.title}" if a.number else a.title) for a in named
        ))  # fmt: skip


def _nodes(nodes: Iterable[Node]) -> Iterator[str | Table]:
    for node in nodes:
        if node.table is not None:
            yield node.table
        else:
            yield _html(node)


def _html(node: Node) -> str:
    number, text = escape(node.number, quote=False), escape(node.text, quote=False)
    if node.kind in ("chapter", "section"):
        return _element("h3" if node.kind == "chapter" else "h4", f"{number}　{text}".strip())
    if node.kind == "article":
        return _element("p", f"<b>{number}</b>　{text}")
    if node.kind == "heading":
        if node.level > 2:
            return _element("p", f"<b>{number}{text}</b>")
        return _element("h3" if node.level == 1 else "h4", number + text)
    lead = escape(node.lead, quote=False)
    if lead:
        return _element("p", f"<b>{number}{lead}</b>{text.removeprefix(lead)}")
    return _element("p", number + text)


def _element(tag: str, content: str) -> str:
    return f"<{tag}>{content}</{tag}>" if content else ""


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "header": list(table.header),
        "rows": [list(row) for row in table.rows],
    }
