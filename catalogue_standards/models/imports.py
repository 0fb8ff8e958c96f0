"""A catalogue file on its way into a draft: kept between the steps, so that nothing is lost."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue_standards.enums import ImportState
from catalogue_standards.models.editions import Edition


class ImportRun(models.Model):
    """One file. `content` is kept until it has been read, `reading` (files.keeping) from then on.

    `decisions` are what people settled about it since (files.decisions). `progress` counts the items
    read so far; `failure` says why the file could not be read.
    """

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="imports"
    )
    file_name = models.CharField(_("file"), max_length=255)
    domain = models.CharField(_("domain"), max_length=60, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=ImportState, default=ImportState.WAITING
    )
    content = models.BinaryField(null=True)
    progress = models.PositiveIntegerField(default=0)
    reading = models.JSONField(null=True)
    decisions = models.JSONField(default=dict)
    failure = models.TextField(blank=True)
    applied = models.JSONField(default=dict)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(_("person"), max_length=150)
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now)
    applied_by = models.CharField(_("applied by"), max_length=150, blank=True)
    applied_at = models.DateTimeField(_("applied at"), null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
