"""That something changed which the public may see."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class PublicChange(models.Model):
    """A row for each transaction that changed anything public, written within it.

    Nobody waits for anybody: rows are only added. See cms.page_cache.version.
    """

    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.pk} {self.at:%Y-%m-%d %H:%M:%S}"
