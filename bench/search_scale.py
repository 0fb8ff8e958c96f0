"""How fast the public search answers with many pieces, and what saving one page costs.

Run by `make bench`; ARGS="--pieces 100000 --server-pieces 1000000" is the full measure. Each engine is
measured in a process and a database of its own: SQLite in a file, PostgreSQL where POSTGRESQL_URL names
one, Elasticsearch in front of it where ELASTICSEARCH_URL does. An answer is what a reader gets: a page of
results with marked snippets and every filter's counts. The bare query is the same words put to the engine
alone, for the keys of the twenty best.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit, urlunsplit

FEW = 1000
SAVES = 40
ROUNDS = 3
MOST_RATIO = 1.3

#: Address of the search page as readers have it, without the `?`.
QUERIES = [
    "q=招生", "q=低保", "q=公租房 摇号", "q=征地补偿安置方案", "q=义务教育 收费", "q=危房改造补助",
    "q=养老服务", "q=预算公开", "q=食品安全 抽检", "q=垃圾分类", "q=就业补贴 申请", "q=户籍办理",
    "q=救灾物资", "q=法律援助", "q=“公开摇号”", "q=青教发〔2024〕12号", "q=11330000/202203-00077",
    "q=名单", "q=公告", "q=通知", "q=学校&domain=education", "q=补贴&kind=policy&validity=in_force",
    "q=住房&year=2024", "q=招标公告&sort=date", "q=方案&in=title", "q=医院 收费&organ=health",
    "q=老人补贴怎么申请", "q=临江镇低保名单", "q=青山小学", "q=柳树村 征收&stage=decision",
    "kind=policy", "domain=health&year=2023", "",
]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "elasticsearch"])
    parser.add_argument("--pieces", type=int, default=100_000)
    parser.add_argument("--server-pieces", type=int, default=200_000)
    arguments = parser.parse_args()
    if arguments.engine:
        measure(arguments.engine, arguments)
        return
    print(
        f"{'':16}{'pieces':>10}{'answer':>10}{'p95':>9}{'bare':>9}{'p95':>9}{'save':>9}{'ratio':>7}"
    )
    for engine in engines():
        with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
            environment = os.environ | {"DATABASE_URL": database_of(engine, folder)}
            command = [sys.executable, __file__, "--engine", engine, *sys.argv[1:]]
            subprocess.run(command, env=environment, check=True)


def engines() -> list[str]:
    found = ["sqlite"]
    if os.environ.get("POSTGRESQL_URL"):
        found.append("postgresql")
    if os.environ.get("ELASTICSEARCH_URL"):
        found.append("elasticsearch")
    return found


def database_of(engine: str, folder: str) -> str:
    """The name from which the name of the throwaway database is made."""
    if engine == "sqlite" or not os.environ.get("POSTGRESQL_URL"):
        return f"sqlite:///{folder}/bench.sqlite3"
    parts = urlsplit(os.environ["POSTGRESQL_URL"])
    return urlunsplit(parts._replace(path="/search_scale"))


def measure(engine: str, arguments: argparse.Namespace) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    import django
    from django.conf import settings

    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        # A file, with the options of a server, and not in memory as in the tests.
        database["TEST"] = {"NAME": f"{database['NAME']}.test"}
        database["OPTIONS"] = {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        }
    django.setup()
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        if engine == "elasticsearch":
            from tests.search.servers import search_server

            with search_server(TIMEOUT=30):
                _measure(engine, arguments.server_pieces)
        else:
            _measure(engine, arguments.pieces)
    finally:
        runner.teardown_databases(databases)


def _measure(engine: str, number: int) -> None:
    from django.db import connection

    from bench.support.many_pieces import Pieces, quickly
    from tests.county import draft_piece, make_county, publish
    from workflows import triggers

    county = make_county()
    page = publish(county, draft_piece(county))
    triggers.remove(connection)
    quickly()
    pieces = Pieces()
    fill(pieces, FEW)
    few = saving(page)
    fill(pieces, number - FEW)
    many = saving(page)
    answers, bare = asking(engine)
    ratio = many / few
    print(
        f"{engine:16}{number:>10,}{_ms(median(answers))}{_ms(_p95(answers), 9)}{_ms(median(bare), 9)}"
        f"{_ms(_p95(bare), 9)}{_ms(many, 9)}{ratio:>7.2f}",
        flush=True,
    )
    if ratio > MOST_RATIO:
        raise SystemExit(
            f"{engine}: saving costs {ratio:.2f} times as much with {number:,} pieces."
        )


def fill(pieces: Any, number: int) -> None:
    from django.db import connection, transaction
    from wagtail.search.backends import get_search_backend

    from search.engines.bulk import put
    from search.engines.documents import writing
    from search.engines.server import get_server
    from search.models import Entry

    server = get_server()
    done = 0
    with without_word_indexes():
        for entries in pieces.entries(number):
            for entry in entries:
                entry._prefetched_objects_cache = {"attached": []}
            if server:
                versions = {entry.pk: 1 for entry in entries}
                put(server, writing(entries, server.alias, versions))
            else:
                with transaction.atomic():
                    get_search_backend().add_bulk(Entry, entries)
            done += len(entries)
            if done % 10_000 == 0 or done == number:
                print(f"\r  {done:,}/{number:,}", end="", file=sys.stderr, flush=True)
    print("\r\033[K", end="", file=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


@contextmanager
def without_word_indexes() -> Iterator[None]:
    """PostgreSQL makes an index of many rows at once in a tenth of the time."""
    from django.db import connection

    from search.backends.database import IndexEntry

    indexes = IndexEntry._meta.indexes if connection.vendor == "postgresql" else []
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.remove_index(IndexEntry, index)
    yield
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.add_index(IndexEntry, index)


def saving(page: Any) -> float:
    """Seconds that bringing one page's entry in step takes, with what the worker does after it."""
    from django.db import transaction

    from search import entries
    from search.delivering import deliver

    def save() -> None:
        with transaction.atomic():
            entries.sync_pages([page.pk])
        deliver(seconds=0)

    return median(timed(save) for _ in range(SAVES))


