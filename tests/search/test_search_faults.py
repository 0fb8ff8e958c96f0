"""Whatever befalls the search server: readers get an answer, nothing is lost, nothing unpublic appears."""

from __future__ import annotations

import os
from collections.abc import Iterator
from time import perf_counter, sleep
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Edition
from cms.models import ItemPage
from cms.structure import sync_catalogue
from search import delivering, entries, outbox, rebuilding, server_check
from search.delivering import deliver
from search.engines import documents
from search.engines.bulk import put
from search.engines.choosing import get_engine
from search.engines.documents import writing
from search.engines.questions import EngineFailure
from search.engines.server import Server
from search.models import Entry, UnsentChange
from tests.county import County, add_item, draft_piece, publish
from tests.search.faults import FaultyProxy
from tests.search.servers import build, search_server

pytestmark = pytest.mark.elasticsearch

PIECES = 100
TIMEOUT = 0.5


@pytest.fixture(scope="module")
def large_county(made_county) -> County:
    """With a domain of many catalogue items, which are published and withdrawn together."""
    edition = Edition.objects.get()
    Edition.objects.update(status=EditionStatus.DRAFT)
    for number in range(PIECES):
        add_item(edition, "faults", "故障演练", f"演练事项{number}", made_county.education)
    Edition.objects.update(status=EditionStatus.IN_FORCE)
    list(sync_catalogue())
    entries.sync_pages(ItemPage.objects.values_list("pk", flat=True))
    return made_county


@pytest.fixture
def proxy() -> Iterator[FaultyProxy]:
    made = FaultyProxy(os.environ["ELASTICSEARCH_URL"])
    yield made
    made.close()


@pytest.fixture
def server(large_county, proxy, db, monkeypatch) -> Iterator[Server]:
    """A search server behind the proxy, the database behind it, and short pauses."""
    monkeypatch.setattr(delivering, "LONGEST_PAUSE", 1)
    with search_server(fallback=True, URLS=[proxy.url], TIMEOUT=TIMEOUT, PAUSE=0.1) as made:
        made.__dict__["for_worker"] = made.client.options(request_timeout=5 * TIMEOUT)
        yield made
        proxy.set("")


@pytest.fixture
def domain_page(large_county) -> Page:
    return ItemPage.objects.get(title="演练事项0").get_parent()


@pytest.fixture
def health(client):
    def look() -> dict[str, object]:
        response = client.get("/healthz")
        assert response.status_code == 200
        return response.json()["parts"]["search"]

    return look


@pytest.fixture
def found(client, domain_page):
    """How many drilled items a reader finds; whatever is shown must be public at this moment."""

    def count() -> int:
        response = client.get("/search/", {"q": "演练事项", "domain": "faults"})
        assert response.status_code == 200
        total = response.context["total"]
        withdrawn = PageViewRestriction.objects.filter(page=domain_page).exists()
        assert total <= (0 if withdrawn else PIECES)
        assert len(response.context["results"]) == min(20, total)
        assert client.get("/search/suggest/", {"q": "演练"}).status_code == 200
        return total

    return count


def switch(domain_page: Page) -> None:
    """Withdraw all items of the domain, or publish them again."""
    restrictions = PageViewRestriction.objects.filter(page=domain_page)
    if restrictions:
        restrictions.get().delete()
    else:
        PageViewRestriction.objects.create(page=domain_page, restriction_type="login")


def caught_up(server: Server) -> None:
    """What the worker does once the server answers again: it has and shows everything."""
    until = perf_counter() + 20
    while UnsentChange.objects.exists() and perf_counter() < until:
        deliver(seconds=2)
        sleep(0.05)
    assert not UnsentChange.objects.exists()
    assert server_check.compare(server).pages() == []


FAULTS = ["stopped", "slow", "cut", 429, 503, 507]


@pytest.mark.parametrize("fault", FAULTS)
def test_readers_never_notice(server, proxy, found, health, domain_page, fault):
    """The database answers, the health check says why, and the server is not asked every time."""
    assert health() == {
        "status": "ok", "engine": "elasticsearch", "reason": "", "unsent": 0, "unsent_seconds": 0,
    }  # fmt: skip
    assert found() == PIECES
    with proxy.failing(fault):
        started, asked = perf_counter(), proxy.asked
        get_engine().breaker._first = 30
        for _reader in range(5):
            assert found() == PIECES
        assert perf_counter() - started < 2 * TIMEOUT + 10
        assert proxy.asked - asked == 1
        told = health()
        assert (told["status"], told["engine"]) == ("degraded", "database")
        assert told["reason"]
        switch(domain_page)
        assert deliver(seconds=0) == 0
        assert found() == 0
        assert health()["unsent"] == PIECES
    caught_up(server)
    assert health()["engine"] == "elasticsearch"


