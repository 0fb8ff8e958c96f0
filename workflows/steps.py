"""The way of a submission: what was decided, what waits, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue_standards.calendar import site_calendar
from workflows.drafts import drafted_pages
from workflows.enums import Step
from workflows.models import Submission

if TYPE_CHECKING:
    from catalogue_standards.working_days import WorkingCalendar

#: Working days a step may take before it is late; usual in local rules on confidentiality review.
STEP_LIMIT = 5


@dataclass(frozen=True)
class StepOnTheWay:
    """One station: `state` is done, current or ahead; `note` names who and when, or what is left."""

    label: str
    state: str
    note: str


def steps_of(submission: Submission, current: Step | None) -> list[StepOnTheWay]:
    """Drafting, the three reviews, and publication, in order."""
    decided = {sign_off.step: sign_off for sign_off in submission.sign_offs.all()}
    way = [
        StepOnTheWay(
            _("Drafting"),
            "done",
            f"{submission.submitted_by_name} {_day(submission.submitted_at)}",
        )
    ]
    for step in Step:
        sign_off = decided.get(step)
        if sign_off is not None:
            note = f"{sign_off.user_name} {_day(sign_off.at)} {sign_off.get_decision_display()}"
            way.append(StepOnTheWay(str(step.label), sign_off.decision, note))
        elif step == current:
            way.append(StepOnTheWay(str(step.label), "current", remaining(submission)))
        else:
            way.append(StepOnTheWay(str(step.label), "ahead", ""))
    published = submission.status == "cleared"
    way.append(StepOnTheWay(_("Publication"), "done" if published else "ahead", _when(submission)))
    return way


def _when(submission: Submission) -> str:
    """When its pages go public, where they ask for a date or go together."""
    pages = drafted_pages(submission)
    dates = [timezone.localtime(page.go_live_at) for page in pages if page.go_live_at]
    if dates:
        return _("from %(date)s") % {"date": "、".join(f"{d:%Y-%m-%d %H:%M}" for d in dates)}
    return _("all at the same moment") if len(pages) > 1 else ""


@dataclass(frozen=True)
class StepClock:
    """How the present step stands against its limit; `days` are working days left, or over."""

    due: date
    days: int
    is_over: bool

    def __str__(self) -> str:
        words = _("%(days)s working days over") if self.is_over else _("%(days)s working days left")
        return words % {"days": self.days}


def clock_of(submission: Submission, calendar: WorkingCalendar | None = None) -> StepClock:
    """`submission` under review; its sign-offs may have been fetched beforehand."""
    calendar = calendar or site_calendar()
    begun = max(
        [submission.submitted_at, *(sign_off.at for sign_off in submission.sign_offs.all())]
    )
    due = calendar.add_working_days(timezone.localtime(begun).date(), STEP_LIMIT).date
    today = timezone.localdate()
    first, last = sorted((today, due))
    return StepClock(due, calendar.working_days_between(first, last).days, today > due)


def remaining(submission: Submission) -> str:
    """How many working days the current step has left."""
    return str(clock_of(submission))


def with_clocks(submissions: Iterable[Submission]) -> list[Any]:
    """Each with `clock`; the calendar is read once."""
    calendar, rows = site_calendar(), list(submissions)
    for row in rows:
        row.clock = clock_of(row, calendar)  # type: ignore[attr-defined]
    return rows


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%m-%d}"
