"""What the search server has yet to be told."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnsentChange(models.Model):
    """A page whose entry was written or removed, noted in the transaction that did it.

    Its key is the version of the page's document on the server: it grows with every change of a page, so
    that what is delivered late or twice never takes the place of something newer. It names the page by
    its key alone, for the page may be gone.
    """

    page_id = models.BigIntegerField(db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    #: Not to be tried before; on the oldest row it holds for all.
    due_at = models.DateTimeField(null=True)
    #: The server will not have this document, while it takes others.
    refused = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("unsent change")
        verbose_name_plural = _("unsent changes")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.page_id)
