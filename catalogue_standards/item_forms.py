"""The form of a catalogue item: it keeps drafts whole, reads limits, and loses nobody's work."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.log_actions import registry as log_registry

from catalogue_standards.cells import ItemCells
from catalogue_standards.diff import CellChange
from catalogue_standards.editing import cells_of, new_item, next_position, read_limits
from catalogue_standards.item_rules import NAMING_RULES
from catalogue_standards.limits import TimeLimit as ReadLimit
from catalogue_standards.models import Edition, EditionDomain, EditionItem
from catalogue_standards.models.fixing import why_fixed
from catalogue_standards.rules import failures

SALT = "catalogue_standards.item"


class ItemForm(WagtailAdminModelForm):
    """`seen` carries the row as it stood when the form was opened.

    A save over someone else's change is refused once, with both versions; the next save is meant.
    """

    data: Any
    seen = forms.CharField(
        label=gettext_lazy("Row as it was opened"), required=False, widget=forms.HiddenInput
    )
    read: ReadLimit | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        domains = EditionDomain.objects.filter(edition=self.instance.edition_id)
        self.fields["edition_domain"].queryset = domains
        self.stored = cells_of(self.instance) if self.instance.pk else None
        if self.stored:
            self.initial["seen"] = signing.dumps(self.stored.cells, salt=SALT, compress=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if reason := why_fixed(self.instance.edition):
            raise forms.ValidationError(reason)
        self._read_anew()
        if self.stored and (changes := self._changed_meanwhile(self.stored, cleaned.get("seen"))):
            self._see_anew()
            raise forms.ValidationError(self._conflict(changes))
        if "name" in cleaned and {"group", "name", "sub_name", "edition_domain"} & set(
            self.changed_data
        ):
            for field in ("group", "name", "sub_name", "edition_domain"):
                if field in cleaned:
                    setattr(self.instance, field, cleaned[field])
            for sentence in failures(NAMING_RULES, self.instance):
                self.add_error("name", sentence)
        return cleaned

    def _read_anew(self) -> None:
        """Compare with what is stored once nobody else can save."""
        if self.stored:
            Edition.objects.select_for_update().get(pk=self.instance.edition_id)
            self.stored = cells_of(self.instance)
            self.initial["seen"] = signing.dumps(self.stored.cells, salt=SALT, compress=True)

    def save(self, commit: bool = True) -> EditionItem:
        entry: EditionItem = self.instance
        if entry._state.adding:
            entry.item = new_item(entry.edition_domain.domain)
            entry.position = entry.position or next_position(entry.edition)
        entry = super().save(commit=False)
        if "time_limit_text" in self.changed_data:
            # Clauses corrected by hand stay as long as the text does.
            self.read = read_limits(entry)
        if commit:
            entry.save()
        return entry

    def _changed_meanwhile(self, stored: ItemCells, seen: str | None) -> list[CellChange]:
        try:
            before = signing.loads(seen or "", salt=SALT)
        except signing.BadSignature:
            return []
        return [
            CellChange(name, before.get(name, ""), now)
            for name, now in stored.cells.items()
            if before.get(name, "") != now
        ]

    def _see_anew(self) -> None:
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = self.initial["seen"]

    def _conflict(self, changes: list[CellChange]) -> str:
        last = log_registry.get_logs_for_instance(self.instance).select_related("user").first()
        rows = format_html_join(
            "",
            "<li><b>{}</b>：<del>{}</del> → <ins>{}</ins></li>",
            ((change.label, change.old or "—", change.new or "—") for change in changes),
        )
        return format_html(
            "{}<ul>{}</ul>{}",
            _("%(name)s changed this item while you had it open:")
            % {"name": last.user_display_name if last else _("Someone else")},
            rows,
            _("Your own version stands below. Take over what should stay, then save again."),
        )


class ReorganiseForm(forms.Form):
    """Split, merge or replace an item; each way has its own field."""

    SPLIT, MERGE, REPLACE = "split", "merge", "replace"

    how = forms.ChoiceField(
        label=gettext_lazy("What becomes of it"),
        choices=[
            (SPLIT, gettext_lazy("Split it into several new items")),
            (MERGE, gettext_lazy("Merge it into another item, which takes over its parts")),
            (REPLACE, gettext_lazy("Replace it by another item")),
        ],
        widget=forms.RadioSelect,
        initial=SPLIT,
    )
    names = forms.CharField(
        label=gettext_lazy("Names of the new items, one on each line"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    target = forms.ModelChoiceField(
        label=gettext_lazy("The other item"),
        queryset=EditionItem.objects.none(),
        required=False,
        empty_label="—",
    )

    def __init__(self, entry: EditionItem, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target: Any = self.fields["target"]
        target.queryset = (
            EditionItem.objects.filter(edition=entry.edition_id)
            .exclude(pk=entry.pk)
            .select_related("edition_domain")
            .order_by("edition_domain__position", "position")
        )
        target.label_from_instance = lambda row: f"{row.edition_domain.name} · {row.full_name}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        how = cleaned.get("how")
        if how in (self.MERGE, self.REPLACE) and not cleaned.get("target"):
            self.add_error("target", _("Choose the other item."))
        if how == self.SPLIT and not (cleaned.get("names") or "").strip():
            self.add_error("names", _("Give at least two different names, one on each line."))
        return cleaned
