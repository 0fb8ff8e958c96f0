"""A publisher killed with SIGKILL at any moment leaves a whole publication, or none.

Each round forks a process that publishes on a real, committing database and kills it after a random
part of the time that a publication takes. What the next process then finds must be one or the other.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone
from wagtail.models import Page

from cms.models import PublishedPiece
from search.models import Entry
from tests.county import County, decide, draft_pair, draft_piece, make_county, submit
from workflows.audit_verification import verify_chain
from workflows.models import Clearance, RegisterEntry
from workflows.verification import drifted_pages

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.slow]

#: Together 200 on PostgreSQL; half of them on SQLite, where a round takes longer.
ROUNDS = {"sign-off": 120, "go-live": 80}
#: Publications that are let finish, to learn how long one takes.
MEASURED = 3


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[None]:
    """A database that outlives a process: for SQLite in memory, a copy of it in a file."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    path = tmp_path / "killed.sqlite3"
    with sqlite3.connect(path) as copy:
        in_memory.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = in_memory, name


class Publisher:
    """Publishes `pages`, which belong together, in a process of its own."""

    def __init__(self, act: Callable[[], None], pages: list[PublishedPiece]) -> None:
        self.act = act
        self.pages = [page.pk for page in pages]

    def run(self, killed_after: float | None = None) -> float:
        """Returns how many seconds it ran."""
        connections.close_all()
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                self.act()
                status = 0
            finally:
                os._exit(status)
        if killed_after is not None:
            time.sleep(killed_after)
            os.kill(child, signal.SIGKILL)
        _child, status = os.waitpid(child, 0)
        ran = time.monotonic() - began
        if killed_after is None:
            assert status == 0, "a publication that nobody disturbed failed"
        others_are_gone()
        return ran

    @property
    def public(self) -> list[bool]:
        return [page.live for page in Page.objects.filter(pk__in=self.pages).order_by("pk")]

    def check(self) -> bool:
        """Whether all is public, with all that belongs to it; none of it may be there in part."""
        public = set(self.public)
        assert len(public) == 1, "half a pair is public"
        whole = public.pop()
        expected = len(self.pages) if whole else 0
        rows = [
            Clearance.objects.filter(page_id__in=self.pages, status="applied"),
            RegisterEntry.objects.filter(page_id__in=self.pages, event="published"),
            Entry.objects.filter(page_id__in=self.pages),
        ]
        assert [found.count() for found in rows] == [expected] * len(rows)
        assert not Clearance.objects.filter(page_id__in=self.pages, status="applying").exists()
        return whole


def others_are_gone() -> None:
    """PostgreSQL ends a session some time after its client was killed; only then is it undone."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for _attempt in range(1000):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.01)
    raise AssertionError("the killed publisher's session goes on")


def signed_by_the_last(county: County, number: int) -> Publisher:
    policy, interpretation = draft_pair(county, f"关于第{number}项工作的通知")
    submit(policy, county.drafter)
    for officer in county.officers[:-1]:
        decide(policy, officer)
    # Together, as one request does it.
    act = transaction.atomic(lambda: decide(policy, county.officers[-1]))
    return Publisher(act, [policy, interpretation])


def due(county: County, number: int) -> Publisher:
    tomorrow = timezone.now() + timedelta(days=1)
    page = draft_piece(county, f"第{number}号公告", go_live_at=tomorrow)
    submit(page, county.drafter)
    for officer in county.officers:
        decide(page, officer)

    def act() -> None:
        with time_machine.travel(tomorrow + timedelta(seconds=1)):
            call_command("publish_scheduled", verbosity=0)

    return Publisher(act, [page])


@pytest.mark.parametrize(("way", "prepare"), [("sign-off", signed_by_the_last), ("go-live", due)])
def test_a_killed_publisher_leaves_all_or_nothing(way, prepare, kept):
    county = make_county()
    chance = random.Random(way)
    numbers = iter(range(10_000))
    took = []
    for _ in range(MEASURED):
        publisher = prepare(county, next(numbers))
        took.append(publisher.run())
        assert publisher.check()
    longest = max(took) * 1.1
    completed = cut = 0
    publisher = prepare(county, next(numbers))
    for _ in range(ROUNDS[way] // (2 if connection.vendor == "sqlite" else 1)):
        publisher.run(killed_after=chance.uniform(0, longest))
        if publisher.check():
            completed += 1
            publisher = prepare(county, next(numbers))
        else:
            cut += 1
    # Kills that all came too early or too late would show nothing.
    assert completed and cut
    publisher.run()
    assert publisher.check(), "what was cut short could not be done again"
    assert not list(drifted_pages())
    assert verify_chain().broken is None
