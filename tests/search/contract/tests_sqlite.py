"""modelsearch's own tests of a backend, on our SQLite engine."""

import unittest

from django.test import TestCase
from modelsearch.tests.test_backends import BackendTests

from tests.search.contract.library import Library


class SQLiteContract(Library, BackendTests, TestCase):
    backend_path = "search.backends.sqlite"

    @unittest.skip("FTS5 has no boost.")
    def test_search_boosting_on_related_fields(self):
        pass

    @unittest.skip("FTS5 has no boost.")
    def test_boost(self):
        pass
