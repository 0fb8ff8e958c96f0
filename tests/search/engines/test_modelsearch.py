"""modelsearch's own tests of a backend, on the engine that the settings name."""

import unittest

from django.test import TestCase
from modelsearch.test.testapp import models
from modelsearch.tests import elasticsearch_common_tests, test_backends

from tests.search.engines.library import Library
from tests.search.engines.reused_indexes import ReusedIndexes
from tests.search.engines.settings import ENGINE

if ENGINE == "elasticsearch":

    class _Stock(ReusedIndexes, elasticsearch_common_tests.ElasticsearchCommonSearchBackendTests):
        pass
else:
    _Stock = test_backends.BackendTests


class TestStockBehaviour(Library, _Stock, TestCase):
    backend_path = f"search.backends.{ENGINE}"

    def test_reset_indexes(self):
        self.backend.reset_indexes()
        self.backend.refresh_indexes()
        assert self.backend.search("JavaScript", models.Book).count() == 0


if ENGINE == "sqlite":
    for name in ("test_search_boosting_on_related_fields", "test_boost"):
        unskipped = getattr(TestStockBehaviour, name)
        setattr(TestStockBehaviour, name, unittest.skip("FTS5 has no boost.")(unskipped))

if ENGINE == "postgresql":
    from modelsearch.tests import test_postgres_backend

    for name in (
        "test_search_tsquery_chars",
        "test_autocomplete_tsquery_chars",
        "test_index_entry_model",
        "test_fuzzy_search",
        "test_fuzzy_search_single_word",
        "test_fuzzy_search_no_match",
    ):
        stock = getattr(test_postgres_backend.TestPostgresSearchBackend, name)
        setattr(TestStockBehaviour, name, stock)
