"""Which clocks an item has, by its time limit and by the rhythm that administrators set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalogue_standards.enums import Counting, LimitKind
from catalogue_standards.limit_comparing import clause_of, is_no_looser
from catalogue_standards.limits import UNITS, Clause

if TYPE_CHECKING:
    from catalogue_standards.models import EditionItem

_THE_REST = ("其他", "其余")
_NAMED_DAY = re.compile(r"(\d\d-)?\d\d")


@dataclass(frozen=True)
class Rhythm:
    """At least `pieces` pieces in every period of `clause`."""

    clause: Clause
    pieces: int = 1


@dataclass(frozen=True)
class Plan:
    """The clocks of one item; `counting` says in one word how its due dates come about.

    `event` is the limit of every piece; `clauses` are all limits that run from an event, of which
    one is chosen when an event is noted.
    """

    counting: Counting
    event: Clause | None = None
    clauses: tuple[Clause, ...] = ()
    rhythms: tuple[Rhythm, ...] = ()
    newest_days: int | None = None

    def clause_for(self, scope: str) -> Clause | None:
        """The limit that governs `scope`; where there is none of that name, that of every piece."""
        return next((each for each in self.clauses if (each.scope or "") == scope), self.event)


def main_clause(clauses: Iterable[Clause]) -> Clause | None:
    """The "within" limit that a piece must keep of which nothing more is known.

    It governs the whole item, or what is left beside a special case (突发事件5小时内；其他信息20个工作日内);
    an hour limit only where there is no other, since it is for emergencies.
    """
    general = [
        clause
        for clause in clauses
        if clause.kind == LimitKind.WITHIN
        and (not clause.scope or clause.scope.startswith(_THE_REST))
    ]
    return next((clause for clause in general if clause.unit != "hour"), next(iter(general), None))


def plan_of(entry: EditionItem, own: Sequence[Clause] = ()) -> Plan:
    """The clocks of `entry`, whose limits should be prefetched. A clause that cannot be counted has none.

    `own` is the limit that a township set itself: it stands for the county's while it is no looser.
    """
    limits = [clause_of(limit) for limit in entry.limits.all()]
    if own and is_no_looser(own, limits):
        limits = list(own)
    main = main_clause(limits)
    event = main if main and _countable(main) else None
    countable = [clause for clause in limits if _countable(clause)]
    clauses = [clause for clause in countable if clause.kind == LimitKind.WITHIN]
    rhythms = [Rhythm(clause) for clause in countable if clause.kind == LimitKind.PERIODIC]
    if entry.rhythm_period:
        rhythms.append(Rhythm(Clause("periodic", 1, entry.rhythm_period), entry.rhythm_pieces))
    if rhythms or entry.newest_days:
        counting = Counting.PERIODIC
    elif clauses:
        counting = Counting.EVENT
    else:
        counting = Counting.OPEN if limits else Counting.UNREAD
    return Plan(counting, event, tuple(clauses), tuple(rhythms), entry.newest_days)


def _countable(clause: Clause) -> bool:
    """Whether a clause, which may have been entered by hand, has what counting needs."""
    if not clause.amount or clause.unit not in UNITS:
        return False
    if clause.kind != LimitKind.PERIODIC:
        return True
    named = clause.trigger is None or bool(_NAMED_DAY.fullmatch(clause.trigger))
    return named and clause.unit != "hour"
