"""What falls due: from pieces and events, by periods, by age, and for interpretations."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from catalogue_standards.deadlines import Deadline, due, periods
from catalogue_standards.duties.facts import Announcement, Piece, Tally
from catalogue_standards.duties.plan import Plan, Rhythm
from catalogue_standards.enums import Clock
from catalogue_standards.limits import Clause
from catalogue_standards.models import Due, Occasion
from catalogue_standards.models.duties import OCCASION
from catalogue_standards.working_days import SHANGHAI, WorkingCalendar

#: How far back due dates are kept: older ones are history, and the register holds that.
HORIZON = timedelta(days=366)
#: Of a short period, such as every working day, only so many are told.
MOST_PERIODS = 14
#: 政策解读 (国办发〔2016〕80号): no later than 3 working days after the policy.
INTERPRETATION = Clause("within", 3, "working_day", "document_published")
_DAY = timedelta(days=1)
_LENGTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def _key(item: int | None, organ: int, clock: Clock, about: str) -> str:
    return f"{item or '-'}.{organ}.{clock}.{about}"


@dataclass(frozen=True)
class Duty:
    """One organ under one item: whom the due dates concern, and since when the item is listed."""

    item_id: int | None
    organ_id: int
    begins: date
    today: date

    def due(self, clock: Clock, about: str, since: date, deadline: Deadline, **told: object) -> Due:
        return Due(
            key=_key(self.item_id, self.organ_id, clock, about),
            item_id=self.item_id,
            organ_id=self.organ_id,
            clock=clock,
            since=since,
            due_on=deadline.day,
            closes_at=deadline.closes_at,
            provisional=deadline.provisional,
            **told,
        )


def dues_of(
    plan: Plan,
    duty: Duty,
    pieces: Sequence[Piece],
    occasions: Sequence[Occasion],
    tally: Tally,
    calendar: WorkingCalendar,
) -> Iterator[Due]:
    """Every due date of one organ under one item, met or not, unsaved."""
    if plan.event:
        yield from _from_pieces(plan.event, duty, pieces, calendar)
    yield from _from_occasions(plan, duty, pieces, occasions, calendar)
    for rhythm in plan.rhythms:
        if _has_periods(rhythm):
            yield from _by_period(rhythm, duty, pieces, calendar)
        else:
            # No calendar period (每20个工作日): it runs from the last publication.
            since = tally.newest_on or duty.begins
            deadline = due(rhythm.clause, since, calendar)
            assert deadline is not None  # a periodic clause always has a next day
            yield duty.due(Clock.NEWEST, f"{rhythm.clause.unit}-{since}", since, deadline)
    if plan.newest_days:
        since = tally.newest_on or duty.begins
        last = Deadline(since + plan.newest_days * _DAY)
        yield duty.due(Clock.NEWEST, since.isoformat(), since, last)


def period_starts(plan: Plan, duty: Duty, calendar: WorkingCalendar) -> set[date]:
    """The first days of the periods whose due dates `dues_of` tells."""
    return {
        _start(rhythm.clause, deadline.day)
        for rhythm in plan.rhythms
        if _has_periods(rhythm)
        for deadline in _ends_of_periods(rhythm, duty, calendar)
    }


def occasion_key(occasion: Occasion) -> str:
    """The key of the due date that a noted event sets."""
    return _key(occasion.item_id, occasion.organ_id, Clock.EVENT, f"occasion-{occasion.pk}")


def dues_of_policies(
    announcements: Iterable[Announcement], today: date, calendar: WorkingCalendar
) -> Iterator[Due]:
    """The interpretation that each public policy asks for."""
    for policy in announcements:
        deadline = due(INTERPRETATION, policy.published_on, calendar)
        assert deadline is not None  # a "within" clause always has one
        duty = Duty(policy.item_id, policy.organ_id, policy.published_on, today)
        yield duty.due(
            Clock.INTERPRETATION,
            policy.reference,
            policy.published_on,
            deadline,
            fulfilled_on=policy.explained_on,
            reference=policy.reference,
            title=policy.title,
        )


def deadline_from(
    clause: Clause, day: date, at: time | None, calendar: WorkingCalendar
) -> Deadline:
    """When `clause` ends for an event on that day.

    An hour limit whose event has no time of day is counted from the end of its day, the latest
    that it can be: nobody is called late who may not be.
    """
    moment: date | datetime = day
    if clause.unit == "hour":
        moment = datetime.combine(day, at, SHANGHAI) if at else Deadline(day).closes_at
    deadline = due(clause, moment, calendar)
    assert deadline is not None  # a "within" clause always has one
    return deadline


def _from_pieces(
    clause: Clause, duty: Duty, pieces: Sequence[Piece], calendar: WorkingCalendar
) -> Iterator[Due]:
    for piece in pieces:
        if piece.formed_on is None:
            continue
        yield duty.due(
            Clock.EVENT,
            piece.reference,
            piece.formed_on,
            deadline_from(clause, piece.formed_on, None, calendar),
            fulfilled_on=piece.published[0] if piece.published else None,
            reference=piece.reference,
            title=piece.title,
        )


def _from_occasions(
    plan: Plan,
    duty: Duty,
    pieces: Sequence[Piece],
    occasions: Sequence[Occasion],
    calendar: WorkingCalendar,
) -> Iterator[Due]:
    answers = sorted(
        (piece for piece in pieces if piece.published and piece.formed_on),
        key=lambda piece: piece.published[0],
    )
    for occasion in sorted(occasions, key=lambda row: (row.happened_on, row.pk)):
        answer = next(
            (p for p in answers if p.formed_on and p.formed_on >= occasion.happened_on), None
        )
        if answer:
            answers.remove(answer)
        clause = plan.clause_for(occasion.scope)
        if clause is None:
            continue
        yield duty.due(
            Clock.EVENT,
            f"{OCCASION}-{occasion.pk}",
            occasion.happened_on,
            deadline_from(clause, occasion.happened_on, occasion.happened_at, calendar),
            fulfilled_on=answer.published[0] if answer else None,
            reference=answer.reference if answer else "",
            title=occasion.title,
        )


def _by_period(
    rhythm: Rhythm, duty: Duty, pieces: Sequence[Piece], calendar: WorkingCalendar
) -> Iterator[Due]:
    """The periods that ended since the item is listed, the present one, and once it is met the next."""
    ends = _ends_of_periods(rhythm, duty, calendar)
    told = [_of_period(rhythm, duty, deadline, pieces) for deadline in ends]
    if told[-1].fulfilled_on:
        following = due(rhythm.clause, ends[-1].day + _DAY, calendar)
        assert following is not None
        told.append(_of_period(rhythm, duty, following, pieces))
    yield from told


def _has_periods(rhythm: Rhythm) -> bool:
    """Whether it goes by the calendar, and not from the last publication (每20个工作日)."""
    return rhythm.clause.amount == 1 or bool(rhythm.clause.trigger)


def _ends_of_periods(rhythm: Rhythm, duty: Duty, calendar: WorkingCalendar) -> list[Deadline]:
    """Of the last periods since the item is listed, and last that of the present one."""
    clause = rhythm.clause
    coming = due(clause, duty.today, calendar)
    assert coming is not None  # a periodic clause always has a next day
    past = list(periods(clause, duty.begins, duty.today - _DAY, calendar))
    return [*past[-MOST_PERIODS:], coming]


def _of_period(rhythm: Rhythm, duty: Duty, deadline: Deadline, pieces: Sequence[Piece]) -> Due:
    start = _start(rhythm.clause, deadline.day)
    return duty.due(
        Clock.PERIOD,
        f"{rhythm.clause.unit}{rhythm.clause.trigger or ''}x{rhythm.pieces}-{start}",
        start,
        deadline,
        fulfilled_on=_reached(rhythm.pieces, start, pieces),
        title=period_name(rhythm.clause, start, deadline.day),
    )


def period_name(clause: Clause, start: date, end: date) -> str:
    """As people say it: a month, a quarter, a half-year or a year; else its last day."""
    told = {"year": start.year, "month": start.month, "number": (start.month - 1) // 3 + 1}
    if clause.unit == "year":
        return _("%(year)s") % told
    if clause.unit == "half_year":
        first = start.month == 1
        return (_("First half of %(year)s") if first else _("Second half of %(year)s")) % told
    if clause.unit == "quarter":
        return _("Quarter %(number)s of %(year)s") % told
    if clause.unit == "month":
        return _("%(month)s/%(year)s") % told
    return end.isoformat()


def _reached(number: int, start: date, pieces: Sequence[Piece]) -> date | None:
    """The day on which so many pieces had been published, or brought up to date, since `start`."""
    days = sorted(
        first
        for piece in pieces
        if (first := next((day for day in piece.published if day >= start), None))
    )
    return days[number - 1] if len(days) >= number else None


def _start(clause: Clause, end: date) -> date:
    """The first day of the period that ends on `end`; of a named day, that of its month or year."""
    if clause.unit == "week":
        return end - 6 * _DAY
    length = _LENGTHS.get(clause.unit or "")
    if length is None:
        return end
    if not clause.trigger:
        end = date(end.year, end.month, months.monthrange(end.year, end.month)[1])
    month = (end.month - 1) // length * length + 1
    return date(end.year, month, 1)
