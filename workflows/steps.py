"""The way of a submission: what was decided, what waits, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue_standards.calendar import site_calendar
from workflows.drafts import drafted_pages
from workflows.enums import Step
from workflows.models import Submission

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


def remaining(submission: Submission) -> str:
    """How many working days the current step has left."""
    last = submission.sign_offs.order_by("-at").first()
    since = timezone.localtime(last.at if last else submission.submitted_at).date()
    calendar = site_calendar()
    due = calendar.add_working_days(since, STEP_LIMIT).date
    today = timezone.localdate()
    if today > due:
        late = calendar.working_days_between(due, today).days
        return _("%(days)s working days over") % {"days": late}
    left = calendar.working_days_between(today, due).days
    return _("%(days)s working days left") % {"days": left}


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%m-%d}"
