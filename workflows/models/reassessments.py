"""定期评估审查: once a year, what is closed is looked at again (条例第十八条)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from catalogue_standards.models import Organ
from workflows.enums import Determination, Extent, Ground, Reassessed


class Reassessment(models.Model):
    """One year's campaign over everything that is not open, or open in part only."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    due_on = models.DateField(_("due on"))
    started_at = models.DateTimeField(_("started at"))
    started_by = models.CharField(_("started by"), max_length=150)

    class Meta:
        verbose_name = _("yearly reassessment")
        verbose_name_plural = _("yearly reassessments")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class ReassessedPage(models.Model):
    """A page in a campaign, as it stood when the campaign began, and what was decided."""

    campaign = models.ForeignKey(Reassessment, on_delete=models.PROTECT, related_name="entries")
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(_("title"), max_length=255)
    organ = models.ForeignKey(
        Organ, verbose_name=_("publishing organ"), on_delete=models.PROTECT, related_name="+"
    )
    determination = models.CharField(
        _("disclosure determination"), max_length=20, choices=Determination
    )
    extent = models.CharField(_("extent"), max_length=20, choices=Extent)
    ground = models.CharField(_("ground"), max_length=20, choices=Ground, blank=True)
    decision = models.CharField(_("decision"), max_length=20, choices=Reassessed, blank=True)
    decided_ground = models.CharField(_("ground now"), max_length=20, choices=Ground, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("reassessed page")
        verbose_name_plural = _("reassessed pages")
        ordering = ["decided_at", "organ", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "page"], name="one_entry_a_page_and_campaign"
            ),
        ]

    def __str__(self) -> str:
        return self.title
