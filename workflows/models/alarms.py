"""What the nightly checks found and nobody has put right yet."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AlarmKind(models.TextChoices):
    DRIFT = "drift", _("Public content differs from what was cleared")
    GO_LIVE = "go_live", _("Could not go public on its date")
    ENDING = "ending", _("Could not be taken down on its date")
    AUDIT_LOG = "audit_log", _("The audit log was tampered with")
    EMERGENCY = "emergency", _("An emergency publication was not reviewed in time")


class Alarm(models.Model):
    """One finding. It ends by itself when the check that raised it finds it no more."""

    kind = models.CharField(_("kind"), max_length=20, choices=AlarmKind)
    about = models.CharField(_("about"), max_length=64)
    sentence = models.CharField(_("what was found"), max_length=500)
    raised_at = models.DateTimeField(_("raised at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about"],
                condition=models.Q(ended_at=None),
                name="one_open_alarm_a_finding",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence
