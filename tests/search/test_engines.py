"""The tests in engines/, run once for each engine, apart from the project's own app registry."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def database_url(engine):
    if engine != "postgresql":
        return "sqlite://:memory:"
    for name in ("POSTGRESQL_URL", "DATABASE_URL"):
        if (url := os.environ.get(name, "")).startswith("postgres"):
            return url
    reason = "Set POSTGRESQL_URL to the address of a PostgreSQL server to test search in it."
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    return pytest.skip(reason)


@pytest.mark.slow
@pytest.mark.parametrize(
    "engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def test_engine(engine):
    environment = os.environ | {
        "DATABASE_URL": database_url(engine),
        "SEARCH_ENGINE": engine,
        "DJANGO_SETTINGS_MODULE": "tests.search.engines.settings",
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0"]
    run = subprocess.run(
        [*command, "--create-db", "tests/search/engines"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert run.returncode == 0, run.stdout[-20_000:] + run.stderr[-5_000:]
    assert " passed" in run.stdout
