"""A piece against its item's time limit: when it was due, and whether it came in time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from catalogue_standards.calendar import site_calendar
from catalogue_standards.deadlines import Deadline, due, lateness
from catalogue_standards.duties.plan import main_clause
from catalogue_standards.enums import LimitKind, OrganKind
from catalogue_standards.limit_comparing import clause_of, is_no_looser
from catalogue_standards.limits import Clause
from catalogue_standards.townships import own_limits

if TYPE_CHECKING:
    from catalogue_standards.models import EditionItem, TimeLimit
    from catalogue_standards.working_days import WorkingCalendar


@dataclass(frozen=True)
class DueClause:
    """One clause of a limit with the deadline it sets, where it sets one."""

    limit: TimeLimit
    deadline: Deadline | None


@dataclass(frozen=True)
class Timeliness:
    """Whether a piece came in time; `days_late` counts working days, 0 when in time."""

    deadline: Deadline
    days_late: int

    @property
    def is_late(self) -> bool:
        return self.days_late > 0


def due_of(
    entry: EditionItem, formed_on: date | None, calendar: WorkingCalendar | None = None
) -> list[DueClause]:
    """Each clause of the item's limit, and the deadline it sets for something formed on that day."""
    calendar = calendar or site_calendar()
    return [
        DueClause(limit, _deadline(clause_of(limit), formed_on, calendar))
        for limit in entry.limits.all()
    ]


def timeliness(
    entry: EditionItem | None,
    formed_on: date | None,
    published_at: datetime | None,
    calendar: WorkingCalendar,
    own: Iterable[Clause] = (),
) -> Timeliness | None:
    """How a publication stands against the item's main limit; None where none can be counted.

    The main limit is that of catalogue_standards.duties.plan.main_clause. `own` is the tighter limit
    of the township that published it, if it has one.
    """
    if entry is None:
        return None
    clauses = governing([clause_of(limit) for limit in entry.limits.all()], own)
    return timeliness_of(clauses, formed_on, published_at, calendar)


def governing(clauses: Sequence[Clause], own: Iterable[Clause]) -> Sequence[Clause]:
    """What binds a township with a limit of its `own`: that, while it is no looser than the county's."""
    own = list(own)
    return own if own and is_no_looser(own, clauses) else clauses


def timeliness_of(
    clauses: Iterable[Clause],
    formed_on: date | None,
    published_at: datetime | None,
    calendar: WorkingCalendar,
) -> Timeliness | None:
    """As `timeliness`, against the clauses of any limit."""
    if formed_on is None or published_at is None:
        return None
    main = main_clause(clauses)
    if main is None:
        return None
    deadline = _deadline(main, formed_on, calendar)
    if deadline is None:
        return None
    return Timeliness(deadline, lateness(deadline, published_at, calendar))


def own_limits_of(pieces: Iterable[Any]) -> dict[tuple[int, int], tuple[Clause, ...]]:
    """The townships' own limits for their pieces, by (organ, item); no query where no township is."""
    items = {
        item
        for piece in pieces
        if piece.organ.kind == OrganKind.TOWNSHIP and (item := getattr(piece, "item_id", None))
    }
    return own_limits(items) if items else {}


def _deadline(clause: Clause, formed_on: date | None, calendar: WorkingCalendar) -> Deadline | None:
    # An hour limit counts from a moment; the day alone that a piece knows does not tell it.
    if formed_on is None or clause.unit == "hour" or clause.kind != LimitKind.WITHIN:
        return None
    return due(clause, formed_on, calendar)
