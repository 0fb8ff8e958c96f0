"""Looking through one page: its texts and tables here, its files in a process of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from workflows import scanning
from workflows.contents import FileSlot, Slot, TableSlot, TextSlot, slots_of
from workflows.copies import file_type, keep_copy, read_upload
from workflows.linkage import linked_lists
from workflows.scan_rules import ScanRules, hash_key

if TYPE_CHECKING:
    from workflows.models import Finding, GatedPageMixin

#: Characters of a text that are looked through at once.
LONGEST_PART = 50_000


@dataclass(frozen=True)
class Found:
    """A finding of the scanner, and the slot in which it stands."""

    slot: Slot
    finding: scanning.Finding
    inner_place: str = ""
    cleaned_away: bool = False
    file_hash: str = ""


def look_through(page: GatedPageMixin, rules: ScanRules) -> Iterator[Found]:
    """Everything found in `page` as this instance holds it; makes the public copies of its files.

    Opens no transaction: reading files may take minutes.
    """
    seen: set[tuple[str, int]] = set()
    for slot in slots_of(page):
        if isinstance(slot, TextSlot):
            yield from _text(slot, rules)
        elif isinstance(slot, TableSlot):
            yield from _table(slot, rules)
            yield from (Found(slot, finding) for finding in linked_lists(page, slot))
        elif (file_type(slot.file), slot.file.pk) not in seen:
            seen.add((file_type(slot.file), slot.file.pk))
            yield from _file(slot, rules)


def _text(slot: TextSlot, rules: ScanRules) -> Iterator[Found]:
    for start, part in _parts(slot.text):
        for finding in scanning.scan_text(part, dictionary=rules.dictionary, key=hash_key()):
            moved = replace(finding, start=finding.start + start, end=finding.end + start)
            yield Found(slot, moved)


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """A text in parts that end with a line, so that none costs more than it should."""
    start = 0
    while len(text) - start > LONGEST_PART:
        end = text.rfind("\n", start, start + LONGEST_PART) + 1 or start + LONGEST_PART
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _table(slot: TableSlot, rules: ScanRules) -> Iterator[Found]:
    for number, row in enumerate(slot.rows, slot.first_row):
        cells = [
            (column, text, f"{number}.{column}") for column, text in enumerate(row) if text.strip()
        ]
        for finding in scanning.scan_row(
            slot.header, cells, dictionary=rules.dictionary, key=hash_key()
        ):
            yield Found(slot, finding, finding.place)
    if slot.header:
        for finding in scanning.check_aggregation(slot.rows, slot.header, rules.smallest_group):
            yield Found(slot, finding)


def _file(slot: FileSlot, rules: ScanRules) -> Iterator[Found]:
    used = slot.file
    for name in ("title", "description"):
        text = getattr(used, name, "")
        for finding in scanning.scan_text(text, dictionary=rules.dictionary, key=hash_key()):
            yield Found(slot, finding, _("title of the file"))
    upload = read_upload(used)
    seen = scanning.examine_file(
        upload or b"",
        _file_name(used),
        key=hash_key(),
        limits=rules.limits,
        dictionary=rules.dictionary,
        k=rules.smallest_group,
    )
    source_hash = hashlib.sha256(upload or b"").hexdigest()
    if upload is not None:
        keep_copy(used, upload, seen)
    for number, finding in enumerate(seen.findings):
        yield Found(slot, finding, finding.place, number in seen.gone, source_hash)


def _file_name(used: Any) -> str:
    return used.file.name.rpartition("/")[2]


def rows_of(scan: Any, found: Iterable[Found]) -> list[Finding]:
    """The rows that keep what was found, not saved yet."""
    from workflows.models import Finding

    return [_row(Finding, scan, each) for each in found]


def _row(model: type[Finding], scan: Any, found: Found) -> Finding:
    finding, slot = found.finding, found.slot
    row = model(
        scan=scan,
        field=slot.path[:255],
        where=_where(slot, found.inner_place)[:255],
        inner_place=found.inner_place[:255],
        kind=finding.kind.value,
        severity=finding.severity.value,
        rule=finding.rule[:100],
        excerpt=finding.excerpt[:255],
        message=finding.message[:500],
        start=finding.start,
        end=finding.end,
        text_hash=finding.text_hash or scanning.keyed_hash(hash_key(), finding.excerpt),
        cleaned_away=found.cleaned_away,
    )
    if isinstance(slot, FileSlot):
        row.file_type, row.file_id = file_type(slot.file), slot.file.pk
        row.file_name, row.file_hash = _file_name(slot.file)[:255], found.file_hash
    return row


def _where(slot: Slot, inner: str) -> str:
    if isinstance(slot, TableSlot) and inner:
        row, column = (int(part) for part in inner.split("."))
        told = {"place": slot.where, "row": row + 1, "column": column + 1}
        return _("%(place)s · row %(row)s, column %(column)s") % told
    if isinstance(slot, FileSlot):
        name = _("%(place)s: file “%(title)s”") % {"place": slot.where, "title": slot.file.title}
        return f"{name} · {inner}" if inner else name
    return slot.where
