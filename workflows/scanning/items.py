"""What readers hand to the scanner: passages, notes on what is not text, and tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .kinds import Finding, Kind, Severity, keyed_hash
from .limits import Unreadable
from .masking import excerpt, mask_name, mask_value
from .passages import Passage, find_hits
from .words import wording

__all__ = [
    "SAMPLE",
    "Item",
    "Note",
    "Passage",
    "Table",
    "hidden",
    "metadata",
    "note_finding",
    "unreadable",
]


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader knows without reading the words: a hidden part, a property, a failure.

    `text` is a sample of what is hidden; it is shown masked.
    """

    kind: Kind
    rule: str
    place: str
    detail: str
    text: str = ""
    severity: Severity = Severity.MEDIUM


@dataclass(frozen=True, slots=True)
class Table:
    """A table for the check of aggregation: the rows have as many cells as the header."""

    place: str
    header: list[str]
    rows: list[list[str]]


Item = Passage | Note | Table
Items = Iterator[Item]
#: So many characters of what is hidden are shown.
SAMPLE = 60
_LONGEST_NAME = 4
_LONG_NUMBER = re.compile(r"[0-9０-９]{8,}[0-9Xx]?")


def _detail(rule: str, **values: object) -> str:
    return wording()["details"][rule].format(**values)


def hidden(rule: str, place: str, text: str = "", **values: object) -> Note:
    """A part that a reader of the screen does not see."""
    sample = " ".join(text.split())[:SAMPLE]
    return Note(
        Kind.HIDDEN_CONTENT, f"hidden_content.{rule}", place, _detail(rule, **values), sample
    )


def metadata(rule: str, place: str, text: str, severity: Severity = Severity.LOW) -> Note:
    """A property of the file that says something about its maker."""
    sample = " ".join(text.split())[:SAMPLE]
    return Note(Kind.METADATA, f"metadata.{rule}", place, _detail(rule), sample, severity)


def unreadable(failure: Unreadable, place: str = "") -> Note:
    """A file or part that cannot be checked, and why."""
    said = wording()["unreadable"][failure.reason].format(**failure.values)
    return Note(
        Kind.UNREADABLE, f"unreadable.{failure.reason}", place, said, severity=Severity.HIGH
    )


def note_finding(file: str, note: Note, key: bytes = b"") -> Finding:
    """A note as a finding; its sample is shown masked."""
    said = wording()["messages"].get(str(note.kind), "{detail}").format(detail=note.detail)
    shown = excerpt(note.text, find_hits(note.text), 0, len(note.text)) if note.text else ""
    shown = _LONG_NUMBER.sub(lambda number: mask_value(number.group(), Kind.ID_CARD), shown)
    if note.rule == "metadata.author" and len(shown) <= _LONGEST_NAME:
        shown = mask_name(shown)
    text_hash = keyed_hash(key, f"{note.detail}{note.text}")
    return Finding(
        file, note.place, note.kind, note.severity, note.rule, shown, 0, 0, said, text_hash
    )
