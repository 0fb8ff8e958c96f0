"""The forms of cells that name what the county has: legal bases, organs and channels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue_standards.cell_forms import (
    AudienceCellForm,
    CellForm,
    ContentCellForm,
    LevelsCellForm,
    LimitCellForm,
    LinesCellForm,
    MethodCellForm,
    RhythmCellForm,
    TextCellForm,
    too_long,
)
from catalogue_standards.cell_texts import basis_text, subject_text
from catalogue_standards.cell_values import Value
from catalogue_standards.files.register import Register
from catalogue_standards.files.unknowns import add_bases
from catalogue_standards.files.words import WORDS
from catalogue_standards.models import Channel, EditionItem, ItemBasis, LegalBasis, Organ


class NamesCellForm(LinesCellForm):
    """Lines of names that the county knows."""

    suggests = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register = Register.load() if self.is_bound else None


class BasisCellForm(NamesCellForm):
    relation = "bases"
    accept = forms.BooleanField(
        required=False,
        label=gettext_lazy("Enter the unknown ones as new legal bases"),
        widget=forms.HiddenInput,
    )
    field_order = ["seen", "accept", "text"]

    def clean_text(self) -> str:
        self.kept = {basis_text(row): [row.basis_id, row.article] for row in self.entry.bases.all()}
        return super().clean_text()

    def read(self, line: str) -> list[list[Any]]:
        assert self.register is not None
        found: Any = self.kept.get(line) or self.register.basis(line)
        if found is None and self.cleaned_data.get("accept"):
            add_bases([line])
            self.register = Register.load()
            found = self.register.basis(line)
        if found is None:
            self.fields["accept"].widget = forms.CheckboxInput()
            self.wrong.append(
                _(
                    "The legal basis “%(name)s” is not known. Correct its title, or accept it as a new one."
                )
                % {"name": line}
            )
            return []
        most: int = ItemBasis._meta.get_field("article").max_length or 0
        if len(found[1]) > most:
            self.wrong.append(too_long(found[1], most))
        return [list(found)]

    def suggestions(self) -> list[str]:
        return [f"《{title}》" for title in LegalBasis.objects.values_list("title", flat=True)]


class SubjectCellForm(NamesCellForm):
    relation = "subjects"

    def clean_text(self) -> str:
        self.kept = {
            subject_text(row): [row.organ_id, row.group] for row in self.entry.subjects.all()
        }
        return super().clean_text()

    def read(self, line: str) -> list[list[Any]]:
        assert self.register is not None
        if line in self.kept:
            return [self.kept[line]]
        keys, unknown = self.register.subjects(line)
        for name in unknown:
            self.wrong.append(
                _(
                    "No organ, or more than one, is called “%(name)s”. Choose one of the names offered."
                )
                % {"name": name}
            )
        return [list(key) for key in keys]

    def suggestions(self) -> list[str]:
        organs = Organ.objects.in_use().values_list("name", flat=True)
        return [*organs, *(names[0] for names in WORDS["groups"].values())]


class ChannelsCellForm(CellForm):
    """Every channel with what it is here: required, optional, or none."""

    STATES = [("", "—"), ("1", "■"), ("0", "□")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.channels = list(Channel.objects.all())
        super().__init__(*args, **kwargs)
        for channel in self.channels:
            self.fields[f"channel_{channel.pk}"] = forms.ChoiceField(
                label=channel.name,
                choices=self.STATES,
                required=False,
                widget=forms.RadioSelect,
            )

    def opened(self) -> dict[str, Any]:
        held = {pk: str(int(required)) for pk, required in self.stored["channels"]}
        return {f"channel_{channel.pk}": held.get(channel.pk, "") for channel in self.channels}

    def value(self) -> Value:
        chosen = {
            channel.pk: self.cleaned_data[f"channel_{channel.pk}"] == "1"
            for channel in self.channels
            if self.cleaned_data[f"channel_{channel.pk}"]
        }
        # Those that were there keep their place; the required come first, as in the table.
        order = [pk for pk, _required in self.stored["channels"]]
        pks = sorted(chosen, key=lambda pk: order.index(pk) if pk in order else len(order))
        rows = [[pk, chosen[pk]] for pk in pks]
        return {"channels": sorted(rows, key=lambda row: not row[1])}


FORMS: dict[str, type[CellForm]] = {
    "group": TextCellForm,
    "name": TextCellForm,
    "sub_name": TextCellForm,
    "content": ContentCellForm,
    "basis": BasisCellForm,
    "time_limit": LimitCellForm,
    "subject": SubjectCellForm,
    "channels": ChannelsCellForm,
    "audience": AudienceCellForm,
    "method": MethodCellForm,
    "levels": LevelsCellForm,
    "rhythm": RhythmCellForm,
}


def cell_form(entry: EditionItem, name: str, data: Any = None) -> CellForm:
    """The form of one cell of `entry`, an item of a draft. Raises KeyError for an unknown column."""
    return FORMS[name](entry, name, data)
