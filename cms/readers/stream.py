"""A recognised document as the body of a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cms.blocks import table_value
from cms.readers.policy_docx import to_blocks

if TYPE_CHECKING:
    from cms.models import Attachment
    from cms.readers.reading import PolicyReading


def stream_blocks(
    reading: PolicyReading, attachments: Iterable[Attachment]
) -> list[dict[str, Any]]:
    """Raw StreamField data: text and tables in the order of the document, then its attachments."""
    stored = []
    for block in to_blocks(reading):
        value = block["value"]
        if block["type"] == "table":
            value = table_value(value["header"], value["rows"], value["caption"])
        stored.append({"type": block["type"], "value": value})
    files = [{"document": attachment.pk, "note": ""} for attachment in attachments]
    if files:
        stored.append({"type": "attachments", "value": {"files": files}})
    return stored
