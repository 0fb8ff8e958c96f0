"""回头看: everything public is looked at again when the rules have changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RevisitQuerySet(models.QuerySet["Revisit"]):
    def running(self) -> RevisitQuerySet:
        return self.filter(finished_at=None, stopped_at=None)


class Revisit(models.Model):
    """One walk over all public pages, in the order of their keys; `last_page` is how far it came."""

    reason = models.CharField(_("reason"), max_length=300)
    rules_version = models.CharField(_("version of the rules"), max_length=64)
    started_at = models.DateTimeField(_("started at"))
    started_by = models.CharField(_("started by"), max_length=150, blank=True)
    #: The last sign of life: a walk that fell silent is taken up again.
    active_at = models.DateTimeField(_("active at"))
    total = models.PositiveIntegerField(_("pages"))
    done = models.PositiveIntegerField(_("done"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    last_page = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    stopped_at = models.DateTimeField(_("stopped at"), null=True)

    objects = RevisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("second look")
        verbose_name_plural = _("second looks")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return self.reason

    @property
    def percent(self) -> int:
        """How much is done, in percent."""
        return 100 if self.finished_at or not self.total else min(99, 100 * self.done // self.total)
