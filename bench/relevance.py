"""Whether readers find what they came for: nDCG@10 and success@3 over the judged queries.

Success: one of the first three is worth 2 or 3. Stricter, best@3: one of them has the best grade of all.

Run by `make bench`, on SQLite and, when POSTGRESQL_URL or DATABASE_URL names a server, on PostgreSQL;
with ELASTICSEARCH_URL also on Elasticsearch. Beside each database stand the figures of Wagtail's own
search in that database, over the same pages. Pages are asked for at the reader's own door, /search/.

`--worst N` also lists the N queries that do worst, with what they find; `--here` measures on the
database of DJANGO_SETTINGS_MODULE as it is, which must hold the demo county, and changes nothing.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
LEAST_NDCG = 0.85
LEAST_SUCCESS = 0.95

Search = Callable[[str], list[str]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", help="measure this one in this process")
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--here", action="store_true")
    options = parser.parse_args()
    if options.here:
        import django

        django.setup()
        raise SystemExit(report("this database", options.worst, beside=False))
    if options.engine:
        raise SystemExit(measure(options.engine, options.worst))
    failed = False
    for engine, url in engines().items():
        command = [sys.executable, __file__, "--engine", engine, "--worst", str(options.worst)]
        environment = os.environ | {"DATABASE_URL": url, "PYTHONPATH": "."}
        failed |= subprocess.run(command, env=environment, check=False).returncode != 0
    raise SystemExit(failed)


def engines() -> dict[str, str]:
    """The engines at hand, with the database that each needs."""
    found = {"sqlite": "sqlite://:memory:"}
    for name in ("POSTGRESQL_URL", "DATABASE_URL"):
        if os.environ.get(name, "").startswith("postgres"):
            found["postgresql"] = os.environ[name]
    if os.environ.get("ELASTICSEARCH_URL"):
        found["elasticsearch"] = "sqlite://:memory:"
    return found


def measure(engine: str, worst: int) -> int:
    """Print one engine's figures; returns 1 where they are too low."""
    import django

    django.setup()
    from django.conf import settings
    from django.test.runner import DiscoverRunner

    from bench.support.demo_site import load_demo_site

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings.MEDIA_ROOT = Path(folder)
            load_demo_site()
            with answering(engine):
                return report(engine, worst)
    finally:
        runner.teardown_databases(databases)


@contextmanager
def answering(engine: str) -> Iterator[None]:
    """With Elasticsearch: an index of its own, and no database behind it that could answer instead."""
    if engine != "elasticsearch":
        yield
        return
    from tests.search.servers import search_server

    with search_server(TIMEOUT=30):
        yield


def report(engine: str, worst: int, *, beside: bool = True) -> int:
    from bench.support.doors import Doors
    from bench.support.judgements import read_judgements

    doors = Doors()
    judged = read_judgements(doors.index_numbers)
    rows = [(each, doors.ours(each.query)) for each in judged]
    print(f"{len(judged)} queries over {len(doors.index_numbers)} pages")
    ndcg, success = figures(engine, rows)
    for group in dict.fromkeys(each.group for each in judged):
        part = [each.ndcg(names) for each, names in rows if each.group == group]
        print(f"    {group:14}{len(part):4} queries  nDCG@10 {sum(part) / len(part):.3f}")
    if beside and engine != "elasticsearch":
        figures("stock Wagtail", [(each, doors.stock(each.query)) for each in judged])
    for each, names in sorted(rows, key=lambda row: row[0].ndcg(row[1]))[:worst]:
        print(
            f"\n{each.query}  {each.ndcg(names):.2f} {'' if each.is_success(names) else 'no success'}"
        )
        best = sorted(each.grades, key=lambda name: -each.grades[name])[:3]
        print("  wanted", *(f"{each.grades[name]}:{name}" for name in best), sep="\n    ")
        print("  found", *(f"{each.grades.get(n, 0)}:{n}" for n in names[:10]), sep="\n    ")
    return int(ndcg < LEAST_NDCG or success < LEAST_SUCCESS)


def figures(name: str, rows: list[tuple[Any, list[str]]]) -> tuple[float, float]:
    """Print and return nDCG@10 and success@3; best@3 asks for one of the best grade there is."""
    ndcg = sum(each.ndcg(names) for each, names in rows) / len(rows)
    success = sum(each.is_success(names) for each, names in rows) / len(rows)
    best = sum(each.has_best(names) for each, names in rows) / len(rows)
    print(f"{name:14} nDCG@10 {ndcg:.3f}  success@3 {success:.3f}  best@3 {best:.3f}")
    return ndcg, success


if __name__ == "__main__":
    main()
