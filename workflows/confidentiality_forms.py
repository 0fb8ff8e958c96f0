"""The forms of the pages about secrets and personal data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflows.enums import Ground, Outcome, Reassessed, ShownGround
from workflows.models import DictionaryTerm

#: What a second look may decide without taking the piece down.
STAYING = [(value, value.label) for value in (Outcome.NOT_A_FINDING, Outcome.JUSTIFIED)]


class DictionaryForm(forms.Form):
    """`added` gives (word, note) pairs, `removed` the chosen current words."""

    added = forms.CharField(
        label=_("Words to add"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One word on each line; after a space, a note if you like."),
    )
    removed = forms.ModelMultipleChoiceField(DictionaryTerm.objects.none(), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["removed"].queryset = DictionaryTerm.objects.current()  # type: ignore[attr-defined]

    def clean_added(self) -> list[tuple[str, str]]:
        lines = (line.split(None, 1) for line in self.cleaned_data["added"].splitlines())
        return [(line[0], line[1] if len(line) > 1 else "") for line in lines if line]


class SettlePublicForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=STAYING,
        widget=forms.RadioSelect,
        initial=Outcome.NOT_A_FINDING,
    )
    ground = forms.ChoiceField(
        label=_("Ground on which it may be shown"),
        choices=[("", "—"), *ShownGround.choices],
        required=False,
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class BeginReassessmentForm(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=2019, max_value=2100)
    due_on = forms.DateField(
        label=_("Finish by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    @classmethod
    def proposed(cls) -> BeginReassessmentForm:
        today = timezone.localdate()
        return cls(initial={"year": today.year, "due_on": today.replace(month=12, day=31)})


class ReassessForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"), choices=Reassessed.choices, widget=forms.RadioSelect
    )
    ground = forms.ChoiceField(
        label=_("Ground, where anything stays closed"),
        choices=[("", "—"), *Ground.choices],
        required=False,
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)


class PeriodForm(forms.Form):
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
