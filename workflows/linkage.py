"""The same people in two public lists with other columns: both together say more (保密法实施条例第四十三条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from wagtail.models import Page

from workflows import scanning
from workflows.contents import TableSlot, slots_of
from workflows.scan_rules import hash_key

if TYPE_CHECKING:
    from workflows.models import GatedPageMixin

#: Names of one page that are compared; a longer list is told by its first ones.
MOST_NAMES = 5_000
#: Public lists that are looked at for one table, those with most names in common first.
MOST_LISTS = 5
LEAST_SHARED = 3
CHUNK = 500


def tables_of(page: GatedPageMixin) -> Iterator[TableSlot]:
    return (slot for slot in slots_of(page) if isinstance(slot, TableSlot))


def linked_lists(page: GatedPageMixin, slot: TableSlot) -> list[scanning.Finding]:
    """One finding for each public list elsewhere that says more of the people of this table."""
    found: list[scanning.Finding] = []
    for page_id, path in _candidates(page, _hashes(slot)):
        other = Page.objects.get(pk=page_id).specific
        for table in tables_of(other):
            if table.path == path:
                found += scanning.check_linkage(
                    slot.rows, slot.header, table.rows, table.header, other.title
                )
    return found


def keep_names(page: GatedPageMixin) -> None:
    """Note who stands in the tables of `page`, in place of what was noted before."""
    from workflows.models import ListedName

    rows = (
        ListedName(page_id=page.pk, table=slot.path, name_hash=value)
        for slot in tables_of(page)
        for value in _hashes(slot)
    )
    ListedName.objects.filter(page_id=page.pk).delete()
    ListedName.objects.bulk_create(islice(rows, MOST_NAMES), batch_size=CHUNK)


def _hashes(slot: TableSlot) -> list[str]:
    names = scanning.open_names(slot.rows, slot.header)
    return [scanning.keyed_hash(hash_key(), name) for name in islice(names, MOST_NAMES)]


def _candidates(page: GatedPageMixin, hashes: list[str]) -> list[tuple[int, str]]:
    from workflows.models import ListedName

    public = ListedName.objects.filter(page__live=True).exclude(
        page__translation_key=page.translation_key
    )
    shared: Counter[tuple[int, str]] = Counter()
    for start in range(0, len(hashes), CHUNK):
        same = public.filter(name_hash__in=hashes[start : start + CHUNK])
        shared.update(same.values_list("page", "table"))
    return [place for place, number in shared.most_common(MOST_LISTS) if number >= LEAST_SHARED]
