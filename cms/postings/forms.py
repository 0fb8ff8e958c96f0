"""The form on which another channel is recorded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField

from catalogue_standards.models import Channel
from cms.postings.shown import HERE


class PostingForm(forms.Form):
    """`missing` are the channels that the catalogue requires and that are not recorded yet."""

    channel = forms.ModelChoiceField(
        label=_("Channel"), queryset=Channel.objects.exclude(code__in=HERE)
    )
    posted_on = forms.DateField(
        label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    place = forms.CharField(
        label=_("Place, programme or paper"),
        max_length=100,
        help_text=_("The public reads it: which board, which station, which paper and page."),
    )
    photo = WagtailImageField(
        label=_("Photo"),
        required=False,
        help_text=_("Evidence for the desk; the public does not see it."),
    )

    def __init__(self, *args: Any, missing: list[Channel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posted_on"].initial = timezone.localdate()
        if missing:
            self.fields["channel"].initial = missing[0].pk
