"""What the cells of the table editor show: the words of the official table, one entry on each line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from catalogue_standards.enums import Audience, Level, Method, Stage
from catalogue_standards.files.citing import written_citation
from catalogue_standards.files.rhythm import Rhythm, written
from catalogue_standards.files.words import WORDS
from catalogue_standards.models import EditionItem, ItemBasis, ItemSubject

if TYPE_CHECKING:
    from catalogue_standards.models import ItemChannel


def basis_text(row: ItemBasis) -> str:
    return written_citation(row.basis.title, row.basis.document_number, row.article)


def subject_text(row: ItemSubject) -> str:
    return row.organ.name if row.organ else str(WORDS["groups"][row.group][0])


def channel_text(row: ItemChannel) -> str:
    return f"{'■' if row.required else '□'}{row.channel.name}"


def _audience(entry: EditionItem) -> str:
    words = str(Audience(entry.audience).label)
    return f"{words}：{entry.audience_group}" if entry.audience_group else words


_TEXTS: dict[str, Callable[[EditionItem], str]] = {
    "group": lambda entry: entry.group,
    "name": lambda entry: entry.name,
    "sub_name": lambda entry: entry.sub_name,
    "content": lambda entry: "\n".join(row.text for row in entry.content_elements.all()),
    "basis": lambda entry: "\n".join(map(basis_text, entry.bases.all())),
    "time_limit": lambda entry: entry.time_limit_text,
    "subject": lambda entry: "\n".join(map(subject_text, entry.subjects.all())),
    "channels": lambda entry: "\n".join(map(channel_text, entry.channels.all())),
    "audience": _audience,
    "method": lambda entry: str(Method(entry.method).label),
    "levels": lambda entry: "、".join(str(Level(level).label) for level in entry.levels),
    "rhythm": lambda entry: written(
        Rhythm(entry.rhythm_period, entry.rhythm_pieces, entry.newest_days)
    ),
    "stage": lambda entry: str(Stage(entry.stage).label) if entry.stage else "",
    "domain": lambda entry: entry.edition_domain.name,
}


def cell_text(entry: EditionItem, name: str) -> str:
    """The words of one cell; without queries where the item was loaded `with_details()`."""
    return _TEXTS[name](entry)


def all_texts(entry: EditionItem) -> dict[str, str]:
    return {name: text(entry) for name, text in _TEXTS.items()}
