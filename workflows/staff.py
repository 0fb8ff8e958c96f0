"""Who can give which sign-off now, and which submissions still wait for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import QuerySet
from wagtail.models import Page, WorkflowState

from workflows.enums import Decision, Step
from workflows.models import RoleGroup, Submission

if TYPE_CHECKING:
    from catalogue_standards.models import Organ

_STEP_OF: dict[str, Step] = {step.role.value: step for step in Step}


class Officer(NamedTuple):
    """A person who may give `step` for pieces drafted by the organ at `organ_path` or below it."""

    user: int
    role: str
    organ_path: str

    @property
    def step(self) -> Step:
        return _STEP_OF[self.role]

    def answers_for(self, organ: Organ | None) -> bool:
        return organ is not None and organ.path.startswith(self.organ_path)


def officers() -> list[Officer]:
    """Every active person who holds a reviewing role and works for an organ (one query)."""
    rows = RoleGroup.objects.filter(
        role__in=_STEP_OF,
        group__user__is_active=True,
        group__user__membership__organ__isnull=False,
    )
    return [
        Officer(*row)
        for row in rows.values_list("group__user", "role", "group__user__membership__organ__path")
    ]


def waiting_in(workflows: Iterable[int]) -> QuerySet[Submission]:
    """Open submissions whose way leads through one of these workflows."""
    states = WorkflowState.objects.active().filter(workflow__in=list(workflows))
    return Submission.objects.open().filter(workflow_state_id__in=states.values("pk"))


def waiting_below(page: Page) -> QuerySet[Submission]:
    """Open submissions of `page` and of everything below it."""
    return Submission.objects.open().filter(lead__path__startswith=page.path)


def left_alone(change: Callable[[Officer], Officer | None]) -> list[Submission]:
    """Open submissions that `change` would leave with nobody for one of the steps ahead.

    `change` tells what becomes of an officer, None when that officer is lost. What nobody could
    decide before either is not counted: it must not stand in the way of putting things right.
    """
    before = officers()
    after = [changed for officer in before if (changed := change(officer)) is not None]
    if after == before:
        return []
    rows = Submission.objects.open().select_related("drafting_organ")
    return [
        submission
        for submission in rows.prefetch_related("sign_offs", "authors")
        if set(_open_steps(submission, before)) - set(_open_steps(submission, after))
    ]


def _open_steps(submission: Submission, staff: Sequence[Officer]) -> Iterable[Step]:
    """Steps that are still ahead of `submission` and that somebody in `staff` may decide."""
    signed = submission.sign_offs.all()
    done = {sign_off.step for sign_off in signed if sign_off.decision == Decision.APPROVED}
    out = {author.pk for author in submission.authors.all()} | {s.user_id for s in signed}
    for officer in staff:
        if (
            officer.step not in done
            and officer.user not in out
            and officer.answers_for(submission.drafting_organ)
        ):
            yield officer.step
