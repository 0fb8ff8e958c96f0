"""The demo county without its reviews, which take minutes: the same pages, written as if signed."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from cms.demo.clock import SHANGHAI, at
from cms.demo.county import Staff, make_county, make_people
from cms.demo.desk import Desk
from cms.demo.loader import DemoLoader
from cms.demo.main_job import MainJob
from cms.drafting_rights import sync_drafting_rights
from cms.models import Attachment
from search.models import FileText
from search.reading import read_file
from workflows import triggers
from workflows.actions.end import Ending
from workflows.copies import keep_copy, read_upload
from workflows.scanning import Examined


class QuickDesk(Desk):
    """Makes public at once what the demo's desk would send through its reviews."""

    def publish(self, page: Any, staff: Staff, moment: datetime) -> None:
        moment = moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
        with at(moment):
            for one in [page, *page.get_children().specific()]:
                _make_public(one, moment)

    def end(self, page: Any, ending: Ending) -> None:
        page.save(update_fields=page.end(ending), clean=False)


def load_demo_site() -> None:
    """The starter catalogue with every piece of the demo county, its search built, its files read."""
    quiet = {"stdout": io.StringIO(), "verbosity": 0}
    call_command("load_starter", **quiet)
    call_command("setup_site", **quiet)
    with transaction.atomic():
        make_county()
        staff = make_people()
        sync_drafting_rights()
    triggers.remove(connection)
    desk = QuickDesk(None, None)  # type: ignore[arg-type]
    for _step in DemoLoader(staff, desk).run():
        pass
    job = MainJob(staff, desk)
    desk.publish(job._draft(), job.staff, timezone.now())
    # The demo's files were made clean: they are their own public copies.
    for file in Attachment.objects.all():
        upload = read_upload(file)
        if upload is not None:
            keep_copy(file, upload, Examined([], frozenset(), upload))
    call_command("rebuild_search", **quiet)
    for digest in FileText.objects.values_list("digest", flat=True):
        read_file(digest)


def _make_public(page: Any, moment: datetime) -> None:
    draft = page.get_latest_revision_as_object()
    draft.prepare_publication(moment)
    changed = {"index_number": draft.index_number}
    if hasattr(draft, "repealed_on"):
        changed["repealed_on"] = draft.repealed_on
    type(page).objects.filter(pk=page.pk).update(**changed)
    first = page.first_published_at or moment
    Page.objects.filter(pk=page.pk).update(
        live=True,
        first_published_at=first,
        last_published_at=moment,
        live_revision=page.latest_revision_id,
    )
