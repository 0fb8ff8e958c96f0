"""What a part of the site needs before anything in it can be reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from wagtail.models import Task, Workflow

from workflows.enums import Step

if TYPE_CHECKING:
    from wagtail.models import Page

    from workflows.staff import Officer


class Coverage(NamedTuple):
    """The workflow that reviews what is drafted in a place, its active tasks, and the people."""

    workflow: Workflow | None
    tasks: Sequence[Task]
    staff: Sequence[Officer]


def coverage_of(place: Page, staff: Sequence[Officer]) -> Coverage:
    workflow = place.get_workflow()
    tasks: list[Task] = []
    if workflow is not None:
        rows = Task.objects.filter(workflow_tasks__workflow=workflow, active=True)
        tasks = list(rows.order_by("workflow_tasks__sort_order").specific())
    return Coverage(workflow, tasks, staff)


def has_a_workflow(found: Coverage) -> str | None:
    if found.workflow is None or not found.workflow.active:
        return _("No review workflow is assigned here: assign one under Settings, Workflows.")
    return None


def has_every_step_in_order(found: Coverage) -> str | None:
    if found.workflow is None:
        return None
    steps = [step for task in found.tasks if (step := getattr(task, "step", None))]
    if steps != list(Step):
        return _(
            "The workflow “%(workflow)s” must have these active tasks in this order: %(steps)s."
        ) % {"workflow": found.workflow, "steps": "、".join(str(step.label) for step in Step)}
    return None


def tasks_have_groups(found: Coverage) -> str | None:
    empty = [
        task.name for task in found.tasks if hasattr(task, "step") and not task.groups.exists()
    ]
    if empty:
        return _("No group is assigned to these tasks: %(tasks)s.") % {"tasks": "、".join(empty)}
    return None


def steps_have_people(found: Coverage) -> str | None:
    served = {officer.step for officer in found.staff}
    missing = [str(step.role.label) for step in Step if step not in served]
    if missing:
        return _("Nobody holds these roles: %(roles)s. Give them to people under Users.") % {
            "roles": "、".join(missing)
        }
    return None


COVERAGE_RULES = [has_a_workflow, has_every_step_in_order, tasks_have_groups, steps_have_people]
