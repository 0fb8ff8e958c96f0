from datetime import date

import pytest
from django.core.management import call_command
from modelsearch.backends import get_search_backend
from modelsearch.test.testapp.models import Book

from tests.search.engines.corpus import PIECES


@pytest.fixture
def backend(db):
    return get_search_backend()


@pytest.fixture
def pieces(backend):
    """The corpus in the index; each book's pages tell its place, its name is in `name_of`."""
    for place, (title, text) in enumerate(PIECES.values()):
        Book.objects.create(
            title=title, summary=text, publication_date=date(2026, 1, 1), number_of_pages=place
        )
    call_command("rebuild_modelsearch_index", verbosity=0)
    return backend


@pytest.fixture
def find(pieces):
    """Search and give the short names of what was found, in order."""
    names = list(PIECES)

    def search(query, *, autocomplete=False, **options):
        method = pieces.autocomplete if autocomplete else pieces.search
        return [names[book.number_of_pages] for book in method(query, Book, **options)]

    return search
