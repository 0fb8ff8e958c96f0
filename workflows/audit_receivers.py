"""What others do reaches the audit log: Wagtail's own log, logins, roles, settings, the register."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.signals import got_request_exception, request_finished, request_started
from django.db import models
from django.db.models.signals import m2m_changed, post_save, pre_delete
from django.http import HttpRequest
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    ModelLogEntry,
    PageLogEntry,
    PageViewRestriction,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from catalogue_standards.models import Edition, Organ
from workflows import refusals
from workflows.audit import About, record
from workflows.audit_actions import NOT_EVIDENCE, AuditAction
from workflows.client_address import client_address
from workflows.models import Membership, RegisterEntry, RoleGroup
from workflows.rules import refused

#: Whatever decides who may do what, or how the site behaves: each change is kept, by any door.
WATCHED: tuple[type[models.Model], ...] = (
    get_user_model(),
    Group,
    Membership,
    RoleGroup,
    GroupPagePermission,
    GroupCollectionPermission,
    PageViewRestriction,
    Site,
    Locale,
    Workflow,
    Task,
    WorkflowTask,
    WorkflowPage,
    Organ,
    Edition,
    AbstractSetting,
)
#: Never copied into the log.
PRIVATE = frozenset({"password", "last_login", "email"})


def connect() -> None:
    """Called once, when the application is ready."""
    for model in (PageLogEntry, ModelLogEntry):
        post_save.connect(copy_wagtail_entry, sender=model)
    post_save.connect(log_registration, sender=RegisterEntry)
    post_save.connect(log_save)
    pre_delete.connect(log_delete)
    user = get_user_model()
    m2m_changed.connect(log_groups, sender=user.groups.through)
    m2m_changed.connect(log_permissions, sender=Group.permissions.through)
    m2m_changed.connect(log_permissions, sender=user.user_permissions.through)
    user_logged_in.connect(log_login)
    user_logged_out.connect(log_logout)
    user_login_failed.connect(log_failed_login)
    refused.connect(refusals.note_refusal)
    got_request_exception.connect(refusals.note_trigger)
    request_started.connect(refusals.forget_refusals)
    request_finished.connect(refusals.write_refusals)


def copy_wagtail_entry(
    sender: type[models.Model],
    instance: PageLogEntry | ModelLogEntry,
    created: bool,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    """What Wagtail logs, except draft saves and what `log_save` keeps in full."""
    model = instance.content_type.model_class() if instance.content_type else None
    saved = instance.action in ("wagtail.create", "wagtail.edit", "wagtail.delete")
    if raw or not created or instance.action.startswith(NOT_EVIDENCE):
        return
    if saved and model is not None and issubclass(model, WATCHED):
        return
    kind = model._meta.label_lower if model is not None else ""
    record(
        instance.action,
        About(kind, str(instance.object_id), instance.label),
        actor=instance.user,
        details=instance.data,
        at=instance.timestamp,
    )


def log_registration(
    sender: type[models.Model],
    instance: RegisterEntry,
    created: bool,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    """Publication, correction, unpublishing, withdrawal and moving all enter the register."""
    if created and not raw:
        details = {
            "event": instance.event,
            "page": instance.page_id,
            "address": instance.url_path,
            "reason_kind": instance.reason_kind,
            "reason": instance.reason,
            "digest": instance.digest,
        }
        record(
            AuditAction.REGISTERED,
            instance,
            actor=instance.by,
            details=details,
            label=instance.title,
        )


def log_save(
    sender: type[models.Model],
    instance: models.Model,
    created: bool,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    """A watched record as it is after the change; the entry before it tells what it was."""
    if raw or not isinstance(instance, WATCHED) or update_fields == {"last_login"}:
        return
    record(AuditAction.SAVED, instance, details={"new": created, "values": _values(instance)})


def log_delete(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    # Before, not after: a record's name may rest on others that go with it.
    if isinstance(instance, WATCHED):
        record(AuditAction.DELETED, instance, details={"values": _values(instance)})


def _values(instance: models.Model) -> dict[str, Any]:
    return {
        field.attname: field.value_from_object(instance)
        for field in instance._meta.concrete_fields
        if field.name not in PRIVATE
    }


def log_groups(sender: Any, **kwargs: Any) -> None:
    _log_relation(AuditAction.GROUPS_CHANGED, kwargs)


def log_permissions(sender: Any, **kwargs: Any) -> None:
    _log_relation(AuditAction.PERMISSIONS_CHANGED, kwargs)


def _log_relation(action: AuditAction, kwargs: dict[str, Any]) -> None:
    """`kwargs` are those of m2m_changed: one entry for each change, naming what came or went."""
    change = kwargs["action"]
    if change in ("post_add", "post_remove"):
        related = kwargs["model"]._default_manager.filter(pk__in=kwargs["pk_set"])
        details = {change.removeprefix("post_"): [str(row) for row in related]}
    elif change == "post_clear":
        details = {"remove": ["*"]}
    else:
        return
    record(action, kwargs["instance"], details=details)


def log_login(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    record(AuditAction.LOGGED_IN, user, actor=user, details=_origin(request))


def log_logout(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if user is not None:
        record(AuditAction.LOGGED_OUT, user, actor=user, details=_origin(request))


def log_failed_login(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    name = str(credentials.get(get_user_model().USERNAME_FIELD, ""))
    record(AuditAction.LOGIN_FAILED, About("", "", name), details=_origin(request))


def _origin(request: HttpRequest | None) -> dict[str, Any]:
    return {"network_address": client_address(request)} if request is not None else {}
