"""What the gate adds to the price of publishing: Wagtail's own publish beside it, page by page.

Run by `make bench`. Both sides publish pages of the same words with the same attachment, turn by
turn, on a throwaway database in a file (or on DATABASE_URL). On Wagtail's side the gate is lifted:
no check in save(), no triggers, no register, no audit log. What is no part of the gate, the index
number and the search, both sides have.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.test.runner import DiscoverRunner
from django.utils import timezone
from django_q.conf import Conf
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, PageLogEntry, WorkflowState

from cms.drafting import store_attachment
from cms.models import DisclosurePage
from tests.county import County, decide, draft_piece, make_county, submit, text
from workflows import audit_receivers, evidence_triggers, triggers
from workflows.actions.clear import GrantClearanceAction
from workflows.actions.publish import PublishClearedAction
from workflows.models import Clearance, GatedPageMixin, Submission

PAGES = 120
TURN = 20
MOST = 1.25
#: Sender -> what copies its saves to the audit log.
RECEIVERS = {PageLogEntry: audit_receivers.copy_wagtail_entry, None: audit_receivers.log_save}
PARAGRAPH = "招生范围为全县户籍适龄儿童，外来务工人员随迁子女凭居住证申请入学。" * 6


def main(pages: int = PAGES) -> None:
    runner = DiscoverRunner(verbosity=0, interactive=False)
    with tempfile.TemporaryDirectory() as folder:
        connection.settings_dict["TEST"]["NAME"] = (
            str(Path(folder) / "bench.sqlite3") if connection.vendor == "sqlite" else None
        )
        databases = runner.setup_databases()
        try:
            county = make_county()
            compare(county, pages)
        finally:
            runner.teardown_databases(databases)


def compare(county: County, pages: int) -> None:
    drafts = [draft(county, number) for number in range(2 * pages)]
    with patch.object(WorkflowState, "on_finish", grant):
        cleared = [clear(county, page) for page in drafts[:pages]]
    # The worker's part of a publication is handed to the worker, as on a site.
    Conf.SYNC = False
    gate: list[float] = []
    stock: list[float] = []
    for start in range(0, pages, TURN):
        turn = slice(start, start + TURN)
        gate += [timed_gate(clearance, county.signatory) for clearance in cleared[turn]]
        with lifted():
            stock += [timed_stock(page, county.signatory) for page in drafts[pages:][turn]]
    own, theirs = statistics.median(gate), statistics.median(stock)
    print(f"{connection.vendor}: {pages} pages each, median of one publication")
    print(f"Wagtail's own publish   {theirs * 1000:8.1f} ms")
    print(f"through the gate        {own * 1000:8.1f} ms   {own / theirs:.2f} times")
    if own > MOST * theirs:
        raise SystemExit(f"More than {MOST} times.")


def draft(county: County, number: int) -> DisclosurePage:
    upload = SimpleUploadedFile(f"附件{number}.txt", os.urandom(100_000).hex().encode())
    document = store_attachment(upload, county.drafter)
    files = {"type": "attachments", "value": {"files": [{"document": document.pk, "note": ""}]}}
    body = [*text(*[f"{number}，{PARAGRAPH}"] * 20), files]
    return draft_piece(county, f"第{number}号招生公告", body=body)


def clear(county: County, page: DisclosurePage) -> Clearance:
    """Through the whole review, up to the clearance that waits to be applied."""
    submit(page, county.drafter)
    for officer in county.officers:
        decide(page, officer)
    return Clearance.objects.get(page_id=page.pk)


def grant(state: WorkflowState, user: User | None = None) -> None:
    """The end of a review without its publication, which is what is timed."""
    submission = Submission.objects.get(workflow_state_id=state.pk)
    GrantClearanceAction(submission).execute()


def timed_gate(clearance: Clearance, user: User) -> float:
    clearance = Clearance.objects.get(pk=clearance.pk)
    began = time.perf_counter()
    PublishClearedAction([clearance], user=user).execute()
    return time.perf_counter() - began


def timed_stock(page: Page, user: User) -> float:
    began = time.perf_counter()
    with transaction.atomic():
        live = Page.objects.get(pk=page.pk).specific
        action = PublishPageRevisionAction(live.get_latest_revision(), user=user)
        action.object.prepare_publication(timezone.now())
        action.execute(skip_permission_checks=True)
    return time.perf_counter() - began


@contextmanager
def lifted() -> Iterator[None]:
    """The gate and what keeps evidence, away for a moment."""
    own_save = GatedPageMixin.save
    del GatedPageMixin.save
    triggers.remove(connection)
    evidence_triggers.remove(connection)
    for sender, receiver in RECEIVERS.items():
        post_save.disconnect(receiver, sender=sender)
    try:
        yield
    finally:
        GatedPageMixin.save = own_save
        triggers.install(connection)
        evidence_triggers.install(connection)
        for sender, receiver in RECEIVERS.items():
            post_save.connect(receiver, sender=sender)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
