"""What was recognised in a policy document."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Kind = Literal["chapter", "section", "article", "heading", "paragraph", "table"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table flattened to equal rows; merged cells repeat their text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One step of the text, in document order.

    `number` is as written (第一章, 一、, （一）, 1.) and not part of `text`. `level` is 1 for 一、 and
    chapters, 2 for （一） and sections, 3 for 1., 4 for （1）, 0 for plain text. `lead` is the opening
    phrase of a numbered paragraph that serves as its heading, and the beginning of `text`.
    """

    kind: Kind
    text: str = ""
    number: str = ""
    level: int = 0
    lead: str = ""
    table: Table | None = None

    def as_dict(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"kind": self.kind, "level": self.level}
        shown |= {"number": self.number or None, "text": self.text}
        if self.lead:
            shown["lead"] = self.lead
        if self.table:
            shown["table"] = {
                "caption": self.table.caption,
                "header": list(self.table.header),
                "rows": [list(row) for row in self.table.rows],
            }
        return shown


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document named under 附件： or appended after the signature.

    `named` says it stands under 附件：; `body` is empty when it is only named. `issued` marks the text that a notice prints and
    distributes (印发, 转发): it follows the signature without the word 附件.
    """

    title: str
    number: int | None = None
    named: bool = False
    issued: bool = False
    body: tuple[Node, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "number": self.number,
            "named": self.named,
            "issued": self.issued,
            "structure": [node.as_dict() for node in self.body],
        }


@dataclass(frozen=True, slots=True)
class PolicyReading:
    """A policy document as its file tells it; what the file does not say is None or empty.

    Parts and their places follow GB/T 9704-2012 (format of official documents). `organ` holds
    joint issuers joined by 、. `signature` is the closing lines as written, `notes` the remarks
    in brackets after it (此件公开发布), `imprint` 抄送 and 印发 lines, `left_out` how many pictures,
    text boxes, footnotes, equations and embedded objects the text does not carry.
    """

    title: str | None = None
    document_number: str | None = None
    organ: str | None = None
    written: date | None = None
    index_number: str | None = None
    topic: str | None = None
    addressees: tuple[str, ...] = ()
    body: tuple[Node, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    signature: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    imprint: tuple[str, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready; the six metadata keys come first, dates are ISO 8601."""
        return {
            "title": self.title,
            "document_number": self.document_number,
            "organ": self.organ,
            "written": self.written.isoformat() if self.written else None,
            "index_number": self.index_number,
            "topic": self.topic,
            "addressees": list(self.addressees),
            "structure": [node.as_dict() for node in self.body],
            "attachments": [attachment.as_dict() for attachment in self.attachments],
            "signature": list(self.signature),
            "notes": list(self.notes),
            "imprint": list(self.imprint),
            "left_out": self.left_out,
        }
