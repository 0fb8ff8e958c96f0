"""Which submissions wait for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from wagtail.models import TaskState, WorkflowState

from workflows.enums import Step, SubmissionStatus
from workflows.models import (
    ConfidentialityReviewTask,
    DepartmentReviewTask,
    SignOffTask,
    Submission,
    has_role,
    organ_of,
)
from workflows.models.tasks import ReviewTask

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

TASK_OF: dict[Step, type[ReviewTask]] = {
    Step.DEPARTMENT: DepartmentReviewTask,
    Step.CONFIDENTIALITY: ConfidentialityReviewTask,
    Step.SIGN_OFF: SignOffTask,
}


def awaiting(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Submission]:
    """The open submissions that `user` may decide now, oldest first."""
    own = organ_of(user)
    tasks = [TASK_OF[step] for step in Step if has_role(user, step.role)]
    if own is None or not tasks:
        return Submission.objects.none()
    task_keys = [key for task in tasks for key in task.objects.values_list("pk", flat=True)]
    waiting = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        current_task_state__status=TaskState.STATUS_IN_PROGRESS,
        current_task_state__task__in=task_keys,
    )
    return (
        Submission.objects.open()
        .filter(workflow_state_id__in=waiting.values("pk"))
        .filter(drafting_organ__path__startswith=own.path)
        .exclude(authors=user.pk)
        .exclude(sign_offs__user=user.pk)
        .prefetch_related("referrals__answer", "sign_offs", "pages")
        .order_by("submitted_at", "pk")
    )


def submitted_by(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Submission]:
    """What `user` submitted, newest first."""
    return (
        Submission.objects.filter(submitted_by=user.pk)
        .prefetch_related("referrals__answer")
        .order_by("-submitted_at", "-pk")
    )


def returned_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Submission]:
    """What came back to `user` and has not been submitted again, or published, since."""
    newest = Submission.objects.filter(submitted_by=user.pk).order_by(
        "lead", "-submitted_at", "-pk"
    )
    latest: dict[int | None, int] = {}
    for key, lead in newest.values_list("pk", "lead"):
        latest.setdefault(lead, key)
    return (
        Submission.objects.filter(pk__in=latest.values(), status=SubmissionStatus.RETURNED)
        .prefetch_related("referrals__answer")
        .order_by("-ended_at")
    )


def current_state(submission: Submission) -> TaskState | None:
    """The task state that waits for a decision, as its specific class; None when all is decided."""
    state = (
        WorkflowState.objects.filter(pk=submission.workflow_state_id)
        .select_related("current_task_state__task")
        .first()
    )
    task_state = state.current_task_state if state else None
    if task_state is None or task_state.status != TaskState.STATUS_IN_PROGRESS:
        return None
    return task_state.specific


def current_step(submission: Submission) -> Step | None:
    state = current_state(submission)
    task = state.task.specific if state else None
    return task.step if isinstance(task, ReviewTask) else None
