"""What was done with an edition, by whom and why. The names outlive the accounts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue_standards.enums import EditionAct
from catalogue_standards.models.editions import Edition


class EditionEventQuerySet(models.QuerySet["EditionEvent"]):
    def authorship(self) -> EditionEventQuerySet:
        """The acts that make a person one of an edition's authors."""
        return self.filter(act__in=EditionAct.authorship())


class EditionEvent(models.Model):
    """One act. Edits are noted once for each person, with the time of the last."""

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="events"
    )
    act = models.CharField(_("act"), max_length=20, choices=EditionAct)
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
    reason = models.TextField(_("reason"), blank=True)

    objects = EditionEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of an edition")
        verbose_name_plural = _("events of an edition")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} · {self.user_name}"
