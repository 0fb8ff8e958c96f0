"""Nothing that pages under review wait on is taken from them, through whichever door.

Receivers of Django's signals; each raises StillNeeded, which undoes the whole request.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import models
from django.db.models.signals import m2m_changed, pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.models import Page, Task, Workflow, WorkflowPage, WorkflowState, WorkflowTask
from wagtail.signals import workflow_cancelled

from workflows.guard_rules import GUARD_RULES, Disturbing
from workflows.models import Membership, RoleGroup, Submission
from workflows.models.tasks import ReviewTask
from workflows.rules import StillNeeded, failures
from workflows.staff import Officer, left_alone, waiting_below, waiting_in


def connect() -> None:
    """Called once, when the application is ready."""
    user = get_user_model()
    pre_save.connect(before_save)
    pre_delete.connect(before_delete)
    m2m_changed.connect(before_people_leave, sender=user.groups.through)
    for task in ReviewTask.__subclasses__():
        m2m_changed.connect(before_groups_leave, sender=task.groups.through)
    workflow_cancelled.connect(before_cancelled)


def before_save(
    sender: type[models.Model],
    instance: models.Model,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    if update_fields == {"last_login"}:
        return
    guard = next((SAVES[model] for model in SAVES if isinstance(instance, model)), None)
    if raw or guard is None:
        return
    before = type(instance)._base_manager.filter(pk=instance.pk).first() if instance.pk else None
    guard(before, instance)


def before_delete(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    for model, guard in DELETIONS.items():
        if isinstance(instance, model):
            guard(instance)


def before_people_leave(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """People are taken out of groups, from either side of the relation."""
    if action not in ("pre_remove", "pre_clear"):
        return
    groups = _keys(instance.groups.all(), pk_set) if not reverse else {instance.pk}
    people = {instance.pk} if not reverse else _keys(instance.user_set.all(), pk_set)
    _keep_people(_("the roles of this person"), people, groups)


def before_groups_leave(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Groups are taken from a review task."""
    if action not in ("pre_remove", "pre_clear"):
        return
    tasks = [instance] if not reverse else list(kwargs["model"].objects.filter(pk__in=pk_set or []))
    for task in tasks:
        leaving = {instance.pk} if reverse else _keys(task.groups.all(), pk_set)
        if not task.groups.exclude(pk__in=leaving).exists():
            _keep_task(task)


def before_cancelled(
    sender: type[models.Model], instance: WorkflowState, user: Any = None, **kwargs: Any
) -> None:
    """A review is broken off by its submitter alone, not by whoever switches the workflow off."""
    open_still = Submission.objects.open().filter(workflow_state_id=instance.pk)
    if user is not None:
        open_still = open_still.exclude(submitted_by=user.pk)
    _refuse(str(instance.workflow), list(open_still))


def _keys(rows: models.QuerySet[Any], chosen: set[int] | None) -> set[int]:
    return set(rows.values_list("pk", flat=True)) if chosen is None else set(chosen)


def _refuse(what: object, waiting: Sequence[Submission]) -> None:
    sentences = failures(GUARD_RULES, Disturbing(str(what), waiting))
    if sentences:
        raise StillNeeded(sentences)


def _keep_workflow(workflow: Workflow) -> None:
    _refuse(workflow, list(waiting_in([workflow.pk])))


def _keep_task(task: Task) -> None:
    workflows = WorkflowTask.objects.filter(task=task.pk).values_list("workflow", flat=True)
    _refuse(task, list(waiting_in(workflows)))


def _keep_people(what: object, people: Collection[int], groups: Collection[int] | None) -> None:
    """Refuse when `people` leaving `groups`, or every group, leaves a submission with nobody."""
    rows = RoleGroup.objects.all() if groups is None else RoleGroup.objects.filter(group__in=groups)
    roles = set(rows.values_list("role", flat=True))
    _refuse(what, left_alone(lambda o: None if o.user in people and o.role in roles else o))


def _task_saved(before: Any, task: Task) -> None:
    if before is not None and before.active and not task.active:
        _keep_task(task)


def _workflow_saved(before: Any, workflow: Workflow) -> None:
    if before is not None and before.active and not workflow.active:
        _keep_workflow(workflow)


def _order_saved(before: Any, row: WorkflowTask) -> None:
    def told(task: Any) -> tuple[Any, ...]:
        return task.workflow_id, task.task_id, task.sort_order

    if before is None:
        _keep_workflow(row.workflow)
    elif told(before) != told(row):
        _keep_workflow(before.workflow)


def _assignment_saved(before: Any, row: WorkflowPage) -> None:
    if before is not None and (before.workflow_id, before.page_id) != (
        row.workflow_id,
        row.page_id,
    ):
        _assignment_deleted(before)


def _assignment_deleted(row: WorkflowPage) -> None:
    _refuse(row.workflow, list(waiting_below(row.page)))


def _person_saved(before: Any, user: Any) -> None:
    if before is not None and before.is_active and not user.is_active:
        _keep_people(user, {user.pk}, None)


def _membership_saved(before: Any, row: Membership) -> None:
    if before is None or before.organ_id == row.organ_id:
        return

    def moved(officer: Officer) -> Officer:
        return (
            officer._replace(organ_path=row.organ.path) if officer.user == row.user_id else officer
        )

    _refuse(row.user, left_alone(moved))


def _role_group_saved(before: Any, row: RoleGroup) -> None:
    if before is not None and (before.role, before.group_id) != (row.role, row.group_id):
        _group_deleted(before.group)


def _group_deleted(group: Group) -> None:
    _keep_people(group, set(group.user_set.values_list("pk", flat=True)), {group.pk})


def _page_deleted(page: Page) -> None:
    _refuse(page.title, list(Submission.objects.open().of_page(page)))


Guard = Callable[[Any, Any], None]
SAVES: dict[type[models.Model], Guard] = {
    Task: _task_saved,
    Workflow: _workflow_saved,
    WorkflowTask: _order_saved,
    WorkflowPage: _assignment_saved,
    get_user_model(): _person_saved,
    Membership: _membership_saved,
    RoleGroup: _role_group_saved,
}
DELETIONS: dict[type[models.Model], Callable[[Any], None]] = {
    Task: _keep_task,
    Workflow: _keep_workflow,
    WorkflowTask: lambda row: _keep_workflow(row.workflow),
    WorkflowPage: _assignment_deleted,
    get_user_model(): lambda user: _keep_people(user, {user.pk}, None),
    Membership: lambda row: _keep_people(row.user, {row.user_id}, None),
    RoleGroup: lambda row: _group_deleted(row.group),
    Group: _group_deleted,
    Page: _page_deleted,
}
