"""A page as passages that can be compared, pointed at and found again after an edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from workflows.contents import FileSlot, Slot, TableSlot, TextSlot, slots_of
from workflows.copies import file_type
from workflows.scanning import mask_text, scan_text

if TYPE_CHECKING:
    from workflows.models import GatedPageMixin

#: Fields outside the text that people have something to say about.
HEADS = ("title", "summary")
#: Characters of a passage that a comment quotes at most.
QUOTED = 200


@dataclass(frozen=True)
class Passage:
    """A paragraph, a row of a table or a file; `field` and `where` are those of its slot."""

    field: str
    where: str
    text: str
    is_file: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is part of the running text, neither title and summary nor a file."""
        return self.field not in HEADS and not self.is_file


def passages_of(page: GatedPageMixin) -> list[Passage]:
    """Title and summary, then all that stands in the text, in reading order; blank ones left out."""
    return [
        passage
        for slot in slots_of(page)
        if slot.path in HEADS or "." in slot.path
        for passage in _passages(slot)
        if passage.text
    ]


def _passages(slot: Slot) -> Iterator[Passage]:
    if isinstance(slot, TextSlot):
        for line in slot.text.splitlines():
            yield Passage(slot.path, slot.where, line.strip())
    elif isinstance(slot, TableSlot):
        for row in ([slot.header] if slot.header else []) + slot.rows:
            cells = [" ".join(cell.split()) for cell in row]
            yield Passage(slot.path, slot.where, " | ".join(cells) if any(cells) else "")
    else:
        yield Passage(slot.path, slot.where, file_name(slot.file), is_file=True)


def file_name(file: Any) -> str:
    return _("File: %(name)s") % {"name": file.title}


def files_in(page: GatedPageMixin) -> dict[tuple[str, int], str]:
    """The title of each file that `page` uses, by its kind and key."""
    return {
        (file_type(slot.file), slot.file.pk): slot.file.title
        for slot in slots_of(page)
        if isinstance(slot, FileSlot)
    }


def masked(text: str) -> str:
    """`text` as evidence may keep it: personal data in it masked, as long as before."""
    return mask_text(text, scan_text(text))


def quote_of(passage: Passage, start: int = 0, end: int | None = None) -> str:
    """What a comment quotes: the passage from `start` to `end`, or its beginning."""
    text = masked(passage.text)
    chosen = text[start:end].strip() if end is not None and 0 <= start < end else ""
    return (chosen or text)[:QUOTED]


def place_of(field: str, quote: str, passages: list[Passage]) -> int | None:
    """Where a quoted passage stands now: at its old place, else anywhere; None when it is gone."""
    found = [n for n, each in enumerate(passages) if quote in masked(each.text)]
    at_home = [n for n in found if passages[n].field == field]
    return next(iter(at_home or found), None)
