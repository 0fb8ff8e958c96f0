"""Scanning the bytes of a file, in this very process. Use `scan_file`, which keeps limits."""

from collections.abc import Iterable
from dataclasses import replace

from .aggregation import DEFAULT_K, check_aggregation
from .items import Passage, Table, note_finding, unreadable
from .kinds import Finding, keyed_hash
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
    key: bytes = b"",
) -> list[Finding]:
    """The findings of a file, the name's own among them."""
    terms = tuple(dictionary)
    found = scan_passage(name, Passage(place("file_name"), name), terms, key)
    for item in read(data, name, Budget(limits)):
        if isinstance(item, Passage):
            found += scan_passage(name, item, terms, key)
        elif isinstance(item, Table):
            groups = check_aggregation(item.rows, item.header, k, file=name, place=item.place)
            found += [replace(each, text_hash=keyed_hash(key, each.excerpt)) for each in groups]
        else:
            found.append(note_finding(name, item, key))
        if len(found) > limits.findings:
            many = Unreadable("many", count=limits.findings)
            return [*found[: limits.findings], note_finding(name, unreadable(many))]
    return found
