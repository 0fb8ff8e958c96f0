"""Whether everything public can be found, as it is now, and nothing else."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils.translation import gettext as _

from search import entries, indexing, server_check
from search.asking import forget_old_queries
from search.attached import forget_unused, read_later
from search.backends.database import IndexEntry
from search.engines.questions import EngineFailure
from search.engines.server import get_server
from search.models import Entry, FileText, TextState
from search.server_check import ServerDifferences

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Differences:
    """Primary keys of pages; `failure` is why the search server could not be compared, in a word."""

    missing: list[int]
    outdated: list[int]
    surplus: list[int]
    unindexed: list[int]
    on_server: ServerDifferences = field(default_factory=ServerDifferences)
    failure: str = ""

    def __bool__(self) -> bool:
        return any(self.by_label().values())

    def by_label(self) -> dict[str, list[int]]:
        return {
            _("public, without an entry"): self.missing,
            _("with an entry of an earlier publication"): self.outdated,
            _("with an entry, but not public"): self.surplus,
            _("with an entry that is not in the index"): self.unindexed,
            _("with an entry that the search server lacks"): self.on_server.missing,
            _("with an earlier entry on the search server"): self.on_server.outdated,
            _("on the search server, without an entry"): self.on_server.surplus,
        }


def compare() -> Differences:
    """The differences between public pages, entries, the database's index and the search server's."""
    public = entries.searchable_pages().order_by("pk")
    existing = Entry.objects.order_by("pk")
    held = IndexEntry._default_manager.filter(content_type=ContentType.objects.get_for_model(Entry))
    indexed = {int(pk) for pk in held.values_list("object_id", flat=True)}
    on_server, failure = _compare_server()
    return Differences(
        missing=list(public.filter(search_entry=None).values_list("pk", flat=True)),
        outdated=list(
            public.exclude(search_entry=None)
            .exclude(live_revision=None)
            .exclude(live_revision_id=F("search_entry__revision"))
            .values_list("pk", flat=True)
        ),
        surplus=list(
            existing.exclude(page__in=public.order_by().values("pk")).values_list("pk", flat=True)
        ),
        unindexed=[pk for pk in existing.values_list("pk", flat=True) if pk not in indexed],
        on_server=on_server,
        failure=failure,
    )


def _compare_server() -> tuple[ServerDifferences, str]:
    server = get_server()
    if server is None:
        return ServerDifferences(), ""
    try:
        return server_check.compare(server), ""
    except EngineFailure as failure:
        return ServerDifferences(), str(failure)


def mend(found: Differences) -> None:
    """Bring everything that differs in step; readers may search meanwhile."""
    if found.surplus:
        entries.remove_strays()
    for ids in entries.batches(sorted({*found.missing, *found.outdated})):
        entries.sync_pages(ids)
    for ids in entries.batches(found.unindexed):
        indexing.write(list(Entry.objects.filter(pk__in=ids)))
    if (server := get_server()) and found.on_server.pages():
        try:
            server_check.mend(server, found.on_server)
        except EngineFailure as failure:
            # What is noted is told when it answers again.
            logger.warning("The search server is %s and will be mended later", failure)


def nightly() -> str:
    """For the worker: compare, mend, and forget old queries. What was mended is in the log."""
    forget_old_queries()
    forget_unused()
    waiting = FileText.objects.filter(state=TextState.WAITING)
    read_later(waiting.values_list("digest", flat=True))
    found = compare()
    if found.failure:
        logger.warning("The search server is %s and was not compared", found.failure)
    if not found:
        return "in step"
    differences = {label: len(ids) for label, ids in found.by_label().items()}
    logger.warning("The search differed from what is public and was mended: %s", differences)
    mend(found)
    return str(differences)
