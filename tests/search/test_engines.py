"""The tests in engines/, run once for each engine, apart from the project's own app registry."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


# What is shared by the suite's tests is not for these: they know nothing of the project's models.
ENGINES_DIR = "tests/search/engines"
ENGINES = {
    "sqlite": [],
    "postgresql": [pytest.mark.postgresql],
    "elasticsearch": [pytest.mark.elasticsearch],
}


def address(engine, scheme, *names):
    """The address of an engine's server, from the first variable that has one."""
    for name in names:
        if (url := os.environ.get(name, "")).startswith(scheme):
            return url
    reason = f"Set {names[0]} to the address of a server to test search in {engine}."
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    return pytest.skip(reason)


def variables(engine):
    """What the settings in engines/ are told."""
    found = {
        "SEARCH_ENGINE": engine,
        "DJANGO_SETTINGS_MODULE": "tests.search.engines.settings",
        "DATABASE_URL": "sqlite://:memory:",
    }
    if engine == "postgresql":
        found["DATABASE_URL"] = address(engine, "postgres", "POSTGRESQL_URL", "DATABASE_URL")
    if engine == "elasticsearch":
        found["ELASTICSEARCH_URL"] = address(engine, "http", "ELASTICSEARCH_URL")
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    "engine", [pytest.param(engine, marks=marks) for engine, marks in ENGINES.items()]
)
def test_engine(engine):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0"]
    run = subprocess.run(
        [*command, "--create-db", f"--confcutdir={ENGINES_DIR}", ENGINES_DIR],
        cwd=ROOT,
        env=os.environ | variables(engine),
        capture_output=True,
        text=True,
        timeout=1800,
    )
    assert run.returncode == 0, run.stdout[-20_000:] + run.stderr[-5_000:]
    assert " passed" in run.stdout
