"""A catalogue of 2,000 items: importing it, comparing two years of it, and putting a year in force.

Run by `make bench`. The import reads an xlsx and writes it into an empty draft. Putting in force
is measured twice, with the same 100 of 2,000 items changed in every way: once when the 2,500 pieces
under them are all there are, once among 50,000; the second may take twice as long at most. Works
on a throwaway database in a file (or on DATABASE_URL), in which the gate's triggers are lifted
while rows are written at once, and stand again before anything is measured. ARGS gives another
number of pieces.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.db import connection, transaction
from django.test import TestCase
from django.test.runner import DiscoverRunner
from django.utils import timezone

from catalogue_standards.actions.begin import CopyEditionAction
from catalogue_standards.actions.force import PutInForceAction
from catalogue_standards.diff import diff_editions
from catalogue_standards.enums import EditionStatus
from catalogue_standards.files import read_catalogue
from catalogue_standards.files.applying import apply_matching
from catalogue_standards.files.matching import match
from catalogue_standards.files.register import Register
from catalogue_standards.files.xlsx_writing import export_xlsx
from catalogue_standards.models import Edition
from tests.bulk import add_edition, add_item_pages, add_pieces, change_items
from tests.county import make_county
from workflows import triggers
from workflows.actions.assign import AssignRoleAction
from workflows.enums import Role

ITEMS = 2_000
PIECES = 50_000
AFFECTED = 100  # items, and so 5% of the pieces
MOST = 2.0


def main(pieces: int = PIECES) -> None:
    runner = DiscoverRunner(verbosity=0, interactive=False)
    with tempfile.TemporaryDirectory() as folder:
        connection.settings_dict["TEST"]["NAME"] = (
            str(Path(folder) / "bench.sqlite3") if connection.vendor == "sqlite" else None
        )
        databases = runner.setup_databases()
        try:
            measure(pieces)
        finally:
            runner.teardown_databases(databases)


def measure(pieces: int) -> None:
    few = pieces * AFFECTED // ITEMS
    county = make_county()
    AssignRoleAction(county.outsider, Role.CATALOGUE_ADMIN, county.government).execute()
    edition = add_edition(2027, ITEMS)
    file = export_xlsx(edition)
    empty = CopyEditionAction(2030, "2030年版", None).execute()
    print(f"{connection.vendor}, a catalogue of {ITEMS:,} items")
    tell(f"import of an xlsx of {len(file) // 1024:,} kB", timed(lambda: import_file(file, empty)))
    if empty.items.count() != ITEMS:
        raise SystemExit(f"{empty.items.count()} items were imported, not {ITEMS}.")
    bind(edition)
    revised = CopyEditionAction(2028, "2028年版", None, edition).execute()
    affected = change_items(revised, AFFECTED, county.outsider)
    tell("diff of two editions", timed(lambda: diff_editions(edition, revised)))
    print(f"  ({len(list(diff_editions(edition, revised).changes))} items changed)")
    approve(revised)
    with lifted():
        add_item_pages(edition)
        add_pieces(affected, few)
    alone = timed(lambda: put_in_force(revised))
    tell(f"putting in force, {few:,} pieces, all affected", alone)
    with lifted():
        rest = edition.items.exclude(item__in=affected)
        add_pieces(list(rest.values_list("item", flat=True)), pieces - few)
    among = timed(lambda: put_in_force(revised))
    tell(f"putting in force, {pieces:,} pieces, 5% affected", among)
    times = among.seconds / alone.seconds
    print(f"  {times:.2f} times (at most {MOST}), {among.computed / alone.computed:.2f} computing")
    if times > MOST:
        raise SystemExit("Putting in force takes too long among many pieces.")


def import_file(file: bytes, edition: Edition) -> None:
    reading = read_catalogue(file, "catalogue.xlsx")
    apply_matching(edition, match(reading, Register.load(edition)))


def put_in_force(edition: Edition) -> None:
    """With all that waits for the commit; undone afterwards, so that it can be measured again."""
    with transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True):
            if not PutInForceAction(Edition.objects.get(pk=edition.pk)).execute():
                raise SystemExit("Nothing was put in force.")
        transaction.set_rollback(True)


def bind(edition: Edition) -> None:
    Edition.objects.filter(status=EditionStatus.IN_FORCE).update(status=EditionStatus.SUPERSEDED)
    Edition.objects.filter(pk=edition.pk).update(status=EditionStatus.IN_FORCE)


def approve(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(
        status=EditionStatus.APPROVED, in_force_from=timezone.localdate()
    )


@contextmanager
def lifted() -> Iterator[None]:
    triggers.remove(connection)
    yield
    triggers.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class Taken(NamedTuple):
    """Seconds by the clock, and those in which this process computed: others may share the machine."""

    seconds: float
    computed: float


def timed(work: Callable[[], object]) -> Taken:
    start, computed = time.perf_counter(), time.process_time()
    work()
    return Taken(time.perf_counter() - start, time.process_time() - computed)


def tell(what: str, taken: Taken) -> None:
    print(f"{what:52} {taken.seconds:8.2f} s ({taken.computed:.2f} s computing)", flush=True)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
