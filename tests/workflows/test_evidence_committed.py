"""The audit log and transactions that are really kept, or really undone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from wagtail.models import Page

from cms.urls import urlpatterns as site_urls
from tests.county import draft_piece, fresh, make_county
from workflows.audit import record
from workflows.audit_verification import verify_chain
from workflows.models import AuditEntry
from workflows.rules import PublicationRefused

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def force_live(request: HttpRequest, pk: int) -> HttpResponse:
    page = fresh(Page.objects.get(pk=pk))
    record("test", label="an entry of the act itself")
    page.live = True
    page.save()
    return HttpResponse()


urlpatterns = [path("force/<int:pk>/", force_live), *site_urls]


def refusals() -> list[tuple[str, str]]:
    found = AuditEntry.objects.filter(action="refused").order_by("pk")
    return [(entry.details["kind"], entry.object_label) for entry in found]


@pytest.mark.urls("tests.workflows.test_evidence_committed")
def test_a_refused_request_is_undone_and_its_refusal_kept(monkeypatch: pytest.MonkeyPatch):
    page = draft_piece(make_county())
    monkeypatch.setitem(connections.settings["default"], "ATOMIC_REQUESTS", True)
    assert Client().get(f"/force/{page.pk}/").status_code == 403
    assert not fresh(page).live
    assert refusals() == [("PublicationRefused", page.title)]
    assert not AuditEntry.objects.filter(action="test").exists()


def test_a_refusal_outside_any_transaction_is_kept_at_once():
    page = draft_piece(make_county())
    page.live = True
    with pytest.raises(PublicationRefused):
        page.save()
    assert refusals() == [("PublicationRefused", page.title)]


def test_entries_are_sealed_as_soon_as_they_are_committed():
    with transaction.atomic():
        kept = record("test", label="kept")
        try:
            with transaction.atomic():
                record("test", label="undone")
                raise ValueError
        except ValueError:
            record("test", label="kept as well")
        assert not AuditEntry.objects.exclude(seal=None).filter(pk=kept.pk).exists()
    sealed = AuditEntry.objects.filter(action="test").exclude(seal=None).order_by("seal")
    assert list(sealed.values_list("object_label", flat=True)) == ["kept", "kept as well"]
    chain = verify_chain()
    assert chain.broken is None and chain.rows == AuditEntry.objects.count()


def test_many_writers_at_once_make_one_chain():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite in memory has one connection only.")

    def work(number: int) -> None:
        with transaction.atomic():
            for step in range(5):
                record("test", label=f"{number}-{step}")
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))
    assert verify_chain().broken is None
    assert AuditEntry.objects.filter(action="test").exclude(seal=None).count() == 200
