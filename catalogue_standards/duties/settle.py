"""Write down what falls due under some items: the same number of queries for one item as for many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from catalogue_standards.calendar import site_calendar
from catalogue_standards.duties.answering import Answering
from catalogue_standards.duties.clocks import HORIZON, Duty, dues_of, dues_of_policies
from catalogue_standards.duties.facts import Facts, Piece, Tally
from catalogue_standards.duties.plan import plan_of
from catalogue_standards.enums import Clock, Counting, EditionStatus, Method
from catalogue_standards.models import (
    Due,
    EditionItem,
    Item,
    Obligation,
    Occasion,
    Organ,
)
from catalogue_standards.townships import own_limits

Pair = tuple[int, int]
Report = Callable[[Collection[int | None]], Facts]
_DUE_FIELDS = ["since", "due_on", "closes_at", "provisional", "fulfilled_on", "reference", "title"]
_OBLIGATION_FIELDS = [
    "entry_id", "counting", "pieces", "newest_on", "due_on", "closes_at",
    "provisional", "public_due_on", "public_closes_at", "public_provisional",
]  # fmt: skip


@transaction.atomic
def settle(items: Collection[int | None], report: Report) -> int:
    """Bring the obligations and due dates of `items` in step; returns how many obligations there are.

    `report` is asked for the facts once nobody else computes these items. None among the items
    stands for policies without one. What the edition in force does not list, or lists for
    disclosure on request, is no obligation.
    """
    today = timezone.localdate()
    keys = sorted(item for item in items if item is not None)
    # Two who compute the same item anew wait for each other.
    list(Item.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    entries = list(
        EditionItem.objects.in_force()
        .filter(item__in=keys, method=Method.PROACTIVE)
        .select_related("edition_domain")
        .prefetch_related("limits", "subjects")
    )
    answering = Answering(entries)
    facts = _attributed(report(items), answering)
    begun = _begun(keys)
    own_limits_of = own_limits(keys)
    calendar = site_calendar()
    pieces: dict[Pair, list[Piece]] = defaultdict(list)
    for piece in facts.pieces:
        pieces[piece.item_id, piece.organ_id].append(piece)
    occasions: dict[Pair, list[Occasion]] = defaultdict(list)
    for row in Occasion.objects.filter(item__in=keys, happened_on__gte=today - HORIZON):
        occasions[row.item_id, row.organ_id].append(row)

    dues = list(dues_of_policies(facts.announcements, today, calendar))
    obligations = []
    for entry in entries:
        for organ in answering.organs(entry.item_id):
            pair = (entry.item_id, organ.pk)
            plan = plan_of(entry, own_limits_of.get((organ.pk, entry.item_id), ()))
            begins = max(begun.get(entry.item_id) or today, today - HORIZON)
            tally = facts.tallies.get(pair, Tally())
            dues += dues_of(
                plan, Duty(*pair, begins, today), pieces[pair], occasions[pair], tally, calendar
            )
            obligations.append(_obligation(entry, organ, plan.counting, tally))
    _sum_up(obligations, dues)
    _write_dues(keys, None in items, dues)
    _write_obligations(keys, obligations, timezone.now())
    return len(obligations)


def _attributed(facts: Facts, answering: Answering) -> Facts:
    """The same facts, each with the organ whose duty it meets."""
    tallies: dict[Pair, Tally] = {}
    for (item, organ), tally in facts.tallies.items():
        pair = (item, answering.answerer(item, organ))
        tallies[pair] = tallies[pair] + tally if pair in tallies else tally
    return Facts(
        [replace(p, organ_id=answering.answerer(p.item_id, p.organ_id)) for p in facts.pieces],
        [
            replace(a, organ_id=answering.answerer(a.item_id, a.organ_id))
            for a in facts.announcements
        ],
        tallies,
    )


def _begun(items: Collection[int]) -> dict[int, date]:
    """Since when an edition in force has listed each item."""
    bound = EditionItem.objects.filter(
        item__in=items, edition__status__in=[EditionStatus.IN_FORCE, EditionStatus.SUPERSEDED]
    )
    rows = bound.order_by().values_list("item").annotate(first=Min("edition__in_force_from"))
    return {item: first for item, first in rows if first}


def _obligation(entry: EditionItem, organ: Organ, counting: Counting, tally: Tally) -> Obligation:
    return Obligation(
        item_id=entry.item_id,
        organ=organ,
        entry=entry,
        counting=counting,
        pieces=tally.pieces,
        newest_on=tally.newest_on,
    )


def _sum_up(obligations: Iterable[Obligation], dues: Iterable[Due]) -> None:
    """Give each obligation the earliest of its due dates that is not met."""
    waiting: dict[tuple[int | None, int], list[Due]] = defaultdict(list)
    for due in dues:
        if due.fulfilled_on is None:
            waiting[due.item_id, due.organ_id].append(due)
    for row in obligations:
        mine = sorted(waiting[row.item_id, row.organ_id], key=lambda due: due.closes_at)
        if mine:
            row.due_on, row.closes_at = mine[0].due_on, mine[0].closes_at
            row.provisional = mine[0].provisional
        # Drafts and noted events are the desk's own, and a policy shows its interpretation itself.
        told = [due for due in mine if due.clock in (Clock.PERIOD, Clock.NEWEST)]
        if told:
            row.public_due_on, row.public_closes_at = told[0].due_on, told[0].closes_at
            row.public_provisional = told[0].provisional


def _write_dues(items: Collection[int], with_none: bool, wanted: Iterable[Due]) -> None:
    scope = Q(item__in=items) | Q(item=None) if with_none else Q(item__in=items)
    stored = {due.key: due for due in Due.objects.filter(scope)}
    new, changed = [], []
    for due in {due.key: due for due in wanted}.values():
        old = stored.pop(due.key, None)
        if old is None:
            new.append(due)
        elif _differs(old, due, _DUE_FIELDS):
            due.pk = old.pk
            changed.append(due)
    Due.objects.filter(pk__in=[due.pk for due in stored.values()]).delete()
    Due.objects.bulk_create(new, batch_size=500)
    Due.objects.bulk_update(changed, _DUE_FIELDS, batch_size=200)


def _write_obligations(items: Collection[int], wanted: Iterable[Obligation], now: datetime) -> None:
    stored = {(row.item_id, row.organ_id): row for row in Obligation.objects.filter(item__in=items)}
    new, changed = [], []
    for row in wanted:
        row.computed_at = now
        old = stored.pop((row.item_id, row.organ_id), None)
        if old is None:
            new.append(row)
        elif _differs(old, row, _OBLIGATION_FIELDS):
            row.pk = old.pk
            changed.append(row)
    Obligation.objects.filter(pk__in=[row.pk for row in stored.values()]).delete()
    Obligation.objects.filter(item__in=items).update(computed_at=now)
    Obligation.objects.bulk_create(new, batch_size=500)
    fields = [field.removesuffix("_id") for field in _OBLIGATION_FIELDS]
    Obligation.objects.bulk_update(changed, fields, batch_size=200)


def _differs(old: Any, new: Any, fields: Iterable[str]) -> bool:
    return any(getattr(old, field) != getattr(new, field) for field in fields)
