"""What a township's catalogue administrator types, and how a list of items is narrowed down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue_standards.models import (
    Channel,
    Domain,
    EditionItem,
    ItemChannel,
    Organ,
    TownshipChoice,
)
from catalogue_standards.rules import failures
from catalogue_standards.township_rules import PROPOSE_RULES, Choosing


class DomainChoiceForm(forms.Form):
    """Whether the township handles a domain at all."""

    is_involved = forms.TypedChoiceField(
        label=_("The township"),
        choices=[("yes", _("handles it")), ("no", _("does not handle it"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Shown to the public where the township does not handle it."),
    )

    def __init__(
        self,
        *args: Any,
        township: Organ,
        user: Any,
        entry: EditionItem | None = None,
        domain: Domain | None = None,
        binding: TownshipChoice | None = None,
        **kwargs: Any,
    ) -> None:
        self.about = {"township": township, "user": user, "entry": entry, "domain": domain}
        if binding:
            kwargs["initial"] = {
                "is_involved": "yes" if binding.is_involved else "no",
                "reason": binding.reason,
                "time_limit_text": binding.time_limit_text,
                "channels": list(binding.channels.all()),
            }
        super().__init__(*args, **kwargs)

    def choosing(self) -> Choosing:
        """What was chosen, for the rules and the action."""
        given = self.cleaned_data
        return Choosing(
            **self.about,
            is_involved=given["is_involved"],
            reason=given["reason"],
            time_limit_text=given.get("time_limit_text", ""),
            channels=tuple(given.get("channels", ())),
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for sentence in failures(PROPOSE_RULES, self.choosing()):
                self.add_error(None, sentence)
        return cleaned


class ItemChoiceForm(DomainChoiceForm):
    """What the township does otherwise than the county about one item."""

    time_limit_text = forms.CharField(
        label=_("The township's own time limit"),
        required=False,
        max_length=500,
        help_text=_("Only a tighter one; blank: as the county's, also when that changes."),
    )
    channels = forms.ModelMultipleChoiceField(
        label=_("Further channels"),
        queryset=Channel.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Beside those of the county's catalogue."),
    )

    def __init__(self, *args: Any, entry: EditionItem, **kwargs: Any) -> None:
        super().__init__(*args, entry=entry, **kwargs)
        county = ItemChannel.objects.filter(edition_item=entry).values("channel")
        field: Any = self.fields["channels"]
        field.queryset = Channel.objects.exclude(pk__in=county)


class TownshipFilterForm(forms.Form):
    """`domain` and `show` of a township's list."""

    SHOWN = [
        ("", _("All items")),
        ("not_handled", _("Not handled")),
        ("own", _("With a limit or channels of its own")),
        ("waiting", _("Waiting for the county")),
    ]
    domain = forms.ChoiceField(label=_("Domain"), required=False)
    show = forms.ChoiceField(label=_("Show"), choices=SHOWN, required=False)

    def __init__(self, *args: Any, domains: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["domain"]
        field.choices = [("", _("All domains")), *((str(pk), name) for pk, name in domains)]
