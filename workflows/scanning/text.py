"""Scanning a text that is already at hand: a field, a block, a file name, a link target."""

from collections.abc import Iterable

from .kinds import Finding
from .passages import Passage, scan_passage


def scan_text(
    text: str, *, place: str = "", dictionary: Iterable[str] = (), file: str = ""
) -> list[Finding]:
    """The findings in `text`, in order of their place.

    `place` is taken over into the findings; `dictionary` holds the terms reviewers look out for.
    Offsets count characters of `text` as given.
    """
    return scan_passage(file, Passage(place, text), tuple(dictionary))
