"""Compute obligations anew: of one item, of all, after a new edition, after a new calendar year."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, OuterRef, Q, Subquery
from django.utils import timezone
from django_q.tasks import async_task

from catalogue_standards.cells import item_cells
from catalogue_standards.duties.settle import settle, settle_pieces
from catalogue_standards.enums import SubjectGroup
from catalogue_standards.models import Due, Edition, EditionItem, Item, Obligation, Organ
from cms.obligations.facts import answer, reference_of, report

BATCH = 50
#: Of more pieces under one item the whole item is computed.
MOST_PIECES = 50
#: The cells of an item on which due dates and their organs depend.
BEARING = ("time_limit", "counted", "rhythm", "subject", "method")


class _Waiting(threading.local):
    def __init__(self) -> None:
        self.items: set[int | None] = set()
        self.pieces: dict[int | None, set[str]] = {}
        self.years: set[int] = set()
        self.paused = False


_waiting = _Waiting()


def recompute(items: Collection[int | None]) -> int:
    """Bring the obligations of `items` in step, in one transaction; returns how many there are."""
    return settle(items, report)


def follow_pieces(item: int | None, references: Collection[str]) -> None:
    """Bring in step what some pieces under `item` bear on, in one transaction.

    Pieces that stood under another item before free that one too.
    """
    former = Due.objects.filter(reference__in=references).exclude(item=item)
    left = set(former.order_by().values_list("item", flat=True))
    settle_pieces(item, references, answer)
    if left:
        recompute(left)


def recompute_later(item: int | None, page: int | None = None) -> None:
    """After the commit, once for all that a transaction changed under an item; of one page alone,
    what that page bears on.

    It may fail without undoing what was published; the night's computation then mends it.
    """
    if _waiting.paused:
        return
    if page is None:
        _waiting.items.add(item)
    else:
        _waiting.pieces.setdefault(item, set()).add(reference_of(page))
    transaction.on_commit(_recompute_waiting, robust=True)


def count_anew_later(year: int) -> None:
    """The worker counts with the days of `year`, once for all of them that a transaction wrote."""
    _waiting.years.add(year)
    transaction.on_commit(_ask_to_count, robust=True)


@contextmanager
def paused() -> Iterator[None]:
    """For who publishes hundreds of pieces and computes all at the end."""
    _waiting.paused = True
    try:
        yield
    finally:
        _waiting.paused = False


def recompute_all(stale_for: timedelta = timedelta(0)) -> Iterator[tuple[int, int]]:
    """Every item, in batches that are kept one by one; yields (done, of how many).

    Those computed longest ago come first; with `stale_for`, those computed since then are left out,
    so that a run that was stopped goes on where it was.
    """
    before = timezone.now() - stale_for
    stale: list[int | None] = list(
        Item.objects.filter(
            Q(obligations__isnull=False) | Q(in_editions__in=EditionItem.objects.in_force())
        )
        .annotate(computed=Max("obligations__computed_at"))
        .filter(Q(computed=None) | Q(computed__lte=before))
        .order_by("computed", "pk")
        .values_list("pk", flat=True)
    )
    yield from _in_batches([None, *stale])


def recompute_after_force(edition: Edition, previous: Edition | None) -> Iterator[tuple[int, int]]:
    """What a new edition says otherwise of an item is computed; the rest only moves along.

    The work grows with the changes and not with what was published.
    """
    if previous is None:
        yield from recompute_all()
        return
    entry = EditionItem.objects.filter(edition=edition, item=OuterRef("item")).values("pk")[:1]
    kept = Obligation.objects.filter(item__in=edition.items.values("item"))
    kept.update(entry=Subquery(entry))
    before, after = _said_of_items(previous), _said_of_items(edition)
    changed = {item for item in before | after if before.get(item) != after.get(item)}
    yield from _in_batches(sorted(changed))


def _said_of_items(edition: Edition) -> dict[int, tuple[str, ...]]:
    """What an edition says of each item that bears on what is due, and from whom."""
    rows = item_cells(EditionItem.objects.filter(edition=edition))
    return {row.item_id: tuple(row.cells[name] for name in BEARING) for row in rows}


def recompute_after_choice(organ: int) -> Iterator[tuple[int, int]]:
    """What a township owes, or may owe again since it chose anew."""
    township = Organ.objects.get(pk=organ)
    groups = SubjectGroup.of_kind(township.kind)
    named = Q(subjects__organ=township) | Q(subjects__group__in=groups)
    items = EditionItem.objects.in_force().filter(named).order_by().values_list("item", flat=True)
    yield from _in_batches(sorted(set(items)))


def recompute_after_calendar(year: int) -> Iterator[tuple[int, int]]:
    """What is provisional, or is due in or after `year` and not met, is counted with the new days."""
    concerned = (
        Due.objects.open()
        .filter(Q(provisional=True) | Q(due_on__gte=date(year, 1, 1)))
        .order_by()
        .values_list("item", flat=True)
        .distinct()
    )
    yield from _in_batches(list(concerned))


def _in_batches(items: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    for start in range(0, len(items), BATCH):
        batch = items[start : start + BATCH]
        recompute(batch)
        yield start + len(batch), len(items)


def _recompute_waiting() -> None:
    # The first call does the work of all; items left by a transaction that was rolled back do no harm.
    items, _waiting.items = _waiting.items, set()
    pieces, _waiting.pieces = _waiting.pieces, {}
    items |= {item for item, references in pieces.items() if len(references) > MOST_PIECES}
    if items:
        recompute(items)
    for item in pieces.keys() - items:
        follow_pieces(item, pieces[item])


def _ask_to_count() -> None:
    years, _waiting.years = _waiting.years, set()
    if years:
        async_task("cms.obligations.tasks.follow_calendar", min(years))
