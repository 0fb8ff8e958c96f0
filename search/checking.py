"""Whether everything public can be found, as it is now, and nothing else."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils.translation import gettext as _

from search import entries, indexing
from search.asking import forget_old_queries
from search.attached import forget_unused, read_later
from search.backends.database import IndexEntry
from search.models import Entry, FileText, TextState

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Differences:
    """Primary keys of pages."""

    missing: list[int]
    outdated: list[int]
    surplus: list[int]
    unindexed: list[int]

    def __bool__(self) -> bool:
        return any(self.by_label().values())

    def by_label(self) -> dict[str, list[int]]:
        return {
            _("public, without an entry"): self.missing,
            _("with an entry of an earlier publication"): self.outdated,
            _("with an entry, but not public"): self.surplus,
            _("with an entry that is not in the index"): self.unindexed,
        }


def compare() -> Differences:
    """The differences between public pages, entries and the database's index; five queries."""
    public = entries.searchable_pages().order_by("pk")
    existing = Entry.objects.order_by("pk")
    held = IndexEntry._default_manager.filter(content_type=ContentType.objects.get_for_model(Entry))
    indexed = {int(pk) for pk in held.values_list("object_id", flat=True)}
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
    )


def mend(found: Differences) -> None:
    """Bring everything that differs in step; readers may search meanwhile."""
    if found.surplus:
        entries.remove_strays()
    for ids in entries.batches(sorted({*found.missing, *found.outdated})):
        entries.sync_pages(ids)
    for ids in entries.batches(found.unindexed):
        indexing.write(list(Entry.objects.filter(pk__in=ids)))


def nightly() -> str:
    """For the worker: compare, mend, and forget old queries. What was mended is in the log."""
    forget_old_queries()
    forget_unused()
    waiting = FileText.objects.filter(state=TextState.WAITING)
    read_later(waiting.values_list("digest", flat=True))
    found = compare()
    if not found:
        return "in step"
    differences = {label: len(ids) for label, ids in found.by_label().items()}
    logger.warning("The search differed from what is public and was mended: %s", differences)
    mend(found)
    return str(differences)
