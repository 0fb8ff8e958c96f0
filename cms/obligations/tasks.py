"""What the worker does for obligations. Each may be run again after a crash."""

from __future__ import annotations

from catalogue_standards.models import Edition
from cms.obligations import computing


def nightly() -> None:
    """Open the periods of the new day, and mend what may have been missed."""
    for _done in computing.recompute_all():
        pass


def follow_edition(pk: int, previous: int | None) -> None:
    editions = Edition.objects.in_bulk([pk, *([previous] if previous else [])])
    for _done in computing.recompute_after_force(editions[pk], editions.get(previous or 0)):
        pass


def follow_calendar(year: int) -> None:
    for _done in computing.recompute_after_calendar(year):
        pass


def follow_township(pk: int) -> None:
    for _done in computing.recompute_after_choice(pk):
        pass
