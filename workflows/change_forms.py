"""The forms in which a reason is given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser
from wagtail.models import Page

from workflows.enums import ChangeReason
from workflows.forms import ConfidentialityReviewForm
from workflows.models import GatedPageMixin
from workflows.registering import REASON_LENGTH


def _kinds(kinds: list[ChangeReason]) -> list[tuple[str, Any]]:
    return [(kind.value, kind.label) for kind in kinds]


def _words(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
    )


class ReasonForm(forms.Form):
    """What every change of a public piece asks."""

    kind = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    words = _words(_("Kept in the register; the public does not read it."))

    def __init__(self, *args: Any, page: GatedPageMixin, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page

    @property
    def chosen(self) -> ChangeReason:
        return ChangeReason(self.cleaned_data["kind"])


class TakeDownForm(ReasonForm):
    kind = forms.ChoiceField(
        label=_("Reason"), choices=_kinds(ChangeReason.taking_down()), widget=forms.RadioSelect
    )


class EndForm(ReasonForm):
    kind = forms.ChoiceField(
        label=_("What happened to it"),
        choices=_kinds(ChangeReason.ending()),
        widget=forms.RadioSelect,
    )
    on = forms.DateField(
        label=_("No longer in force since"), widget=AdminDateInput(), initial=timezone.localdate
    )
    successor = forms.ModelChoiceField(
        label=_("The document that replaces it"),
        queryset=Page.objects.none(),
        required=False,
        help_text=_("The public notice links to it."),
    )
    field_order = ("kind", "on", "successor", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model = type(self.page)
        field = self.fields["successor"]
        field.queryset = model._default_manager.live().exclude(pk=self.page.pk)  # type: ignore[attr-defined]
        field.widget = AdminPageChooser(target_models=[model])


class MoveForm(ReasonForm):
    kind = forms.ChoiceField(
        label=_("Reason"), choices=_kinds(ChangeReason.moving()), widget=forms.RadioSelect
    )
    target = forms.ModelChoiceField(label=_("Where it goes"), queryset=Page.objects.none())
    field_order = ("target", "kind", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        models = self.page.allowed_parent_page_models()
        field = self.fields["target"]
        field.queryset = Page.objects.type(tuple(models))  # type: ignore[attr-defined]
        field.widget = AdminPageChooser(target_models=models)


class EmergencyForm(forms.Form):
    reason = forms.CharField(
        label=_("What the emergency is"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the register, for example: flood warning, level II response."),
    )
    answered_for = forms.BooleanField(
        label=_("I answer for it: it touches no secret and shows no personal data")
    )


class AfterReviewForm(ConfidentialityReviewForm):
    """The confidentiality review's questions to confirm; a reason to take down."""

    kind = forms.ChoiceField(
        label=_("Reason, where it is taken down"),
        choices=[("", "—"), *_kinds(ChangeReason.taking_down())],
        required=False,
    )
    field_order = [*ConfidentialityReviewForm.field_order, "kind"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opinion"].help_text = ""
