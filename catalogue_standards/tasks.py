"""What the worker does for the catalogue."""

from __future__ import annotations

from django.utils import timezone

from catalogue_standards.actions.force import PutInForceAction
from catalogue_standards.actions.imports import read_import
from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Edition
from catalogue_standards.models.editions import EditionQuerySet


def put_edition_in_force(pk: int) -> bool:
    """Put one edition in force if it is still due: it may have been returned or dated anew."""
    due = due_editions().filter(pk=pk).first()
    return PutInForceAction(due).execute() if due else False


def read_catalogue_file(pk: int) -> bool:
    """Read the file of an import that waits; see actions.imports."""
    return read_import(pk)


def due_editions() -> EditionQuerySet:
    """Approved editions whose day has come, the earliest first."""
    return Edition.objects.filter(
        status=EditionStatus.APPROVED, in_force_from__lte=timezone.localdate()
    ).order_by("in_force_from", "year", "amendment")
