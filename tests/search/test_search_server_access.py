"""The search server reached as a county's must be: over TLS of a given authority, with a name or a key."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.checks import check_search_server
from search.engines.questions import EngineFailure
from search.engines.server import Server, get_server
from tests.search.faults import FaultyProxy
from tests.search.servers import search_server

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "elasticsearch.sh"
PORT = "9201"
PASSWORD = "a-password-for-tests"

pytestmark = pytest.mark.elasticsearch


@pytest.fixture(scope="module")
def secured() -> Iterator[tuple[str, str]]:
    """Address and authority of a server of its own that wants TLS and the user "elastic"."""
    environment = os.environ | {"ELASTICSEARCH_PASSWORD": PASSWORD, "ELASTICSEARCH_HEAP": "512m"}

    def call(command: str) -> str:
        run = subprocess.run(
            [SCRIPT, command, PORT], env=environment, capture_output=True, text=True, timeout=600
        )
        assert run.returncode == 0, run.stderr
        return run.stdout

    url, authority = call("start").split()[-2:]
    yield url, authority
    call("stop")


def ask(**config: object) -> None:
    Server({"URLS": [], "TIMEOUT": 20, **config}).search(query={"match_all": {}}, size=0)


def test_name_and_password_over_tls(secured, client, db):
    url, authority = secured
    with search_server(URLS=[url], CA=authority, USER="elastic", PASSWORD=PASSWORD):
        assert client.get("/search/", {"q": "招生"}).status_code == 200
        assert client.get("/healthz").json()["parts"]["search"]["engine"] == "elasticsearch"


@pytest.mark.parametrize(
    ("access", "reason"),
    [
        ({"USER": "elastic", "PASSWORD": "wrong"}, "not-allowed"),
        ({"API_KEY": "d3Jvbmc6d3Jvbmc="}, "not-allowed"),
        ({}, "not-allowed"),
        ({"CA": "", "USER": "elastic", "PASSWORD": PASSWORD}, "unreachable"),
    ],
    ids=["wrong password", "wrong key", "nobody", "unknown authority"],
)
def test_whoever_may_not_is_told_so(secured, access, reason):
    url, authority = secured
    with pytest.raises(EngineFailure, match=reason):
        ask(**{"URLS": [url], "CA": authority} | access)


def test_an_api_key_is_sent(db):
    proxy = FaultyProxy(os.environ["ELASTICSEARCH_URL"])
    with search_server(URLS=[proxy.url], API_KEY="a2V5OnNlY3JldA=="):
        server = get_server()
        assert server is not None
        server.search(query={"match_all": {}}, size=0)
    proxy.close()
    assert b"authorization: apikey a2v5onnly3jlda==" in proxy.heard.lower()


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        ({"URLS": ["https://search.example"]}, "search.E001"),
        ({"URLS": ["search.example:9200"]}, "search.E001"),
        ({"URLS": ["https://name:word@search.example:9200"]}, "search.E002"),
        ({"URLS": ["https://a.example:9200"], "USER": "a", "API_KEY": "b"}, "search.E003"),
        ({"URLS": ["https://a.example:9200"], "CA": "/no/such.pem"}, "search.E004"),
        ({"URLS": ["https://a.example:9200", "https://b.example:9200"], "USER": "a"}, None),
    ],
)
def test_settings_that_cannot_work_are_told_at_the_start(settings, config, problem):
    settings.PUBLIC_SEARCH = config
    assert [each.id for each in check_search_server()] == ([problem] if problem else [])
