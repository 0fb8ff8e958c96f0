"""What readers ask for, by day and without a trace of who asked."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AskedQuery(models.Model):
    """How often a query was asked on one day, and how much the last one found.

    It keeps no address, no account and no time of day. Queries that hold personal data are not kept
    at all (search.asking).
    """

    day = models.DateField(_("day"))
    text = models.CharField(_("query"), max_length=60)
    times = models.PositiveIntegerField(_("times asked"), default=0)
    found = models.PositiveIntegerField(_("results"), default=0)

    class Meta:
        verbose_name = _("query of readers")
        verbose_name_plural = _("queries of readers")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["day", "text"], name="asked_query_once_a_day"),
        ]

    def __str__(self) -> str:
        return self.text
