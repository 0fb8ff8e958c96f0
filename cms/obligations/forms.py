"""Noting an event from which a limit runs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue_standards.duties.clocks import HORIZON
from catalogue_standards.duties.plan import Plan
from catalogue_standards.limit_words import in_words
from catalogue_standards.models import Occasion


class OccasionForm(forms.ModelForm):
    """Asks which clause governs it where there are several, and the time of day for hour limits."""

    class Meta:
        model = Occasion
        fields = ["title", "scope", "happened_on", "happened_at"]
        widgets = {
            "happened_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "happened_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(plan.clauses) > 1:
            choices = [(clause.scope or "", in_words(clause)) for clause in plan.clauses]
            self.fields["scope"] = forms.ChoiceField(
                label=_("which limit"), choices=choices, required=False
            )
            self.initial["scope"] = (plan.event.scope or "") if plan.event else choices[0][0]
        else:
            del self.fields["scope"]
            self.instance.scope = plan.clauses[0].scope or ""
        if all(clause.unit != "hour" for clause in plan.clauses):
            del self.fields["happened_at"]
        today = timezone.localdate()
        self.fields["happened_on"].widget.attrs |= {
            "max": today.isoformat(),
            "min": (today - HORIZON).isoformat(),
        }

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        today = timezone.localdate()
        if day > today:
            raise forms.ValidationError(_("This date lies in the future; check year and month."))
        if day < today - HORIZON + timedelta(days=1):
            raise forms.ValidationError(
                _("That was more than a year ago; no limit is watched then.")
            )
        return day
