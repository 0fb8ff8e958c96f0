"""What the whole suite shares: which services are there, and a browser."""

from __future__ import annotations

import copy
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser import chromium_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django import DjangoDbBlocker

    from tests.county import County

ROOT = Path(__file__).resolve().parent.parent
# Where `make postgresql` and `make elasticsearch` start their servers.
PRIVATE_POSTGRESQL = "postgres://gongkai@127.0.0.1:5471/gongkai"
PRIVATE_ELASTICSEARCH = "http://127.0.0.1:9200"


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 5432), 1):
            return True
    except OSError:
        return False


def _without_postgresql() -> str | None:
    url = os.environ.get("POSTGRESQL_URL")
    if not url:
        return "No PostgreSQL: run `make postgresql`, or set POSTGRESQL_URL."
    return None if _answers(url) else f"No PostgreSQL answers at {urlsplit(url).netloc}."


def _without_elasticsearch() -> str | None:
    url = os.environ.get("ELASTICSEARCH_URL")
    if not url:
        return "No Elasticsearch: run `make elasticsearch`, or set ELASTICSEARCH_URL."
    return None if _answers(url) else f"No Elasticsearch answers at {urlsplit(url).hostname}."


def _without_chromium() -> str | None:
    return None if chromium_path() else "No Chromium: install Debian's chromium, or set CHROMIUM."


# Marker -> why tests with it cannot run here, or None when they can.
SERVICES: dict[str, Callable[[], str | None]] = {
    "postgresql": _without_postgresql,
    "elasticsearch": _without_elasticsearch,
    "chromium": _without_chromium,
}


def pytest_configure() -> None:
    """Find the servers that the environment does not name: the suite's own database, private ones."""
    database = os.environ.get("DATABASE_URL", "")
    found = database if database.startswith("postgres") else PRIVATE_POSTGRESQL
    if "POSTGRESQL_URL" not in os.environ and _answers(found):
        os.environ["POSTGRESQL_URL"] = found
    started = (ROOT / "var" / "elasticsearch" / "9200" / "pid").exists()
    if "ELASTICSEARCH_URL" not in os.environ and started and _answers(PRIVATE_ELASTICSEARCH):
        os.environ["ELASTICSEARCH_URL"] = PRIVATE_ELASTICSEARCH


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose service is absent; on a CI machine that is a failure."""
    for marker, missing in SERVICES.items():
        if item.get_closest_marker(marker) and (reason := missing()):
            if os.environ.get("CI") == "true":
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)


@pytest.fixture(autouse=True, scope="session")
def emptied_evidence() -> Iterator[None]:
    """A test that commits is undone by emptying every table, which those of evidence refuse."""
    from django.db import connection
    from django.test import TransactionTestCase

    from workflows import evidence_triggers

    empty_tables = TransactionTestCase._fixture_teardown

    def _fixture_teardown(self: TransactionTestCase) -> None:
        evidence_triggers.remove(connection)
        empty_tables(self)
        evidence_triggers.install(connection)

    TransactionTestCase._fixture_teardown = _fixture_teardown
    yield
    TransactionTestCase._fixture_teardown = empty_tables


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless Chromium, for the tests of one module that are marked `chromium`.

    Not longer: other modules fork this process and kill what they forked.
    """
    from django.db import connections
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django takes these tests for async code, which has
    # connections of its own, without the rows that committing tests are to put back.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    default = connections["default"]
    with sync_playwright() as playwright:
        connections["default"] = default
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo county's catalogue and people, to be copied and served.

    PEOPLED_COUNTY names a file that is kept between runs, while one works on a journey.
    """
    from tests.journeys.site import make_database

    kept = os.environ.get("PEOPLED_COUNTY")
    database = Path(kept) if kept else tmp_path_factory.mktemp("peopled") / "county.sqlite3"
    if not database.exists():
        # Whole or not at all: another process may be looking for it, too.
        made = database.with_suffix(f".{os.getpid()}")
        make_database(made)
        made.replace(database)
    return database


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Page]:
    """A tab of its own, Chinese, at a desktop's size."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def kept_transaction(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What a module's fixtures write stays for all its tests, and is undone after the last."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def made_county(kept_transaction: None) -> County:
    from tests.county import make_county

    return make_county()


@pytest.fixture
def county(made_county: County, db: None) -> County:
    """A small county of one's own: each test starts from it anew."""
    return copy.deepcopy(made_county)
