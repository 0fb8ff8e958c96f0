"""Bring what falls due in step: under whole items, or with some pieces of one item."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db import transaction
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from catalogue_standards.duties.clocks import occasion_key
from catalogue_standards.duties.facts import Facts, Question
from catalogue_standards.duties.grounds import Grounds
from catalogue_standards.duties.writing import write_dues, write_obligations
from catalogue_standards.enums import Clock
from catalogue_standards.models import Due

Report = Callable[[Collection[int | None]], Facts]
Answer = Callable[[Question], Facts]
_OF_RHYTHM = (Clock.PERIOD, Clock.NEWEST)


@transaction.atomic
def settle(items: Collection[int | None], report: Report) -> int:
    """Bring the obligations and due dates of `items` in step; returns how many obligations there are.

    The number of queries is the same for one item as for many. `report` is asked for the facts once
    nobody else computes these items. None among the items stands for policies without one.
    """
    keys = sorted(item for item in items if item is not None)
    grounds = Grounds(keys)
    facts = grounds.attributed(report(items))
    dues = list(grounds.dues(facts))
    obligations = grounds.obligations(facts, dues)
    write_dues(Q(item__in=keys) | Q(item=None) if None in items else Q(item__in=keys), dues)
    write_obligations(keys, obligations, timezone.now())
    return len(obligations)


@transaction.atomic
def settle_pieces(item: int | None, references: Collection[str], answer: Answer) -> None:
    """Bring in step what some pieces under `item` bear on: their own due dates, and those of its rhythm
    and of its noted events.

    Comes to the same as `settle`, while the rows that are read and written do not grow with the
    item's pieces. `answer` tells the facts that a Question asks for.
    """
    keys = [item] if item is not None else []
    grounds = Grounds(keys)
    facts = grounds.attributed(answer(grounds.question(item, references)))
    noted = {occasion_key(row) for rows in grounds.occasions.values() for row in rows}
    dues = [
        due
        for due in grounds.dues(facts)
        if due.clock in _OF_RHYTHM or due.reference in references or due.key in noted
    ]
    about = Q(item=item, reference__in=references) | Q(key__in=noted)
    write_dues(about | Q(item__in=keys, clock__in=_OF_RHYTHM), dues)
    open_dues = [*(due for due in dues if due.clock in _OF_RHYTHM), *_earliest(keys)]
    write_obligations(keys, grounds.obligations(facts, open_dues), timezone.now())


def _earliest(items: Collection[int]) -> list[Due]:
    """Of each organ under each item the first stored due date that is not met."""
    place = Window(RowNumber(), partition_by=[F("item"), F("organ")], order_by=["closes_at", "pk"])
    rows = Due.objects.open().filter(item__in=items).order_by().annotate(place=place)
    return list(rows.filter(place=1))
