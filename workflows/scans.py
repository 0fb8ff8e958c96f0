"""Scans as the worker runs them: asked for at submission, run at once where there is no worker."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django_q.conf import Conf
from django_q.tasks import async_task

from workflows.carrying import settle_beforehand
from workflows.digest import content_digest, submitted_digest
from workflows.drafts import latest_draft
from workflows.enums import ScanOccasion, ScanStatus
from workflows.linkage import keep_names
from workflows.looking import look_through, rows_of
from workflows.scan_rules import ScanRules, current_rules

if TYPE_CHECKING:
    from workflows.models import Finding, GatedPageMixin, Scan, Submission

logger = logging.getLogger("workflows.scan")
TASK = "workflows.scans.run_scan"
BATCH = 500


def request_scan(
    page: GatedPageMixin, occasion: ScanOccasion, submission: Submission | None = None
) -> Scan:
    """A scan that waits to be run."""
    from workflows.models import Scan

    return Scan.objects.create(
        page_id=page.pk,
        title=page.title,
        organ_name=page.organ.name,
        submission=submission,
        occasion=occasion,
        digest=_digest(page, occasion),
        queued_at=timezone.now(),
    )


def queue(scans: Iterable[Scan]) -> None:
    """Hand scans to the worker; where tasks run at once, as in tests, they are run here.

    The queue lives in the same database, so the worker sees them when this transaction is kept.
    """
    for scan in scans:
        if Conf.SYNC:
            run_scan(scan.pk)
        else:
            async_task(TASK, scan.pk, task_name=f"scan-{scan.pk}")


def run_scan(key: int) -> None:
    """Run one scan to its end. Safe to repeat: what is done stays, what failed is tried again."""
    from workflows.models import Scan

    scan = Scan.objects.select_related("page").filter(pk=key).first()
    if scan is None or scan.page is None or scan.status == ScanStatus.DONE:
        return
    try:
        page = _content(scan)
        rules = current_rules()
        digest = _digest(page, scan.occasion)
        rows = rows_of(scan, look_through(page, rules))
        if scan.occasion == ScanOccasion.REVISIT:
            # The public has the cleaned copy, not the upload.
            rows = [row for row in rows if not row.cleaned_away]
        _keep(scan, digest, rules, rows, page)
    except Exception as error:
        # The review waits for a scan that is done: a failure must be seen, not only logged.
        logger.exception("Scan %s of “%s” failed", scan.pk, scan.title)
        Scan.objects.filter(pk=key).exclude(status=ScanStatus.DONE).update(
            status=ScanStatus.FAILED, error=f"{type(error).__name__}: {error}"[:300]
        )


def _content(scan: Scan) -> GatedPageMixin:
    """The draft, which would become public; at a second look what is public."""
    page: Any = scan.page.specific if scan.page else None
    return page if scan.occasion == ScanOccasion.REVISIT else latest_draft(scan.page)


def _digest(page: GatedPageMixin, occasion: str) -> str:
    return content_digest(page) if occasion == ScanOccasion.REVISIT else submitted_digest(page)


@transaction.atomic
def _keep(
    scan: Scan, digest: str, rules: ScanRules, rows: list[Finding], page: GatedPageMixin
) -> None:
    from workflows.models import Finding, Scan

    locked = Scan.objects.select_for_update().get(pk=scan.pk)
    if locked.status == ScanStatus.DONE:
        return  # Another process, or the reviewer at the screen, was faster.
    found = Finding.objects.bulk_create(rows, batch_size=BATCH)
    settle_beforehand(locked, found)
    if locked.occasion != ScanOccasion.DRAFT:
        keep_names(page)
    locked.status, locked.finished_at, locked.error = ScanStatus.DONE, timezone.now(), ""
    locked.digest, locked.rules_version = digest, rules.version
    locked.save(update_fields=["status", "finished_at", "error", "digest", "rules_version"])
