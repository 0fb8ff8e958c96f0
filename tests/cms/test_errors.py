"""Pages for when something is not as it should be: each says what to do next."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.urls import path

from tests.county import County

NOTE = "今晚18点恢复，急事请拨打 0000-8100001 <b>"


@pytest.fixture
def file(settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "switch" / "maintenance"
    return settings.MAINTENANCE_FILE


def test_the_it_office_closes_the_site_and_opens_it_again(
    county: County, client, file, django_assert_num_queries
):
    call_command("maintenance", "on", note=NOTE)
    with django_assert_num_queries(0):
        for address in ("/", "/admin/", "/search/?q=低保", "/nowhere/"):
            response = client.get(address)
            assert response.status_code == 503 and response["Retry-After"] == "600", address
            body = response.content.decode()
            assert "0000-8100001 &lt;b&gt;" in body and 'lang="zh-hans"' in body
        assert 'lang="en"' in client.get("/en/").content.decode()
        told = client.get("/api/search/", headers={"Accept": "application/json"})
        assert told.status_code == 503 and told.json()["detail"] == NOTE
    assert client.get("/healthz").status_code == 200
    call_command("maintenance", "off")
    assert not file.exists() and client.get("/").status_code == 200


def _raising(error: Exception):
    def view(request):
        raise error

    return view


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("gone away"), 503), (ValueError("ours"), 500)]
)
def test_a_database_that_is_away_is_no_mistake_of_ours(settings, db, error, status):
    addresses = ModuleType("tests.cms.failing_addresses")
    addresses.urlpatterns = [path("", _raising(error))]
    addresses.handler500 = "cms.maintenance.error_page"
    sys.modules[addresses.__name__] = addresses
    settings.ROOT_URLCONF = addresses.__name__
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == status
    assert ("Retry-After" in response) == (status == 503)
    assert "href=" in response.content.decode()


def test_a_page_that_is_not_here_leads_on(county: County, client):
    response = client.get("/nowhere/")
    body = response.content.decode()
    assert response.status_code == 404
    assert 'role="search"' in body and 'href="/catalogue/"' in body


def test_a_form_that_was_open_too_long_says_what_to_do(db):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert 'class="number"' in response.content.decode()
