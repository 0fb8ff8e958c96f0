from datetime import date

import pytest
from modelsearch.backends import get_search_backend
from modelsearch.test.testapp.models import Book

from tests.search.engines.corpus import PIECES


def rebuild(backend):
    """Write the index of books anew, as the rebuild command does for all models."""
    rebuilder = backend.rebuilder_class(backend.get_index_for_model(Book))
    index = rebuilder.start()
    index.add_model(Book)
    index.add_items(Book, list(Book.objects.all()))
    rebuilder.finish()


@pytest.fixture(scope="session", autouse=True)
def every_index(django_db_setup, django_db_blocker):
    """A new Elasticsearch has no index at all, not even for models that a test does not touch."""
    with django_db_blocker.unblock():
        get_search_backend().reset_indexes()


@pytest.fixture(scope="module")
def pieces(django_db_setup, django_db_blocker):
    """The backend with the corpus in its index, for tests that only read; `find` knows their names."""
    backend = get_search_backend()
    with django_db_blocker.unblock():
        for place, (title, text) in enumerate(PIECES.values()):
            Book.objects.create(
                title=title, summary=text, publication_date=date(2026, 1, 1), number_of_pages=place
            )
        rebuild(backend)
    yield backend
    with django_db_blocker.unblock():
        Book.objects.all().delete()
        rebuild(backend)


@pytest.fixture
def find(pieces, db):
    """Search and give the short names of what was found, in order."""
    names = list(PIECES)

    def search(query, *, autocomplete=False, **options):
        method = pieces.autocomplete if autocomplete else pieces.search
        return [names[book.number_of_pages] for book in method(query, Book, **options)]

    return search


@pytest.fixture
def backend(db):
    """The backend with an empty index, for tests that write."""
    backend = get_search_backend()
    rebuild(backend)
    return backend
