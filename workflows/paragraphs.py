"""The text of a page as paragraphs, for setting two versions of it side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflows.contents import FileSlot, Slot, TableSlot

#: Between the cells of a table's row, which is one paragraph.
CELLS = " | "


def paragraphs_of(slots: Iterable[Slot], field: str = "") -> list[str]:
    """Each paragraph, list entry and row of a table, and the title of each file, in their order.

    `field` ("body") narrows to one field of the page. Addresses of links are left out.
    """
    within = [slot for slot in slots if slot.path.startswith(field)]
    return [text for slot in within for text in _lines(slot) if text.strip()]


def _lines(slot: Slot) -> Iterator[str]:
    if isinstance(slot, FileSlot):
        yield str(slot.file.title)
    elif isinstance(slot, TableSlot):
        for row in ([slot.header] if slot.header else []) + slot.rows:
            yield CELLS.join(cell.strip() for cell in row)
    elif slot.put is not None:
        yield from slot.text.split("\n")
