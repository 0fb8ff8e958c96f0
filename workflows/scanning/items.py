"""What readers hand to the scanner: passages, notes on what is not text, and tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from .kinds import Kind, Severity
from .limits import Unreadable
from .passages import Passage
from .words import wording

__all__ = ["Item", "Note", "Passage", "Table", "hidden", "metadata", "unreadable"]


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
_SAMPLE = 60


def _detail(rule: str, **values: object) -> str:
    return wording()["details"][rule].format(**values)


def hidden(rule: str, place: str, text: str = "", **values: object) -> Note:
    """A part that a reader of the screen does not see."""
    sample = " ".join(text.split())[:_SAMPLE]
    return Note(Kind.HIDDEN_CONTENT, f"hidden_content.{rule}", place, _detail(rule, **values), sample)


def metadata(rule: str, place: str, text: str, severity: Severity = Severity.LOW) -> Note:
    """A property of the file that says something about its maker."""
    sample = " ".join(text.split())[:_SAMPLE]
    return Note(Kind.METADATA, f"metadata.{rule}", place, _detail(rule), sample, severity)


def unreadable(failure: Unreadable, place: str = "") -> Note:
    """A file or part that cannot be checked, and why."""
    said = wording()["unreadable"][failure.reason].format(**failure.values)
    return Note(
        Kind.UNREADABLE, f"unreadable.{failure.reason}", place, said, severity=Severity.HIGH
    )
