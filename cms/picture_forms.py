"""Uploading a picture: what it shows is said at once, by the person who knows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from cms.picture_rules import untold


class PictureForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("description"):
            # Asked for by our own rule, which says what to write.
            field.label = _("What the picture shows")
            field.help_text = _("A sentence for readers who cannot see it; not the file's name.")

    def clean_description(self) -> str:
        said: str = self.cleaned_data["description"]
        if sentence := untold(said):
            raise ValidationError(sentence)
        return said
