"""The form with which a department begins a policy from its files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from catalogue_standards.models import Item, Organ
from cms.item_choices import grouped, own_items


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of files; cleans to a list."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in given if one]


class StartPolicyForm(forms.Form):
    policy = forms.FileField(
        label=_("The policy (docx)"),
        help_text=_("Title, number, organ, date and chapters are read from it."),
    )
    interpretation = forms.FileField(
        label=_("Its interpretation (docx)"),
        required=False,
        help_text=_("It is reviewed, signed and published together with the policy."),
    )
    attachments = SeveralFilesField(label=_("Attachments"), required=False)
    item = forms.ModelChoiceField(
        label=_("Catalogue item"), queryset=Item.objects.none(), required=False
    )

    def __init__(self, *args: Any, own: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entries = own_items(own)
        field: Any = self.fields["item"]
        field.queryset = Item.objects.filter(pk__in=[entry.item_id for entry in entries])
        field.choices = [("", "—"), *grouped(entries)]
