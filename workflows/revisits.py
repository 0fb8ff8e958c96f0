"""The second look at everything public (回头看), in the background, in steps that can be repeated."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.conf import Conf
from django_q.tasks import async_task
from wagtail.models import Page

from workflows.audit import record
from workflows.audit_actions import AuditAction
from workflows.enums import ClearanceStatus, ScanOccasion, ScanStatus
from workflows.models import Finding, Revisit, Scan
from workflows.models.names import display_name
from workflows.scan_rules import current_rules
from workflows.scans import request_scan, run_scan
from workflows.triggers import gated_models

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

    from workflows.models import GatedPageMixin
    from workflows.models.findings import FindingQuerySet

logger = logging.getLogger("workflows.scan")
TASK = "workflows.revisits.work"
#: Pages between two signs of life.
STEP = 20
SILENT = timedelta(minutes=30)


def public_pages() -> PageQuerySet:
    return Page.objects.live().type(tuple(gated_models())).order_by("pk")


def start(reason: str, user: Any = None) -> Revisit:
    """Begin a new walk, and hand it to the worker; one that still runs gives way to it."""
    now = timezone.now()
    Revisit.objects.running().update(stopped_at=now)
    revisit = Revisit.objects.create(
        reason=reason[:300],
        rules_version=current_rules().version,
        started_at=now,
        started_by=display_name(user) if user else "",
        active_at=now,
        total=public_pages().count(),
    )
    record(AuditAction.REVISIT_STARTED, revisit, actor=user, details={"reason": reason})
    _queue(revisit.pk)
    return revisit


def work(key: int) -> None:
    """A task of the worker: one step, then the next is queued. Safe to repeat."""
    if advance(key):
        _queue(key)


def advance(key: int) -> bool:
    """Look at the next pages; returns whether any are left."""
    revisit = Revisit.objects.running().filter(pk=key).first()
    if revisit is None:
        return False
    pages = list(public_pages().filter(pk__gt=revisit.last_page).specific()[:STEP])
    failed = sum(not look_again(page) for page in pages)
    now = timezone.now()
    Revisit.objects.filter(pk=key).update(
        active_at=now,
        done=F("done") + len(pages),
        failed=F("failed") + failed,
        last_page=pages[-1].pk if pages else revisit.last_page,
        finished_at=None if len(pages) == STEP else now,
    )
    return len(pages) == STEP


def run(revisit: Revisit, progress: Callable[[Revisit], None]) -> None:
    """The rest of a walk in this process, told step by step."""
    while advance(revisit.pk):
        revisit.refresh_from_db()
        progress(revisit)
    revisit.refresh_from_db()


def look_again(page: GatedPageMixin) -> bool:
    """Scan what is public of a page; returns whether the scan came to its end."""
    scan = request_scan(page, ScanOccasion.REVISIT)
    run_scan(scan.pk)
    scan.refresh_from_db()
    return scan.status == ScanStatus.DONE


def take_up_again() -> int:
    """By the clock: go on with a walk that fell silent, or begin one when the rules are new.

    Returns how many walks were queued.
    """
    silent = Revisit.objects.running().filter(active_at__lt=timezone.now() - SILENT)
    for revisit in silent:
        _queue(revisit.pk)
    if silent:
        return len(silent)
    newest = Revisit.objects.first()
    if newest is not None and newest.rules_version != current_rules().version:
        start(_("The rules of the scanner have changed."))
        return 1
    return 0


def _queue(key: int) -> None:
    if Conf.SYNC:
        while advance(key):
            pass
    else:
        async_task(TASK, key, task_name=f"revisit-{key}")


def open_findings() -> FindingQuerySet:
    """What the last look at each page found in what is public still, and nobody has settled."""
    latest = (
        Scan.objects.filter(occasion=ScanOccasion.REVISIT, status=ScanStatus.DONE, page__live=True)
        .values("page")
        .annotate(last=Max("pk"))
    )
    return (
        Finding.objects.filter(
            scan__in=latest.values("last"),
            # A correction went through the gate since then, and was scanned there.
            scan__page__clearances__status=ClearanceStatus.APPLIED,
            scan__page__clearances__digest=F("scan__digest"),
        )
        .open()
        .order_by("pk")
    )


def pages_to_settle() -> QuerySet[Finding, dict[str, Any]]:
    """Rows with `page`, `title`, `number`: the public pages with something open, longest first."""
    return (
        open_findings()
        .order_by()
        .values(page=F("scan__page"), title=F("scan__title"))
        .annotate(number=Count("pk", distinct=True))
        .order_by("-number", "page")
    )
