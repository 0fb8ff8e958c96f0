"""Who stands in which list, by keyed hashes only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class ListedName(models.Model):
    """An open name in a table of a page, as it was scanned last; never the name itself.

    `table` is the path of the table within the page (workflows/contents.py).
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    table = models.CharField(_("table"), max_length=255)
    name_hash = models.CharField(_("hash of the name"), max_length=64, db_index=True)

    class Meta:
        verbose_name = _("listed name")
        verbose_name_plural = _("listed names")

    def __str__(self) -> str:
        return self.table
