"""The State Council's yearly arrangement of holidays, where the calendar package lacks the year."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel


class HolidayArrangement(ClusterableModel):
    """One year's arrangement as the State Council's General Office announced it."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    source = models.CharField(_("source"), max_length=200, help_text=_("Document number."))

    class Meta:
        verbose_name = _("holiday arrangement")
        verbose_name_plural = _("holiday arrangements")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class ArrangedDay(models.Model):
    arrangement = ParentalKey(HolidayArrangement, on_delete=models.CASCADE, related_name="days")
    date = models.DateField(_("date"))
    is_working = models.BooleanField(_("working day"), default=False)
    name = models.CharField(_("festival"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("arranged day")
        verbose_name_plural = _("arranged days")
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["date"], name="arranged_day_once")]

    def __str__(self) -> str:
        return self.date.isoformat()
