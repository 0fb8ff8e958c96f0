"""The small forms beside findings: their shape; the rules are in settling_rules.py."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.enums import ReferralConclusion, ReferredTo, ShownGround


class SendUpForm(forms.Form):
    sent_to = forms.ChoiceField(label=_("Ask"), choices=ReferredTo)
    question = forms.CharField(
        label=_("Question"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    conclusion = forms.ChoiceField(label=_("Conclusion"), choices=ReferralConclusion)
    reference = forms.CharField(label=_("Number of the reply"), required=False, max_length=100)
    text = forms.CharField(
        label=_("Answer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


GROUNDS = [choice for choice in ShownGround.choices if choice[0] != ShownGround.CHECKED_BY_HAND]
