"""What pages under review wait on stays as it is, through the desk and in the model alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, Task, Workflow, WorkflowPage, WorkflowTask

from catalogue_standards.models import Organ
from cms.models import HomePage
from tests.county import PASSWORD, County, current_task, decide, draft_piece, submit
from workflows.coverage import gaps
from workflows.enums import Role, SubmissionStatus
from workflows.models import DepartmentReviewTask, RoleGroup, Submission
from workflows.rules import Refused, StillNeeded

WAITS = "在审的招生公告"
Change = Callable[[County], Any]


def the_workflow() -> Workflow:
    return Workflow.objects.get()


def role_group(role: Role) -> Group:
    return RoleGroup.objects.get(role=role, organ=None).group


def reorder(county: County) -> None:
    row = WorkflowTask.objects.order_by("sort_order").last()
    row.sort_order = 0
    row.save()


def add_a_task(county: County) -> None:
    WorkflowTask.objects.create(
        workflow=the_workflow(), task=Task.objects.create(name="又一步"), sort_order=9
    )


def exchange_the_workflow(county: County) -> None:
    row = WorkflowPage.objects.get()
    row.workflow = Workflow.objects.create(name="空的流程")
    row.save()


def lock_out_the_head(county: County) -> None:
    county.head.is_active = False
    county.head.save()


def move_the_head(county: County) -> None:
    membership = county.head.membership
    membership.organ = Organ.objects.get(code="health")
    membership.save()


CHANGES: dict[str, Change] = {
    "workflow disabled": lambda county: the_workflow().deactivate(),
    "workflow removed": lambda county: the_workflow().delete(),
    "task disabled": lambda county: DepartmentReviewTask.objects.get().deactivate(),
    "task removed": lambda county: DepartmentReviewTask.objects.get().delete(),
    "task taken from the workflow": lambda county: WorkflowTask.objects.first().delete(),
    "tasks in another order": reorder,
    "a task more": add_a_task,
    "workflow taken from the tree": lambda county: WorkflowPage.objects.get().delete(),
    "another workflow for the tree": exchange_the_workflow,
    "task without groups": lambda county: DepartmentReviewTask.objects.get().groups.clear(),
    "head deleted": lambda county: county.head.delete(),
    "head locked out": lock_out_the_head,
    "head moved to another organ": move_the_head,
    "head loses the role": lambda county: county.head.groups.clear(),
    "role loses the head": lambda county: role_group(Role.DEPARTMENT_REVIEWER).user_set.remove(
        county.head
    ),
    "role group deleted": lambda county: role_group(Role.SIGNATORY).delete(),
    "page deleted": lambda county: Page.objects.get(title=WAITS).specific.delete(),
}


@pytest.fixture
def waiting(county: County) -> Submission:
    submit(draft_piece(county, WAITS), county.drafter)
    return Submission.objects.open().get()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_needed_stays_while_pages_wait(county: County, waiting, change: Change):
    with pytest.raises(StillNeeded) as refusal:
        change(county)
    assert WAITS in str(refusal.value)
    assert "taken back" in str(refusal.value) or "取回" in str(refusal.value)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_once_nothing_waits_it_may_change(county: County, waiting, change: Change):
    # The last row deletes the page: taken back it is a mere draft.
    current_task(waiting.lead).workflow_state.cancel(user=county.drafter)
    change(county)


def test_a_second_officer_frees_the_first(county: County, waiting):
    from workflows.actions.assign import AssignRoleAction

    second = User.objects.create_user("second", password=PASSWORD)
    AssignRoleAction(second, Role.DEPARTMENT_REVIEWER, county.education).execute()
    county.head.delete()
    decide(waiting.lead, second)


def test_an_officer_who_has_signed_may_go(county: County, waiting):
    decide(waiting.lead, county.head)
    county.head.delete()
    assert Submission.objects.open().exists()


def test_only_the_submitter_breaks_a_review_off(county: County, waiting):
    state = current_task(waiting.lead).workflow_state
    for stranger in (None, county.outsider, User.objects.create_superuser("root")):
        with pytest.raises(StillNeeded), transaction.atomic():
            state.cancel(user=stranger)
        state.refresh_from_db()
    state.cancel(user=county.drafter)
    waiting.refresh_from_db()
    assert waiting.status == SubmissionStatus.WITHDRAWN


DESK: dict[str, Callable[[County], tuple[str, dict[str, Any]]]] = {
    "disable the workflow": lambda c: (
        reverse("wagtailadmin_workflows:disable", args=(the_workflow().pk,)),
        {},
    ),
    "disable a task": lambda c: (
        reverse(
            "wagtailadmin_workflows:disable_task", args=(DepartmentReviewTask.objects.get().pk,)
        ),
        {},
    ),
    "take it from the tree": lambda c: (
        reverse("wagtailadmin_workflows:remove", args=(WorkflowPage.objects.get().page_id,)),
        {},
    ),
    "delete a person": lambda c: (reverse("wagtailusers_users:delete", args=(c.head.pk,)), {}),
    "delete a role group": lambda c: (
        reverse("wagtailusers_groups:delete", args=(role_group(Role.SIGNATORY).pk,)),
        {},
    ),
    "take a person's roles": lambda c: (
        reverse("wagtailusers_users:edit", args=(c.head.pk,)),
        {
            "username": "head",
            "email": "head@example.org",
            "first_name": "长",
            "last_name": "科",
            "is_active": "on",
        },
    ),
}


@pytest.mark.parametrize("door", DESK.values(), ids=DESK)
def test_the_desk_says_which_pages_wait_and_writes_nothing(
    county: County, waiting, door, monkeypatch
):
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    browser = Client()
    browser.force_login(User.objects.create_superuser("root", email="root@example.org"))
    address, data = door(county)
    answer = browser.post(address, data, follow=True)
    assert WAITS in answer.content.decode()
    assert Submission.objects.open().exists()
    assert the_workflow().active and WorkflowPage.objects.exists()
    assert DepartmentReviewTask.objects.get().active
    head = User.objects.get(username="head")
    assert head.last_name == "head" and head.groups.exists()


def incomplete(how: str) -> None:
    if how == "unassigned":
        WorkflowPage.objects.all().delete()
    elif how == "a step disabled":
        DepartmentReviewTask.objects.get().deactivate()
    elif how == "out of order":
        row = WorkflowTask.objects.order_by("sort_order").last()
        row.sort_order = -1
        row.save()
    elif how == "a step without people":
        User.objects.get(username="signatory").delete()
    elif how == "another workflow below":
        WorkflowPage.objects.create(
            workflow=Workflow.objects.create(name="空的流程"),
            page=Page.objects.get(slug="catalogue"),
        )
    elif how == "another locale":
        english = Locale.objects.get_or_create(language_code="en")[0]
        home = HomePage(title="Home", slug="home-en", locale=english)
        Page.objects.get(depth=1).add_child(instance=home)
        WorkflowPage.objects.all().delete()
        chinese = HomePage.objects.get(locale=Locale.get_default())
        WorkflowPage.objects.create(workflow=the_workflow(), page=chinese)


@pytest.mark.parametrize(
    "how",
    ["unassigned", "a step disabled", "out of order", "a step without people",
     "another workflow below", "another locale"],
)  # fmt: skip
def test_a_tree_without_its_full_review_is_told_of(county: County, capsys, how: str):
    call_command("check", "--deploy", "--database", "default", "--tag", "database")
    assert "workflows.W001" not in capsys.readouterr().err
    page = draft_piece(county)
    incomplete(how)
    call_command("check", "--deploy", "--database", "default", "--tag", "database")
    assert "workflows.W001" in capsys.readouterr().err
    browser = Client()
    browser.force_login(User.objects.create_superuser("root"))
    assert "desk-row__reason" in browser.get(reverse("wagtailadmin_home")).content.decode()
    if how not in ("unassigned", "another locale"):
        with pytest.raises(Refused):
            submit(page, county.drafter)
    if how != "another locale":
        browser.force_login(county.drafter)
        told = browser.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
        assert gaps()[0].sentences[0] in told.content.decode()
