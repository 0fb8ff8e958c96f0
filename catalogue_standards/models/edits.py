"""What was changed in the cells of a draft, kept so that it can be told and taken back."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue_standards.models.editions import Edition
from catalogue_standards.models.items import EditionItem


class CellEditQuerySet(models.QuerySet["CellEdit"]):
    def standing(self) -> CellEditQuerySet:
        """Those that nobody has taken back."""
        return self.filter(undone_at=None)


class CellEdit(models.Model):
    """One cell of one item, before and after; the values are those of `cell_values`.

    What one person did at once (a cell, a form, a legal basis everywhere) shares an `act` and is
    taken back together.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="cell_edits")
    entry = models.ForeignKey(EditionItem, on_delete=models.CASCADE, related_name="cell_edits")
    cell = models.CharField(_("cell"), max_length=20)
    before = models.JSONField(_("before"))
    after = models.JSONField(_("now"))
    before_text = models.TextField(blank=True)
    after_text = models.TextField(blank=True)
    act = models.UUIDField(default=uuid.uuid4, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    user_name = models.CharField(_("name"), max_length=150, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    undone_by = models.CharField(_("taken back by"), max_length=150, blank=True)

    objects = CellEditQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a cell")
        verbose_name_plural = _("changes of cells")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.cell} · {self.user_name}"
