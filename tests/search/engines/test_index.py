"""What is written into an index, and what writing costs."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from modelsearch.query import MATCH_ALL
from modelsearch.test.testapp.models import Book

from tests.search.engines.settings import ENGINE


def new(title, number=0, text=""):
    return Book(
        title=title, summary=text, publication_date=date(2026, 1, 1), number_of_pages=number
    )


def piece(title, number=0, text=""):
    book = new(title, number, text)
    book.save()
    return book


def test_facets_count_every_value_of_what_was_found(backend):
    found = [new("惠农补贴", place) for place in range(26) for _ in range(place + 1)]
    Book.objects.bulk_create([*found, new("其他", 25)])
    backend.add_bulk(Book, Book.objects.all())
    backend.refresh_indexes()
    results = backend.search("补贴", Book)
    assert results.facet("number_of_pages") == {place: place + 1 for place in range(26)}
    assert next(iter(results.facet("number_of_pages"))) == 25
    assert results[5:8].facet("number_of_pages") == results.facet("number_of_pages")
    assert backend.search(MATCH_ALL, Book).facet("number_of_pages")[25] == 27


def test_a_long_text_of_different_characters_can_be_saved(backend):
    characters = [chr(0x4E00 + (number * 7919) % 20_000) for number in range(300_000)]
    words = " ".join(f"word{number}" for number in range(100_000))
    book = piece("长文", text="".join(characters) + words)
    backend.add(book)
    backend.refresh_indexes()
    assert list(backend.search("长文", Book)) == [book]
    assert list(backend.search("".join(characters[5:9]), Book)) == [book]


in_database = pytest.mark.skipif(
    ENGINE == "elasticsearch", reason="the index is outside of the database"
)


@in_database
def test_a_rolled_back_save_leaves_nothing(backend):
    with transaction.atomic():
        book = piece("撤回稿")
        backend.add(book)
        assert list(backend.search("撤回稿", Book)) == [book]
        transaction.set_rollback(True)
    assert list(backend.search("撤回稿", Book)) == []
    assert backend.search("撤回稿", Book).count() == 0


@in_database
def test_a_save_costs_the_same_however_much_is_indexed(backend):
    def statements():
        book = piece("新件")
        with CaptureQueriesContext(connection) as queries:
            backend.add(book)
        return [query["sql"] for query in queries if "indexentry" in query["sql"]]

    few = statements()
    Book.objects.bulk_create([new(f"旧件{number}") for number in range(50)])
    backend.add_bulk(Book, Book.objects.all())
    many = statements()
    # One row is written and nothing is read.
    assert [sql.split()[0] for sql in few] == [sql.split()[0] for sql in many] == ["INSERT"]
