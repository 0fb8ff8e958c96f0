"""The text of attachments: read once for each content, shared by every page that has the file."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models import Attachment
from search.models.entry import Entry


class TextState(models.TextChoices):
    WAITING = "waiting", _("waiting for the worker")
    DONE = "done", _("read")
    FAILED = "failed", _("has no text that can be read")


class FileText(models.Model):
    """The text of one file content, by the hash that Wagtail keeps of it.

    `reason` says to people what could not be read. A text that no public page has any more is
    forgotten by the next night.
    """

    digest = models.CharField(primary_key=True, max_length=40)
    state = models.CharField(
        _("state"), max_length=10, choices=TextState, default=TextState.WAITING, db_index=True
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")
        default_permissions = ()

    def __str__(self) -> str:
        return self.digest


class AttachedFile(models.Model):
    """A file of a public page whose text is searched; goes with the page's entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="attached")
    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="+")
    content = models.ForeignKey(FileText, on_delete=models.PROTECT, related_name="attached")

    class Meta:
        verbose_name = _("attachment of a search entry")
        verbose_name_plural = _("attachments of search entries")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "attachment"], name="attached_file_once"),
        ]

    def __str__(self) -> str:
        return self.attachment.title
