"""Putting an edition in force is one step: killed in the middle, nothing has happened, and it runs again."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupPagePermission, Page

import cms.receivers
import search.receivers
from catalogue_standards.actions.begin import CopyEditionAction
from catalogue_standards.actions.reorganise import ReplaceItemAction
from catalogue_standards.enums import EditionAct, EditionStatus
from catalogue_standards.models import Edition, EditionEvent, ItemSubject
from catalogue_standards.tasks import put_edition_in_force
from search.models import Entry
from tests.catalogue_standards.conftest import administrator
from tests.county import County, add_item

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def due(county: County) -> Edition:
    """An approved edition whose day has come: a page is made, one renamed, one redirected."""
    admin = administrator(county, "mulu")
    draft = CopyEditionAction(2027, "2027年版", admin, Edition.objects.in_force()).execute()
    target = draft.items.get(item=county.clinics)
    ReplaceItemAction(draft.items.get(item=county.admissions), admin, target).execute()
    draft.items.filter(pk=target.pk).update(name="医院名录")
    ItemSubject.objects.filter(edition_item=target).update(organ=county.education)
    add_item(draft, "education", "义务教育", "校车安全", county.education)
    Edition.objects.filter(pk=draft.pk).update(
        status=EditionStatus.APPROVED, in_force_from=timezone.localdate()
    )
    return Edition.objects.get(pk=draft.pk)


def state() -> dict[str, Any]:
    """Everything that putting in force changes."""
    rows = {model.__name__: model.objects for model in (Edition, Page, Redirect, Entry)}
    rows |= {model.__name__: model.objects for model in (GroupPagePermission, EditionEvent)}
    return {name: sorted(manager.values_list(), key=str) for name, manager in rows.items()}


def crash_after(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    work = getattr(module, name)

    def crash(*args: Any, **kwargs: Any) -> None:
        result = work(*args, **kwargs)
        list(result) if name == "sync_catalogue" else None
        raise SystemExit("power failure")

    monkeypatch.setattr(module, name, crash)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (cms.receivers, "sync_catalogue"),
        (cms.receivers, "lead_on"),
        (cms.receivers, "sync_drafting_rights"),
        (search.receivers.entries, "sync_items"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wherever_it_stops_nothing_has_happened(due, monkeypatch, module, name):
    before = state()
    with monkeypatch.context() as patched:
        crash_after(patched, module, name)
        with pytest.raises(SystemExit):
            put_edition_in_force(due.pk)
    assert state() == before
    assert put_edition_in_force(due.pk) is True
    assert Page.objects.filter(title="医院名录", live=True).exists()
    assert Page.objects.filter(title="校车安全", live=True).exists()
    assert Redirect.objects.count() == 1
    assert Entry.objects.filter(title="校车安全").exists()
    after = state()
    assert put_edition_in_force(due.pk) is False
    assert state() == after


TASK = """
import os, signal, sys
import django
django.setup()
from catalogue_standards.signals import edition_put_in_force
from catalogue_standards.tasks import put_edition_in_force
if sys.argv[2] == "kill":
    def kill(**kwargs):
        os.kill(os.getpid(), signal.SIGKILL)
    edition_put_in_force.connect(kill, weak=False)
put_edition_in_force(int(sys.argv[1]))
"""


def test_a_killed_worker_leaves_nothing_and_its_successor_does_it(due, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("Needs a copy of the test's own rows: on SQLite only.")
    path = tmp_path / "copy.sqlite3"
    # A backup would wait for the end of the test's own transaction.
    path.write_bytes(connection.connection.serialize())

    def run(how: str) -> int:
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{path}",
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        }
        command = [sys.executable, "-c", TASK, str(due.pk), how]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode

    def told(query: str) -> list[Any]:
        with sqlite3.connect(path) as copy:
            return copy.execute(query).fetchall()

    status = f"SELECT status FROM catalogue_standards_edition WHERE id = {due.pk}"
    pages = "SELECT count(*) FROM wagtailcore_page WHERE title IN ('医院名录', '校车安全') AND live"
    assert run("kill") == -signal.SIGKILL
    assert told(status) == [(EditionStatus.APPROVED.value,)]
    assert told(pages) == [(0,)]
    assert run("finish") == 0
    assert told(status) == [(EditionStatus.IN_FORCE.value,)]
    assert told(pages) == [(2,)]
    acts = "SELECT count(*) FROM catalogue_standards_editionevent WHERE act = '{}'"
    assert told(acts.format(EditionAct.PUT_IN_FORCE.value)) == [(1,)]
