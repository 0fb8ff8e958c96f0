"""An item as a line of time: what became public against its limits, what was missed, what is next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from catalogue_standards.deadlines import Deadline, lateness
from catalogue_standards.enums import Clock
from catalogue_standards.models import Due
from catalogue_standards.working_days import WorkingCalendar, local_day
from cms.days import day_short
from cms.duties import Timeliness
from cms.listings.common import ListedPiece
from cms.prepared import Prepared

#: Where organs are more than these, they are counted and not named.
MOST_NAMES = 3
#: Of the due dates that nothing met, or only later, so many are shown, the newest first.
MOST_PERIODS = 12


class PeriodState(models.TextChoices):
    COMING = "coming", _("Coming")
    MISSED = "missed", _("Overdue, not yet public")
    LATE = "late", _("Late")


@dataclass(frozen=True)
class PieceNode:
    """A piece; `period` names the one that it met, `days_taken` counts working days since it was formed.

    Nodes say themselves what their line reads: a template that puts sentences together takes longer for
    it than for all the rest of the page.
    """

    row: ListedPiece
    at: date
    period: str
    timeliness: Timeliness | None
    days_taken: int | None

    is_piece = True

    @property
    def tone(self) -> str:
        if self.timeliness is None:
            return ""
        return "late" if self.timeliness.is_late else "kept"

    @property
    def disclosed(self) -> str:
        return gettext("disclosed %(date)s") % {"date": day_short(self.at)}

    @property
    def facts(self) -> list[str]:
        """When it was formed, and which date it had to meet; what is not known is left out."""
        told = []
        if self.row.piece.written_on:
            told.append(gettext("formed %(date)s") % {"date": day_short(self.row.piece.written_on)})
            if self.row.timeliness and (self.days_taken or 0) > 0:
                told[0] += gettext(", working day %(number)s") % {"number": self.days_taken}
        if self.timeliness:
            due = gettext("due %(date)s") % {"date": day_short(self.timeliness.deadline.day)}
            told.append(pgettext("between names", ", ").join(filter(None, (self.period, due))))
        return told


@dataclass(frozen=True)
class PeriodNode:
    """A due date without a piece of its own: ahead, missed, or met too late by what came after.

    `days` are working days: left, or too late. `organs` are those whose date it is.
    """

    title: str
    at: date
    state: PeriodState
    days: int
    provisional: bool
    fulfilled_on: date | None
    organs: tuple[str, ...]

    is_piece = False

    @property
    def tone(self) -> str:
        return "coming" if self.state == PeriodState.COMING else "late"

    @property
    def heading(self) -> str:
        if not self.title:
            return gettext("Next update")
        return gettext("For %(period)s") % {"period": self.title}

    @property
    def facts(self) -> list[str]:
        told = [gettext("due %(date)s") % {"date": day_short(self.at)}]
        if self.fulfilled_on:
            told.append(gettext("disclosed %(date)s") % {"date": day_short(self.fulfilled_on)})
        return told

    @property
    def who(self) -> str:
        if len(self.organs) > MOST_NAMES:
            return gettext("%(number)s organs") % {"number": len(self.organs)}
        return pgettext("between names", ", ").join(self.organs)

    @property
    def verdict(self) -> str:
        number = {"number": self.days}
        if self.state == PeriodState.COMING:
            told = ngettext(
                "%(number)s working day left", "%(number)s working days left", self.days
            )
        elif self.state == PeriodState.MISSED:
            told = ngettext(
                "%(number)s working day overdue", "%(number)s working days overdue", self.days
            )
        else:
            told = ngettext(
                "%(number)s working day late", "%(number)s working days late", self.days
            )
        return told % number


Node = PieceNode | PeriodNode


class ToldDue(NamedTuple):
    """A due date as the public is told of it."""

    pk: int
    organ_id: int
    organ_name: str
    title: str
    due_on: date
    closes_at: datetime
    provisional: bool
    fulfilled_on: date | None


# Of these clocks the public is told all (DueQuerySet.told).
_DUES = Prepared(
    lambda item: Due.objects.filter(item=item, clock__in=[Clock.PERIOD, Clock.NEWEST]).values_list(
        "pk",
        "organ",
        "organ__short_name",
        "title",
        "due_on",
        "closes_at",
        "provisional",
        "fulfilled_on",
    ),
    int,
)


def dues_of(item: int) -> list[ToldDue]:
    """The due dates of an item's rhythm; one query."""
    return [ToldDue(*row) for row in _DUES(item)]


def line_of(
    rows: Iterable[ListedPiece],
    dues: Sequence[ToldDue],
    calendar: WorkingCalendar,
    *,
    above: date | None = None,
    has_more: bool = False,
    now: datetime | None = None,
) -> list[Node]:
    """The nodes of one page of `rows`, newest first. `dues` are those of the item's rhythm.

    `above` is the day of the last piece on the page before, `has_more` whether another page
    follows: a due date without a piece stands on the page of its time. Those of drafts and noted
    events are the desk's own (docs/duties.md).
    """
    now = now or timezone.now()
    met = {(due.organ_id, due.fulfilled_on): due for due in dues if due.fulfilled_on}
    pieces = [_piece(row, met, calendar) for row in rows]
    matched = {(node.row.piece.organ_id, node.at) for node in pieces}
    told = {due.pk for key, due in met.items() if key in matched}
    below = pieces[-1].at if pieces and has_more else None
    periods = [
        node
        for node in _periods((due for due in dues if due.pk not in told), now, calendar)
        if (above is None or node.at < above) and (below is None or node.at >= below)
    ]
    newest = sorted(periods, key=lambda node: node.at, reverse=True)[:MOST_PERIODS]
    # A stable sort: on one day the piece stands above the date that it met.
    return sorted([*pieces, *newest], key=lambda node: node.at, reverse=True)


def _piece(
    row: ListedPiece, met: dict[tuple[int, date], ToldDue], calendar: WorkingCalendar
) -> PieceNode:
    published_at, formed_on = row.piece.published_at, row.piece.written_on
    day = local_day(published_at) if published_at else timezone.localdate()
    due = met.get((row.piece.organ_id, day))
    told = row.timeliness
    if told is None and due is not None:
        deadline = Deadline(due.due_on, due.provisional)
        told = Timeliness(deadline, lateness(deadline, day, calendar))
    taken = calendar.working_days_between(formed_on, day).days if formed_on else None
    return PieceNode(row, day, due.title if due else "", told, taken)


def _periods(
    dues: Iterable[ToldDue], now: datetime, calendar: WorkingCalendar
) -> Iterator[PeriodNode]:
    """One node for all organs whose date and fate are the same."""
    today = local_day(now)
    same: dict[tuple[str, date, PeriodState, date | None], list[ToldDue]] = defaultdict(list)
    for due in dues:
        if (state := _state(due, now)) is not None:
            same[due.title, due.due_on, state, due.fulfilled_on].append(due)
    for (title, due_on, state, fulfilled_on), found in same.items():
        until = fulfilled_on or today
        yield PeriodNode(
            title,
            due_on,
            state,
            abs(calendar.working_days_between(due_on, until).days),
            any(due.provisional for due in found),
            fulfilled_on,
            tuple(due.organ_name for due in found),
        )


def _state(due: ToldDue, now: datetime) -> PeriodState | None:
    """None for what was met in time: the piece that met it says so."""
    if due.fulfilled_on is None:
        return PeriodState.MISSED if due.closes_at <= now else PeriodState.COMING
    return PeriodState.LATE if due.fulfilled_on > due.due_on else None
