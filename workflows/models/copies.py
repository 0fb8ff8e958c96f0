"""The cleaned copies of files: what the public gets in place of an upload."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflows.models.append_only import AppendOnly


def _path(copy: PublicCopy, filename: str) -> str:
    return f"public_copies/{copy.hash[:2]}/{copy.hash}{PurePosixPath(filename).suffix}"


class PublicCopy(AppendOnly):
    """An attachment or picture without author, comments, changes, hidden parts and EXIF.

    Made once for each content of a file, never changed. `hash` is the SHA-256 of its bytes, and
    what a clearance covers. Of a format that cannot be cleaned, `cleaned` is False and the bytes
    are those of the upload: a finding says so, and a reviewer answers for it.
    """

    file_type = models.CharField(_("kind of file"), max_length=100)
    file_id = models.BigIntegerField(_("file"))
    source_hash = models.CharField(_("hash of the upload"), max_length=64)
    file = models.FileField(_("file"), upload_to=_path, max_length=255)
    hash = models.CharField(_("hash"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    cleaned = models.BooleanField(_("cleaned"))
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("public copy")
        verbose_name_plural = _("public copies")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file_type", "file_id", "source_hash"], name="one_copy_a_content"
            ),
        ]

    def __str__(self) -> str:
        return str(self.file.name)
