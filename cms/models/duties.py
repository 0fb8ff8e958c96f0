"""When people are reminded of what is due, and what each was reminded of."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="calendar-alt")
class DutySettings(BaseSiteSetting):
    """What counts as due soon, and whom the worker writes to."""

    days_before = models.PositiveSmallIntegerField(
        _("remind so many days before"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("From then on a due date counts as due soon, and drafters are reminded."),
    )
    days_after = models.PositiveSmallIntegerField(
        _("tell the head so many days after"),
        default=0,
        validators=[MaxValueValidator(60)],
        help_text=_("0: on the first day that is too late."),
    )
    sends_mail = models.BooleanField(
        _("by e-mail as well"),
        default=True,
        help_text=_("One message a day for each person; the desk's home shows the same."),
    )

    panels = [FieldPanel("days_before"), FieldPanel("days_after"), FieldPanel("sends_mail")]

    class Meta:
        verbose_name = _("due dates and reminders")


class ReminderKind(models.TextChoices):
    BEFORE = "before", _("Due soon")
    AFTER = "after", _("Overdue")
    CALENDAR = "calendar", _("Holidays missing")


class Digest(models.Model):
    """All that one person is reminded of on one day, in one message."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duty_digests"
    )
    day = models.DateField(_("day"))
    sent_at = models.DateTimeField(_("sent at"), null=True)

    class Meta:
        verbose_name = _("digest of reminders")
        verbose_name_plural = _("digests of reminders")
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.day}"


class Reminder(models.Model):
    """One thing of which one person is reminded, once: `about` is the key of a due date or a year."""

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duty_reminders"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ReminderKind)
    about = models.CharField(max_length=120)
    sentence = models.CharField(_("reminder"), max_length=500)
    address = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "about"], name="reminded_once"),
        ]

    def __str__(self) -> str:
        return self.sentence
