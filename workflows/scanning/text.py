"""Scanning a text that is already at hand: a field, a block, a file name, a link target."""

from collections.abc import Iterable, Sequence

from .detectors.marks import find_terms
from .kinds import Finding, Kind
from .normalise import plain
from .passages import Passage, row_passage, scan_passage


def scan_text(
    text: str,
    *,
    place: str = "",
    dictionary: Iterable[str] = (),
    file: str = "",
    key: bytes = b"",
) -> list[Finding]:
    """The findings in `text`, in order of their place.

    `place` is taken over into the findings; `dictionary` holds the terms reviewers look out for.
    Offsets count characters of `text` as given.
    """
    return scan_passage(file, Passage(place, text), tuple(dictionary), key)


def scan_row(
    header: Sequence[str],
    cells: Iterable[tuple[int, str, str]],
    *,
    dictionary: Iterable[str] = (),
    key: bytes = b"",
) -> list[Finding]:
    """The findings in a row of a table; a column's header tells what its cells are.

    `cells` are (column index, text, place); offsets count characters of the cell's text.
    """
    return scan_passage("", row_passage("", header, cells), tuple(dictionary), key)


def scan_terms(
    text: str, *, place: str = "", dictionary: Iterable[str], file: str = ""
) -> list[Finding]:
    """Only the dictionary's terms, as `scan_text` finds them: fast, for going over all that is
    public after the dictionary has changed.
    """
    terms = tuple(dictionary)
    if not any(True for _ in find_terms(plain(text).text, terms)):
        return []
    found = scan_text(text, place=place, dictionary=terms, file=file)
    return [finding for finding in found if finding.kind is Kind.DICTIONARY]