def asking(engine: str) -> tuple[list[float], list[float]]:
    from django.http import QueryDict
    from django.test import RequestFactory
    from django.utils import timezone

    from search.answers import Asking
    from search.presenting import Names, facets, result_rows
    from search.state import SearchState

    request = RequestFactory().get("/search/")
    day = timezone.localdate()
    answers: list[float] = []
    bare: list[float] = []

    for query in QUERIES:
        state = SearchState.from_address(QueryDict(query))

        def answer(state: SearchState = state) -> None:
            found = Asking(state, day).answer()
            names = Names()
            result_rows(found.entries, found.words, request, day, names)
            facets(state, found, names)

        answer()
        took = [timed(answer) for _ in range(ROUNDS)]
        answers += took
        if os.environ.get("EACH"):
            print(f"    {min(took) * 1000:8.1f} ms  {query}", file=sys.stderr)
        if state.has_words:
            ask = bare_query(engine, Asking(SearchState(query=state.query), day).question)
            ask()
            bare += [timed(ask) for _ in range(ROUNDS)]
    return answers, bare


def bare_query(engine: str, question: Any) -> Callable[[], object]:
    from wagtail.search.backends import get_search_backend

    from search.backends.elasticsearch.compiler import QueryCompiler
    from search.engines.server import get_server
    from search.models import Entry

    if server := get_server():
        query = QueryCompiler(Entry.objects.all(), question.query).get_inner_query()
        return lambda: server.search(query=query, size=20, track_total_hits=False)
    found = get_search_backend().search(question.query, Entry.objects.all()).get_queryset()
    return lambda: list(found.values_list("pk", flat=True)[:20])


def timed(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def _ms(seconds: float, width: int = 10) -> str:
    return f"{seconds * 1000:.1f} ms".rjust(width)


if __name__ == "__main__":
    main()
