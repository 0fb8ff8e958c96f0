"""The words of a published piece, without their dress."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import StreamValue

from cms.models import Attachment, PublishedPiece, TopicPage


def body_text(page: PublishedPiece) -> str:
    """Every word of the body in its order, a line for each paragraph, row or cell."""
    return "\n".join(_lines(_block_texts(page.body)))


def topic_lines(page: TopicPage) -> list[str]:
    """The steps of a topic, its items and what is said of each."""
    named = (part for each in page.chosen() for part in (each.page.title, each.note))
    return _lines([*page.step_titles, *named])


def attachment_names(page: PublishedPiece) -> str:
    """The titles and notes of what is attached, a line for each."""
    return "\n".join(_lines(_named_files(page.body)))


def attached_files(page: PublishedPiece) -> list[Attachment]:
    """What is attached, in its order."""
    return [document for document, _note in _files(page.body) if document]


def _block_texts(stream: StreamValue) -> Iterator[str]:
    for block in stream:
        if block.block_type == "table":
            # Wagtail's table block gives its cells only.
            yield block.value.get("table_caption", "")
        yield from block.block.get_searchable_content(block.value)


def _named_files(stream: StreamValue) -> Iterator[str]:
    for document, note in _files(stream):
        yield document.title if document else ""
        yield note
    for block in stream:
        if block.block_type == "video" and block.value["video"]:
            yield block.value["video"].title


def _files(stream: StreamValue) -> Iterator[tuple[Attachment | None, str]]:
    """Attachments with their notes; one that was deleted since leaves an empty place."""
    for block in stream:
        if block.block_type == "attachments":
            for file in block.value["files"]:
                yield file["document"], file["note"]


def _lines(parts: Any) -> list[str]:
    return [line for part in parts if part and (line := str(part).strip())]
