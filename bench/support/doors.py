"""Two ways to search the same pages: the public search page, and Wagtail's own search."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.test.utils import setup_test_environment
from wagtail.models import Page

from search.backends.database import IndexEntry
from search.entries import SEARCHED_TYPES, searchable_pages
from search.kinds import Kind
from search.models import Entry


class Doors:
    """`index_numbers` are those of all pages, by name: a title, or `item:` and the item's title."""

    def __init__(self) -> None:
        # Pages say what they show only where tests are set up.
        setup_test_environment()
        entries = Entry.objects.select_related("page")
        self._names = {entry.pk: _name(entry) for entry in entries}
        self._by_url = {entry.page.get_url(): self._names[entry.pk] for entry in entries}
        self.index_numbers = {_name(entry): entry.index_number for entry in entries}
        self._client = Client()
        self._stock: Any = None

    def ours(self, query: str) -> list[str]:
        """Names of what a reader finds; where his words find nothing, what the suggestion finds."""
        context = self._client.get("/search/", {"q": query}).context
        if context["did_you_mean"]:
            context = self._client.get("/search/", {"q": context["did_you_mean"]}).context
        rows = [*context["results"], *context["more"]]
        return [self._by_url[row.url] for row in rows]

    def stock(self, query: str) -> list[str]:
        """Names of what Wagtail's search in the database finds. Call it last: it rewrites the index."""
        if self._stock is None:
            self._stock = import_module("wagtail.search.backends.database").SearchBackend({})
            types = ContentType.objects.get_for_models(*SEARCHED_TYPES).values()
            IndexEntry.objects.filter(content_type__in=types).delete()
            for model in SEARCHED_TYPES:
                pages = model.objects.filter(pk__in=searchable_pages().values("pk"))
                self._stock.add_bulk(model, pages)
        # It filters by indexed fields only, so it gets the same pages by their keys.
        found = self._stock.search(query, Page.objects.filter(pk__in=list(self._names)))[:10]
        return [self._names[page.pk] for page in found]


def _name(entry: Entry) -> str:
    return f"item:{entry.title}" if entry.kind == Kind.ITEM else entry.title
