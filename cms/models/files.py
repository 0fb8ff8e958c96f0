"""Attachments and pictures: what may be uploaded."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import filetype
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image
from wagtail.models import Page, ReferenceIndex

from workflows.enums import ClearanceStatus
from workflows.models import Clearance, SubmittedPage
from workflows.rules import StillNeeded
from workflows.scanning.limits import Unreadable
from workflows.scanning.rewriting.clean_image import clean_image

#: Kinds of content that no attachment may have, whatever its name says.
EXECUTABLE = frozenset({"exe", "elf", "swf", "dex", "deb", "rpm", "msi", "jar"})


class SignedContentMixin(models.Model):
    """A file that stands in what was signed stays as it is; a new version is a new file."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.pk and self._is_used():
            before = type(self)._default_manager.get(pk=self.pk)
            signed = ("file", "title", "description")
            if any(getattr(before, n, "") != getattr(self, n, "") for n in signed):
                raise ValidationError(
                    {
                        "file": _(
                            "A piece uses this file as it was reviewed. Upload the new version as "
                            "a new file, and put it into the piece."
                        )
                    }
                )

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """As Django's. Raises StillNeeded while a piece that was signed shows this file."""
        if (page := self._signed_piece()) is not None:
            raise StillNeeded(
                [
                    _("“%(file)s” stands in “%(page)s” as it was signed: take it out there first.")
                    % {"file": self, "page": page.title}
                ]
            )
        return super().delete(*args, **kwargs)

    def _is_used(self) -> bool:
        return ReferenceIndex.get_references_to(self).exists()

    def _signed_piece(self) -> Page | None:
        """A piece with this file that is public, under review, or cleared for a later date."""
        pages = ContentType.objects.get_for_model(Page)
        rows = ReferenceIndex.get_references_to(self).filter(base_content_type=pages)
        used = {int(key) for key in rows.values_list("object_id", flat=True)}
        if not used:
            return None
        bound = (
            Q(live=True)
            | Q(pk__in=SubmittedPage.objects.filter(submission__status="open").values("page"))
            | Q(pk__in=Clearance.objects.filter(status=ClearanceStatus.GRANTED).values("page"))
        )
        return Page.objects.filter(bound, pk__in=used).first()


class Attachment(SignedContentMixin, AbstractDocument):  # noqa: DJ008 the base class has it
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = gettext_lazy("attachment")
        verbose_name_plural = gettext_lazy("attachments")

    def clean(self) -> None:
        super().clean()
        if not self.file:
            return
        self.file.seek(0)
        kind = filetype.guess(self.file.read(4096))
        self.file.seek(0)
        if kind is not None and kind.extension in EXECUTABLE:
            raise ValidationError(
                {
                    "file": _(
                        "This file is a program, whatever its name says. "
                        "Upload a document (pdf, docx, xlsx …) instead."
                    )
                }
            )


class Picture(SignedContentMixin, AbstractImage):  # noqa: DJ008 the base class has it
    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = gettext_lazy("picture")
        verbose_name_plural = gettext_lazy("pictures")

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        """As Wagtail's, without what the encoder took over from the upload (place, author)."""
        made = super().generate_rendition_file(filter, source=source)
        made.seek(0)
        try:
            return File(BytesIO(clean_image(made.read())), name=made.name)
        except Unreadable:
            made.seek(0)
            return made


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="picture_rendition_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.image} {self.filter_spec}"
