"""Keep submissions in step with Wagtail's workflow states, whoever ends them."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.models import Group
from django.db import connections, models
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from catalogue_standards.models import Organ
from workflows import evidence_triggers
from workflows.actions.move import is_being_moved, registered_pages
from workflows.audit import record
from workflows.audit_actions import AuditAction
from workflows.change_rules import is_no_evidence, moves_with_its_reason
from workflows.enums import (
    ChangeReason,
    ClearanceStatus,
    RegisterEvent,
    Role,
    SubmissionStatus,
)
from workflows.models import Clearance, GatedPageMixin, RoleGroup, Submission
from workflows.registering import enter
from workflows.rules import StandingRefused
from workflows.triggers import CLEARANCES, PAGES, gated_models, install


def end_submission(sender: type[models.Model], instance: WorkflowState, **kwargs: Any) -> None:
    """A workflow was cancelled: the sign-offs given fall."""
    ended = (
        Submission.objects.open()
        .filter(workflow_state_id=instance.pk)
        .update(status=SubmissionStatus.WITHDRAWN, ended_at=timezone.now())
    )
    if ended:
        submission = Submission.objects.get(workflow_state_id=instance.pk)
        record(AuditAction.TAKEN_BACK, submission, actor=kwargs.get("user"))


def refuse_removal(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """By whatever door, also with the page above it: what was public stays on record."""
    if isinstance(instance, GatedPageMixin) and (sentence := is_no_evidence(instance)):
        raise StandingRefused([sentence], instance)


def refuse_moving(sender: type[models.Model], instance: Page, **kwargs: Any) -> None:
    """A piece that was public moves on its own screen, where the register learns of it."""
    page = instance.specific
    if not isinstance(page, GatedPageMixin) or is_being_moved():
        return
    if kwargs["url_path_before"] == kwargs["url_path_after"]:
        return
    if sentence := moves_with_its_reason(page):
        raise StandingRefused([sentence], page)


def register_moving_along(sender: type[models.Model], instance: Page, **kwargs: Any) -> None:
    """The system moved a page of the frame: the pieces below it have new addresses."""
    if is_being_moved() or kwargs["url_path_before"] == kwargs["url_path_after"]:
        return
    for page in registered_pages(instance):
        enter(page, RegisterEvent.MOVED, by=None, kind=ChangeReason.REORGANISED)


def revoke_clearance(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """A page left the public: what was cleared then does not let it return."""
    Clearance.objects.filter(page_id=instance.pk, status=ClearanceStatus.APPLIED).update(
        status=ClearanceStatus.REVOKED
    )


def install_triggers(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """After every migration of any app: one may have rebuilt a table and lost its triggers."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    needed = {PAGES, CLEARANCES, *(model._meta.db_table for model in gated_models())}
    if needed <= tables:
        install(connection)
    if evidence_triggers.tables() <= tables:
        evidence_triggers.install(connection)


def ensure_drafters_group(sender: type[models.Model], instance: Organ, **kwargs: Any) -> None:
    """Every organ has a group for its drafters, named after it."""
    name = f"拟稿人·{instance.name}"
    row = (
        RoleGroup.objects.filter(role=Role.DRAFTER, organ=instance).select_related("group").first()
    )
    if row is None:
        group, _created = Group.objects.get_or_create(name=name)
        RoleGroup.objects.create(role=Role.DRAFTER, organ=instance, group=group)
    elif row.group.name != name:
        row.group.name = name
        row.group.save(update_fields=["name"])
