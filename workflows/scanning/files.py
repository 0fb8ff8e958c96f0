"""Scanning the bytes of a file, in this very process. Use `scan_file`, which keeps limits."""

from collections.abc import Iterable

from .aggregation import DEFAULT_K, check_aggregation
from .items import Passage, Table, note_finding, unreadable
from .kinds import Finding
from .limits import Budget, Limits, Unreadable
from .passages import scan_passage
from .readers.dispatch import read
from .words import place


def scan_bytes(
    data: bytes,
    name: str,
    *,
    limits: Limits,
    dictionary: Iterable[str] = (),
    k: int = DEFAULT_K,
) -> list[Finding]:
    """The findings of a file, the name's own among them."""
    terms = tuple(dictionary)
    found = scan_passage(name, Passage(place("file_name"), name), terms)
    for item in read(data, name, Budget(limits)):
        if isinstance(item, Passage):
            found += scan_passage(name, item, terms)
        elif isinstance(item, Table):
            found += check_aggregation(item.rows, item.header, k, file=name, place=item.place)
        else:
            found.append(note_finding(name, item))
        if len(found) > limits.findings:
            many = Unreadable("many", count=limits.findings)
            return [*found[: limits.findings], note_finding(name, unreadable(many))]
    return found
