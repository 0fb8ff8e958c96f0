"""Rows that are written once. Below this, triggers say the same (workflows/evidence_triggers.py)."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext as _

from workflows.rules import Refused


class EvidenceIsFinal(Refused):
    """Somebody tried to change or remove evidence."""


def refuse_change() -> NoReturn:
    raise EvidenceIsFinal([_("Evidence is never changed or removed: record a new fact instead.")])


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Reads and adds. Raises EvidenceIsFinal at everything else."""

    def update(self, **kwargs: Any) -> NoReturn:
        refuse_change()

    def delete(self) -> NoReturn:
        refuse_change()

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        refuse_change()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        if kwargs.get("update_conflicts"):
            refuse_change()
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """Base of evidence. Raises EvidenceIsFinal when a row that exists is saved or deleted."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            refuse_change()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        refuse_change()
