"""The form that changes a legal basis wherever a draft cites it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue_standards.actions.bases import cited_articles
from catalogue_standards.models import Edition, ItemBasis, LegalBasis


class ReplaceBasisForm(forms.Form):
    """Title and number of the act as they are to be cited, and each article that is cited."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    number = forms.CharField(label=gettext_lazy("Document number"), max_length=100, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, edition: Edition, basis: LegalBasis, *args: Any, **kwargs: Any) -> None:
        opened = {"title": basis.title, "number": basis.document_number}
        super().__init__(*args, **kwargs | {"initial": opened})
        most = ItemBasis._meta.get_field("article").max_length
        self.cited = cited_articles(edition, basis)
        for at, (article, number) in enumerate(self.cited.items()):
            self.fields[f"article_{at}"] = forms.CharField(
                label=article or _("Cited without an article"),
                initial=article,
                required=False,
                max_length=most,
                help_text=ngettext("%(number)s item", "%(number)s items", number)
                % {"number": number},
            )

    def clean_title(self) -> str:
        return str(self.cleaned_data["title"]).strip("《》 ")

    def articles(self) -> dict[str, str]:
        """The articles as they are to be cited, by how they are cited now."""
        return {
            article: self.cleaned_data[f"article_{at}"] for at, article in enumerate(self.cited)
        }
