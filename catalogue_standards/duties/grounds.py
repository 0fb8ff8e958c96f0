"""What the catalogue says of some items: who owes what by which clocks, and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Min
from django.utils import timezone

from catalogue_standards.answering import Answering
from catalogue_standards.calendar import site_calendar
from catalogue_standards.duties.clocks import (
    HORIZON,
    Duty,
    dues_of,
    dues_of_policies,
    period_starts,
)
from catalogue_standards.duties.facts import Facts, Piece, Question, Tally
from catalogue_standards.duties.plan import Plan, plan_of
from catalogue_standards.enums import Clock, EditionStatus, Method
from catalogue_standards.models import Due, EditionItem, Item, Obligation, Occasion, Organ
from catalogue_standards.townships import own_limits

Pair = tuple[int, int]


@dataclass(frozen=True)
class Owed:
    """One organ's duty under one item of the edition in force."""

    entry: EditionItem
    organ: Organ
    plan: Plan
    duty: Duty

    @property
    def pair(self) -> Pair:
        return self.entry.item_id, self.organ.pk


class Grounds:
    """Of `items` (ids), each held until the end of the transaction: who computes one waits for the other.

    What the edition in force does not list, or lists for disclosure on request, is no obligation.
    """

    def __init__(self, items: Collection[int]) -> None:
        held = Item.objects.select_for_update().filter(pk__in=items)
        list(held.order_by("pk").values_list("pk"))
        self.today = timezone.localdate()
        self.calendar = site_calendar()
        entries = EditionItem.objects.in_force().filter(item__in=items, method=Method.PROACTIVE)
        self.answering = Answering(entries)
        self.owed = list(self._owed(entries.prefetch_related("limits"), items))
        self.occasions: dict[Pair, list[Occasion]] = defaultdict(list)
        noted = Occasion.objects.filter(item__in=items, happened_on__gte=self.today - HORIZON)
        for row in noted:
            self.occasions[row.item_id, row.organ_id].append(row)

    def _owed(self, entries: Iterable[EditionItem], items: Collection[int]) -> Iterator[Owed]:
        own, begun = own_limits(items), _begun(items)
        for entry in entries:
            begins = max(begun.get(entry.item_id) or self.today, self.today - HORIZON)
            for organ in self.answering.organs(entry.item_id):
                plan = plan_of(entry, own.get((organ.pk, entry.item_id), ()))
                duty = Duty(entry.item_id, organ.pk, begins, self.today)
                yield Owed(entry, organ, plan, duty)

    def question(self, item: int | None, references: Iterable[str]) -> Question:
        """Which pieces under `item` bear on some of them; their number does not grow with the item's."""
        owed = [each for each in self.owed if each.entry.item_id == item]
        since = {day for each in owed for day in period_starts(each.plan, each.duty, self.calendar)}
        noted = [row for rows in self.occasions.values() for row in rows if row.item_id == item]
        return Question(
            item,
            frozenset(references),
            tuple(sorted(since)),
            max((r.pieces for each in owed for r in each.plan.rhythms), default=0),
            tuple(sorted({row.happened_on for row in noted})),
            len(noted),
        )

    def dues(self, facts: Facts) -> Iterator[Due]:
        """Every due date, met or not, unsaved."""
        yield from dues_of_policies(facts.announcements, self.today, self.calendar)
        pieces: dict[Pair, list[Piece]] = defaultdict(list)
        for piece in facts.pieces:
            pieces[piece.item_id, piece.organ_id].append(piece)
        for owed in self.owed:
            tally = facts.tallies.get(owed.pair, Tally())
            about = (pieces[owed.pair], self.occasions[owed.pair], tally, self.calendar)
            yield from dues_of(owed.plan, owed.duty, *about)

    def obligations(self, facts: Facts, dues: Iterable[Due]) -> list[Obligation]:
        """One for each duty, with the earliest of its `dues` that is not met; unsaved."""
        waiting: dict[tuple[int | None, int], list[Due]] = defaultdict(list)
        for due in dues:
            if due.fulfilled_on is None:
                waiting[due.item_id, due.organ_id].append(due)
        return [
            _obligation(owed, facts.tallies.get(owed.pair, Tally()), waiting[owed.pair])
            for owed in self.owed
        ]

    def attributed(self, facts: Facts) -> Facts:
        """The same facts, each with the organ whose duty it meets."""
        answerer = self.answering.answerer
        tallies: dict[Pair, Tally] = {}
        for (item, organ), tally in facts.tallies.items():
            pair = (item, answerer(item, organ))
            tallies[pair] = tallies[pair] + tally if pair in tallies else tally
        return Facts(
            [replace(p, organ_id=answerer(p.item_id, p.organ_id)) for p in facts.pieces],
            [replace(a, organ_id=answerer(a.item_id, a.organ_id)) for a in facts.announcements],
            tallies,
        )


def _begun(items: Collection[int]) -> dict[int, date]:
    """Since when an edition in force has listed each item."""
    bound = EditionItem.objects.filter(
        item__in=items, edition__status__in=[EditionStatus.IN_FORCE, EditionStatus.SUPERSEDED]
    )
    rows = bound.order_by().values_list("item").annotate(first=Min("edition__in_force_from"))
    return {item: first for item, first in rows if first}


def _obligation(owed: Owed, tally: Tally, waiting: list[Due]) -> Obligation:
    row = Obligation(
        item_id=owed.entry.item_id,
        organ=owed.organ,
        entry=owed.entry,
        counting=owed.plan.counting,
        pieces=tally.pieces,
        newest_on=tally.newest_on,
    )
    waiting = sorted(waiting, key=lambda due: due.closes_at)
    if waiting:
        row.due_on, row.closes_at = waiting[0].due_on, waiting[0].closes_at
        row.provisional = waiting[0].provisional
    # Drafts and noted events are the desk's own, and a policy shows its interpretation itself.
    told = [due for due in waiting if due.clock in (Clock.PERIOD, Clock.NEWEST)]
    if told:
        row.public_due_on, row.public_closes_at = told[0].due_on, told[0].closes_at
        row.public_provisional = told[0].provisional
    return row