def test_a_thousand_publications_while_it_comes_and_goes(
    server, proxy, found, health, large_county, domain_page
):
    pieces = []
    faults = ["stopped", "", "slow", 429, "", "cut", 503, 507, "stopped", ""]
    for number, fault in enumerate(faults):
        proxy.set(fault)
        switch(domain_page)
        found()
        deliver(seconds=0)
        if number % 4 == 0:
            pieces.append(publish(large_county, draft_piece(large_county, f"演练公告{number}")))
        found()
    assert UnsentChange.objects.exists()
    caught_up(server)
    assert found() == PIECES
    get_engine().breaker.answered()
    assert health()["engine"] == "elasticsearch"
    assert {piece.pk for piece in pieces} <= set(Entry.objects.values_list("pk", flat=True))


def test_a_full_server_goes_on_being_searched(server, found, health, domain_page):
    """A disk that is nearly full: Elasticsearch lets nothing be written, but everything be read."""
    blocked = "index.blocks.read_only_allow_delete"
    server.client.indices.put_settings(index=server.alias, settings={blocked: True})
    page = ItemPage.objects.filter(title__startswith="演练事项").first()
    entries.sync_pages([page.pk])
    assert deliver(seconds=0) == 0
    # All but the one of which the index does not know the latest.
    assert found() == PIECES - 1
    assert health()["unsent"] == 1
    UnsentChange.objects.update(created_at="2026-01-01T00:00Z")
    assert health()["reason"] == "behind"
    assert found() == PIECES
    server.client.indices.put_settings(index=server.alias, settings={blocked: None})
    caught_up(server)
    assert health()["engine"] == "elasticsearch"


def test_what_is_told_late_or_twice_never_wins(server, domain_page):
    """A worker that was held up tells an old version, after another told that the page is gone."""
    entry = Entry.objects.filter(title__startswith="演练事项").first()
    outbox.note([entry.pk])
    late = UnsentChange.objects.get()
    deliver(seconds=0)
    switch(domain_page)
    deliver(seconds=0)
    put(server, writing([entry], server.alias, {entry.pk: late.pk}))
    assert server_check.compare(server).pages() == []


def test_what_changes_while_the_index_is_built_anew_is_not_lost(server, found, domain_page):
    """Readers search the old index until the new one is whole; a stopped rebuild is taken up again."""
    old = server.indexes()[server.alias]
    rebuilding.begin(server)
    assert found() == PIECES
    switch(domain_page)
    deliver(seconds=0)
    assert found() == 0
    page = Page.objects.get(pk=domain_page.pk)
    switch(page)
    assert rebuilding.go_on(server) > 0
    switch(page)
    deliver(seconds=0)
    switch(page)
    deliver(seconds=0)
    assert server.indexes()[server.alias] == old
    while rebuilding.go_on(server):
        pass
    assert server.indexes() == {server.alias: server.indexes()[server.alias]} != {server.alias: old}
    assert found() == PIECES
    caught_up(server)


def test_a_server_that_lost_its_index_gets_it_back(server, found, health):
    server.client.indices.delete(index=server.indexes()[server.alias])
    assert health()["reason"] == "no-index"
    assert found() == PIECES
    deliver()
    assert health()["engine"] == "elasticsearch"
    assert server_check.compare(server).pages() == []


def test_the_check_mends_an_index_of_another_life(server, domain_page):
    """After a backup was restored the numbers of changes begin earlier than those the server knows."""
    lost, stale, surplus = Entry.objects.filter(title__startswith="演练事项")[:3]
    put(server, writing([stale], server.alias, {stale.pk: 10**12}))
    Entry.objects.filter(pk=stale.pk).update(summary="其他")
    server.client.delete(index=server.alias, id=str(lost.pk), refresh=True)
    with transaction.atomic():
        Entry.objects.filter(pk=surplus.pk)._raw_delete(Entry.objects.db)
    found = server_check.compare(server)
    assert (found.missing, found.outdated, found.surplus) == ([lost.pk], [stale.pk], [surplus.pk])
    server_check.mend(server, found)
    assert server.building in server.indexes()
    deliver()
    assert server_check.compare(server).pages() == []


def test_a_refused_document_keeps_no_other_waiting(server, domain_page, monkeypatch):
    """One that the server will not have waits by itself and is tried again."""
    entry = Entry.objects.filter(title__startswith="演练事项").first()
    made = documents.document_of

    def with_an_unknown_field(each: Entry) -> dict[str, Any]:
        return made(each) | ({"unknown": 1} if each.pk == entry.pk else {})

    monkeypatch.setattr(documents, "document_of", with_an_unknown_field)
    switch(domain_page)
    switch(domain_page)
    deliver(seconds=0)
    assert set(UnsentChange.objects.values_list("page_id", "refused")) == {(entry.pk, True)}
    monkeypatch.setattr(documents, "document_of", made)
    caught_up(server)


def test_a_failure_is_an_answer_too_late(server, proxy):
    with proxy.failing("slow"), pytest.raises(EngineFailure, match="slow"):
        server.search(query={"match_all": {}})
    build(server)
