"""What belongs to an edition can change only while the edition is a draft.

The guard stands at the model: forms, imports and scripts meet it alike. An edition's own status
moves through `catalogue_standards.actions` only, which update the row past `save()`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from catalogue_standards.enums import EditionStatus
from catalogue_standards.rules import EditionFixed

if TYPE_CHECKING:
    from catalogue_standards.models.editions import Edition


def why_fixed(edition: Edition) -> str | None:
    """Why `edition` cannot be edited and what to do instead, or None while it is a draft."""
    title = {"edition": edition.title}
    if edition.status == EditionStatus.DRAFT:
        return None
    if edition.status == EditionStatus.IN_REVIEW:
        return (
            _(
                "“%(edition)s” is in review and cannot be edited: have it returned with a reason first."
            )
            % title
        )
    if edition.status == EditionStatus.APPROVED:
        return (
            _(
                "“%(edition)s” is approved and cannot be edited: have it returned with a reason first."
            )
            % title
        )
    if edition.status == EditionStatus.IN_FORCE:
        return (
            _("“%(edition)s” is in force and is never edited: begin a numbered amendment of it.")
            % title
        )
    return (
        _(
            "“%(edition)s” was superseded and stays as it was: change the edition in force by a"
            " numbered amendment."
        )
        % title
    )


def refuse_if_fixed(editions: models.QuerySet[Any]) -> None:
    """Raise EditionFixed when any of `editions` is past being a draft."""
    fixed = editions.exclude(status=EditionStatus.DRAFT).first()
    if fixed is not None:
        raise EditionFixed([why_fixed(fixed) or ""])


class FixedWithEditionQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> int:
        self._refuse_fixed()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_fixed()
        return super().delete()

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        field = self.model.edition_path.split("__")[0]
        refuse_if_fixed(self.model.editions_of({getattr(row, f"{field}_id") for row in rows}))
        return super().bulk_create(rows, *args, **kwargs)

    def _refuse_fixed(self) -> None:
        path = self.model.edition_path
        others = self.exclude(**{f"{path}__status": EditionStatus.DRAFT}).order_by()
        refuse_if_fixed(_editions().filter(pk__in=others.values(path)[:1]))


class FixedWithEdition(models.Model):
    """A row that belongs to an edition; `edition_path` leads there from the row."""

    edition_path: ClassVar[str] = "edition"

    objects: ClassVar[Any] = FixedWithEditionQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_if_fixed()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_if_fixed()
        return super().delete(*args, **kwargs)

    @classmethod
    def editions_of(cls, parents: Collection[Any]) -> models.QuerySet[Edition]:
        """The editions of rows whose parent (the first step of `edition_path`) is in `parents`."""
        if "__" in cls.edition_path:
            return _editions().filter(items__in=parents)
        return _editions().filter(pk__in=parents)

    def _refuse_if_fixed(self) -> None:
        field = self.edition_path.split("__")[0]
        refuse_if_fixed(self.editions_of([getattr(self, f"{field}_id")]))


def _editions() -> models.QuerySet[Edition]:
    return apps.get_model("catalogue_standards", "Edition").objects.all()
