"""Recognise a policy document (政策文件) from the Word file it was issued as."""

import os
import re
from collections.abc import Sequence
from typing import BinaryIO

from cms.readers import docx_text
from cms.readers.blocks import to_blocks
from cms.readers.chinese_dates import first_date
from cms.readers.docx_open import DAMAGE, open_docx
from cms.readers.docx_text import Item, Line
from cms.readers.errors import PolicyUnreadable
from cms.readers.policy_close import (
    Close,
    find_signature,
    is_imprint,
    is_remark,
    leading_listing,
    marker,
    take_listing,
    take_title,
)
from cms.readers.policy_head import Head, as_document_number, read_head
from cms.readers.policy_marks import ORGAN_END
from cms.readers.policy_structure import structure
from cms.readers.reading import Attachment, PolicyReading

_ISSUED = 0

__all__ = ["PolicyReading", "PolicyUnreadable", "read_policy", "to_blocks"]


def read_policy(file: str | os.PathLike[str] | BinaryIO) -> PolicyReading:
    """Read a .docx, given by path or as an open binary file.

    Raises PolicyUnreadable with a sentence for the user when it is no such file, and OSError when
    a path cannot be opened. What is recognised is a proposal for the drafter to check.
    """
    document = open_docx(file)
    try:
        items = list(docx_text.items(document))
    except DAMAGE as error:
        raise PolicyUnreadable("damaged") from error
    if not items:
        raise PolicyUnreadable("no-text")
    head = read_head(items)
    imprint = tuple(text for item in items[head.end :] if is_imprint(item) for text in _texts(item))
    items = items[: head.end] + [item for item in items[head.end :] if not is_imprint(item)]
    close = find_signature(items, head.end) or _without_signature(items, head.end)
    after = close.end
    while after < len(items) and is_remark(items[after]):
        after += 1
    listed = leading_listing(items[after:])
    remarks_end, after = after, after + listed
    listing = take_listing([*items[head.end : close.start], *items[remarks_end:after]])
    label = head.labels
    return PolicyReading(
        title=label.get("title") or head.title,
        document_number=head.document_number or _number(label.get("document_number")),
        organ=_organ(head, close),
        written=first_date(label.get("written", "")) or close.written or head.adopted,
        index_number=label.get("index_number") or None,
        topic=label.get("topic") or None,
        addressees=head.addressees,
        body=structure(listing.rest),
        attachments=_attachments(listing.named, items[after:]),
        signature=close.lines,
        notes=tuple(text for item in items[close.end : remarks_end] for text in _texts(item)),
        imprint=imprint,
        left_out=docx_text.left_out(document),
    )


def _texts(item: Item) -> list[str]:
    if isinstance(item, Line):
        return [item.text]
    return [" ".join(dict.fromkeys(filter(None, row))) for row in (item.header, *item.rows)]


def _without_signature(items: Sequence[Item], begin: int) -> Close:
    for place in range(begin, len(items)):
        found = marker(items[place])
        if found and not _is_listing(items, place):
            return Close(place, place)
    return Close(len(items), len(items))


def _is_listing(items: Sequence[Item], place: int) -> bool:
    """附件：names attachments; 附件1 on a line of its own opens one."""
    item = items[place]
    return isinstance(item, Line) and re.search("[：:]", item.text) is not None


def _organ(head: Head, close: Close) -> str | None:
    if head.labels.get("organ"):
        return head.labels["organ"]
    organs = close.organs or head.organs
    if not organs and head.title:
        # 国务院办公厅转发民政部关于…: the title begins with its issuer.
        before = re.match(r"(.+?)(?=关于|转发|印发|批转|公告$|通告$|令$)", head.title)
        organs = (before[1],) if before and re.search(ORGAN_END, before[1]) else ()
    return "、".join(organs) or None


def _number(text: str | None) -> str | None:
    return (as_document_number(text) or text) if text else None


def _attachments(
    named: Sequence[tuple[int | None, str]], items: Sequence[Item]
) -> tuple[Attachment, ...]:
    """Titles named before the signature joined with the texts that follow it."""
    titles = dict(named)
    attachments = []
    for number, title, content in _appended(items):
        issued = number == _ISSUED
        if not title:
            title, taken = take_title(content)
            content = content[taken:]
        if issued:
            attachments.append(Attachment(title, issued=True, body=structure(content)))
            continue
        # 附件：名单 above and 附件1 below are the same one when there is only one.
        key = next(iter(titles)) if len(titles) == 1 and None in (number, *titles) else number
        name = titles.pop(key, "")
        attachments.append(
            Attachment(title or name, number, named=bool(name), body=structure(content))
        )
    attachments += [Attachment(title, number, named=True) for number, title in titles.items()]
    return tuple(sorted(attachments, key=lambda a: (not a.issued, a.number or 0)))


def _appended(items: Sequence[Item]) -> list[tuple[int | None, str, list[Item]]]:
    """(number, title, content) of each text after the signature; _ISSUED numbers an unmarked one."""
    parts: list[tuple[int | None, str, list[Item]]] = []
    markers = [marker(item) for item in items]
    last = {opened[0]: place for place, opened in enumerate(markers) if opened}
    for place, item in enumerate(items):
        opened = markers[place]
        # Named in an appended text and following later: a mention, not the beginning.
        if opened and not (opened[1] and last[opened[0]] > place):
            parts.append((*opened, []))
        elif parts:
            parts[-1][2].append(item)
        else:
            parts.append((_ISSUED, "", [item]))
    return parts
