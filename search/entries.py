"""Keeps `Entry` in step with what is public. Whatever is not public loses its row at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.query import PageQuerySet

from catalogue_standards.models import EditionItem, Organ
from cms.languages import OWN
from cms.models import Attachment, InterpretationPage, ItemPage, PolicyPage, PublishedPiece
from cms.visibility import for_reader, publicly_visible
from search import indexing, outbox
from search.attached import attach
from search.models import Entry
from search.rows import KINDS, Surroundings, entry_of, item_id_of
from search.texts import attached_files

SEARCHED_TYPES: tuple[type[Page], ...] = tuple(KINDS)


def searchable_pages() -> PageQuerySet:
    """Every page that belongs in the search, in the order of the tree.

    Each piece once, in the site's own language: its translations are reached through it.
    """
    return for_reader(publicly_visible(Page), OWN).type(SEARCHED_TYPES).order_by("path")


@transaction.atomic
def sync_pages(ids: Collection[int], *, only_changed: bool = False) -> int:
    """Bring the entries of these pages in step; returns how many of the pages are public.

    What an entry says is read from the database, never from an object at hand, which may be a draft.
    With `only_changed`, for changes around the pages and not of them, an entry that would say the
    same is not written again.
    """
    pages = list(searchable_pages().filter(pk__in=ids).specific())
    entries = _entries_of(pages)
    attached = {page.pk: attached_files(page) for page in pages if isinstance(page, PublishedPiece)}
    gone = Entry.objects.filter(pk__in=set(ids) - {entry.pk for entry in entries})
    _remove(gone)
    _write(_unlike_stored(entries) if only_changed else entries, attached)
    return len(entries)


def sync_below(page: Page) -> None:
    """Bring `page` and all below it in step, after it was moved or its restriction changed."""
    below = Page.objects.filter(path__startswith=page.path).values("pk")
    public = searchable_pages().filter(pk__in=below)
    _remove(Entry.objects.filter(page__in=below).exclude(page__in=public.order_by().values("pk")))
    for ids in batches(public.values_list("pk", flat=True)):
        sync_pages(ids, only_changed=True)


def sync_items(ids: Iterable[int]) -> set[int]:
    """Bring everything under these catalogue items in step, after the edition said something new of them;
    returns the pages (ids)."""
    ids = list(ids)
    pages = set(ItemPage.objects.filter(item__in=ids).values_list("pk", flat=True))
    pages |= set(Entry.objects.filter(item__in=ids).values_list("pk", flat=True))
    for batch in batches(sorted(pages)):
        sync_pages(batch, only_changed=True)
    return pages


def remove_strays() -> int:
    """Remove the entries of pages that are not public; returns how many there were."""
    public = searchable_pages().order_by().values("pk")
    return _remove(Entry.objects.exclude(page__in=public))


def batches(ids: Iterable[int], size: int = 100) -> Iterator[list[int]]:
    """`ids` in lists of at most `size`."""
    batch: list[int] = []
    for pk in ids:
        batch.append(pk)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _entries_of(pages: list[Any]) -> list[Entry]:
    policies = _policies_of([page for page in pages if isinstance(page, InterpretationPage)])
    items = {item_id_of(page, policies) for page in pages}
    rows = list(EditionItem.objects.in_force().with_details().filter(item__in=items - {None}))
    organs = {page.organ_id for page in pages if hasattr(page, "organ_id")}
    organs |= {subject.organ_id for row in rows for subject in row.subjects.all()}
    around = Surroundings(
        items={row.item_id: row for row in rows},
        organs=Organ.objects.prefetch_related("aliases").in_bulk(organs - {None}),
        policies=policies,
    )
    return [entry_of(page, around) for page in pages]


def _unlike_stored(entries: list[Entry]) -> list[Entry]:
    stored = Entry.objects.in_bulk([entry.pk for entry in entries])
    fields = [field.attname for field in Entry._meta.concrete_fields]

    def is_alike(entry: Entry) -> bool:
        there = stored.get(entry.pk)
        return there is not None and all(
            getattr(there, name) == getattr(entry, name) for name in fields
        )

    return [entry for entry in entries if not is_alike(entry)]


def _policies_of(interpretations: list[InterpretationPage]) -> dict[int, PolicyPage]:
    above = {page.pk: page.path[: -page.steplen] for page in interpretations}
    policies = {
        policy.path: policy for policy in PolicyPage.objects.filter(path__in=set(above.values()))
    }
    return {pk: policies[path] for pk, path in above.items() if path in policies}


def _write(entries: list[Entry], files: dict[int, list[Attachment]]) -> None:
    if not entries:
        return
    fields = [field.name for field in Entry._meta.concrete_fields if not field.primary_key]
    Entry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["page"], update_fields=fields
    )
    attach([(entry, files.get(entry.pk, [])) for entry in entries])
    indexing.write(entries)


def _remove(entries: QuerySet[Entry]) -> int:
    found = list(entries)
    if found:
        indexing.remove(found)
        Entry.objects.filter(pk__in=[entry.pk for entry in found]).delete()
        outbox.note([entry.pk for entry in found], removed=True)
    return len(found)
