"""When the search hears of changes. Each receiver reads the database anew; none trusts its instance."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction

from catalogue_standards.diff import EditionDiff, touched_items
from catalogue_standards.models import Edition
from cms.models import ItemPage
from search import dictionary, entries, outbox
from search.later import no_longer_wait_for, sync_page_later
from search.models import Entry

# A save of these alone notes a new draft and changes nothing the public sees.
_DRAFT_FIELDS = frozenset(
    {"latest_revision", "latest_revision_created_at", "has_unpublished_changes", "draft_title"}
)


def page_saved(
    instance: Any, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """Publishing, withdrawing and every other change of a page's row end in a save."""
    if raw or not isinstance(instance, Page):
        return
    if isinstance(instance, ItemPage) and instance.live:
        sync_page_later(instance.pk)
    elif update_fields is None or update_fields - _DRAFT_FIELDS:
        entries.sync_pages([instance.pk])


def page_moved(instance: Page, **kwargs: Any) -> None:
    entries.sync_below(instance)


def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    # A restriction that goes with its page finds no page to bring in step.
    if page := Page.objects.filter(pk=instance.page_id).first():
        entries.sync_below(page)


def entry_deleted(instance: Entry, origin: Any = None, **kwargs: Any) -> None:
    """An entry that goes with its page; search.entries notes itself what it removes."""
    if not (isinstance(origin, QuerySet) and origin.model is Entry):
        outbox.note([instance.pk], removed=True)


def edition_put_in_force(
    edition: Edition, changes: EditionDiff | None = None, **kwargs: Any
) -> None:
    """Bring in step what the new edition speaks of otherwise, within its own transaction.

    Runs after the pages have followed (cms stands before search among the installed apps).
    """
    names_changed()
    items = touched_items(changes) if changes else edition.items.values_list("item", flat=True)
    no_longer_wait_for(entries.sync_items(items))


def names_changed(**kwargs: Any) -> None:
    """After the commit, so that a dictionary is not built for every one of many changes."""
    transaction.on_commit(dictionary.refresh)
