"""The forms of the review screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.enums import AggregationRisk, Determination, Extent, SecretKind, Step
from workflows.models import ConfidentialityForm

_FLAGS = {
    SecretKind.STATE: "has_state_secret",
    SecretKind.WORK: "has_work_secret",
    SecretKind.TRADE: "has_trade_secret",
    SecretKind.PRIVACY: "has_privacy",
}


class OpinionForm(forms.Form):
    """Department review and sign-off: an opinion in words."""

    opinion = forms.CharField(
        label=_("Opinion"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed when you return the piece: the drafter reads it."),
    )

    def answers(self) -> dict[str, Any] | None:
        """The fields of ConfidentialityForm, where this step asks for them."""
        return None


class ConfidentialityReviewForm(OpinionForm):
    """The confidentiality reviewer answers every question; nothing is answered beforehand."""

    determination = forms.ChoiceField(
        label=_("Disclosure determination"), choices=Determination, widget=forms.RadioSelect
    )
    extent = forms.ChoiceField(label=_("Extent"), choices=Extent, widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=_("Ground when not proactive or not in full"), required=False)
    touches = forms.MultipleChoiceField(
        label=_("Does it touch"),
        choices=SecretKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    touches_none = forms.BooleanField(
        label=_("I have checked: it touches none of these"), required=False
    )
    privacy_settled = forms.CharField(
        label=_("How personal data was masked, or why it must be shown"),
        required=False,
        max_length=300,
    )
    aggregation_risk = forms.ChoiceField(
        label=_("Risk by aggregation with other pieces"),
        choices=AggregationRisk,
        widget=forms.RadioSelect,
    )
    field_order = [
        "determination",
        "extent",
        "ground",
        "touches",
        "touches_none",
        "privacy_settled",
        "aggregation_risk",
        "opinion",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = ConfidentialityForm._meta.get_field("ground")
        self.fields["ground"].choices = field.get_choices(include_blank=True)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("touches")) == bool(cleaned.get("touches_none")):
            self.add_error(
                "touches", _("Mark what it touches, or confirm that it touches none of these.")
            )
        return cleaned

    def answers(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        flags = {name: kind in cleaned["touches"] for kind, name in _FLAGS.items()}
        kept = ("determination", "ground", "extent", "privacy_settled", "aggregation_risk")
        return {name: cleaned[name] for name in kept} | flags


def form_for(step: Step) -> type[OpinionForm]:
    return ConfidentialityReviewForm if step == Step.CONFIDENTIALITY else OpinionForm
