"""Refusals reach the audit log although the transaction in which they were raised is undone.

They wait in their thread until no transaction is open, and are then written in one of their own:
at once where none was open, otherwise when the request, the worker's task or the page in hand of
publish_scheduled is over.
"""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from asgiref.local import Local
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from workflows.audit import plain, record
from workflows.audit_actions import AuditAction
from workflows.models.audit import AuditEntry
from workflows.rules import Refused
from workflows.triggers import MARK

logger = logging.getLogger("workflows.audit")
_thread = Local()

#: The clock tries a refused page every minute; one entry in this time is enough.
REPEATED = timedelta(days=1)


@dataclass(frozen=True)
class Refusal:
    at: datetime
    subject: models.Model | None
    actor: Any
    details: dict[str, Any]


def note_refusal(sender: type[Refused], refusal: Refused, **kwargs: Any) -> None:
    """Receiver of `rules.refused`."""
    user = refusal.user if refusal.user is not None else get_active_log_context().user
    _keep(refusal.subject, user, {"kind": sender.__name__, "why": refusal.sentences})


def note_trigger(sender: Any, request: Any = None, **kwargs: Any) -> None:
    """Receiver of got_request_exception: the database itself refused a row."""
    error = sys.exc_info()[1]
    if isinstance(error, DatabaseError) and MARK in str(error):
        user = getattr(request, "user", None)
        _keep(None, user, {"kind": "DatabaseTrigger", "why": [str(error)], "path": request.path})


def forget_refusals(sender: Any = None, **kwargs: Any) -> None:
    """Receiver of request_started: a request answers for its own refusals only."""
    _thread.waiting = []


def write_refusals(sender: Any = None, **kwargs: Any) -> None:
    """Write what waits. Never raises: the answer that the person reads comes first."""
    waiting: list[Refusal] = getattr(_thread, "waiting", [])
    _thread.waiting = []
    for refusal in waiting:
        try:
            with transaction.atomic():
                _write(refusal)
        except Exception:
            logger.exception("A refusal could not be logged: %s", refusal.details)


def _keep(subject: models.Model | None, actor: Any, details: dict[str, Any]) -> None:
    waiting = getattr(_thread, "waiting", [])
    waiting.append(Refusal(timezone.now(), subject, actor, plain(details)))
    _thread.waiting = waiting
    if not connection.in_atomic_block:
        write_refusals()


def _write(refusal: Refusal) -> None:
    if refusal.actor is None and _told_before(refusal):
        return
    record(
        AuditAction.REFUSED,
        refusal.subject,
        actor=refusal.actor,
        details=refusal.details,
        at=refusal.at,
    )


def _told_before(refusal: Refusal) -> bool:
    if refusal.subject is None:
        return False
    last = (
        AuditEntry.objects.filter(
            action=AuditAction.REFUSED,
            object_type=refusal.subject._meta.label_lower,
            object_id=str(refusal.subject.pk or ""),
            at__gt=refusal.at - REPEATED,
        )
        .order_by("-pk")
        .first()
    )
    return last is not None and last.actor_id is None and last.details == refusal.details
