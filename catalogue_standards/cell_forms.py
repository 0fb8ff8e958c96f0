"""The small forms in which single cells of the table editor are edited."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue_standards.cell_texts import cell_text
from catalogue_standards.cell_values import COLUMNS, Value
from catalogue_standards.editing import clause_values
from catalogue_standards.enums import Audience, Method
from catalogue_standards.files.rhythm import read_rhythm
from catalogue_standards.models import ContentElement, EditionItem

SALT = "catalogue_standards.cell"


class CellForm(forms.Form):
    """Edits the cell `name` of `entry`. `seen` carries the value with which the form was opened."""

    name: str
    suggests = False  # whether names are offered while one types
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, entry: EditionItem, name: str, *args: Any, **kwargs: Any) -> None:
        self.entry, self.name = entry, name
        self.column = COLUMNS[name]
        self.stored = self.column.read(entry)
        seen = signing.dumps(self.stored, salt=SALT, compress=True)
        super().__init__(*args, **kwargs | {"initial": {"seen": seen, **self.opened()}})
        for field in self.fields.values():
            field.widget.attrs.setdefault("aria-label", field.label or self.column.label)

    def opened(self) -> dict[str, Any]:
        """What the fields show when the form is opened."""
        raise NotImplementedError

    def value(self) -> Value:
        """What was typed, as a value of the cell."""
        raise NotImplementedError

    def clean_seen(self) -> Value | None:
        try:
            seen: Value = signing.loads(self.cleaned_data["seen"], salt=SALT)
        except signing.BadSignature as error:
            raise forms.ValidationError(_("Open the cell again before you save it.")) from error
        return seen

    def suggestions(self) -> list[str]:
        return []


class TextCellForm(CellForm):
    text = forms.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = EditionItem._meta.get_field(self.column.fields[0])
        self.fields["text"] = forms.CharField(
            required=False,
            max_length=field.max_length,
            widget=forms.TextInput(attrs={"aria-label": self.column.label}),
        )

    def opened(self) -> dict[str, Any]:
        return {"text": cell_text(self.entry, self.name)}

    def value(self) -> Value:
        return {self.column.fields[0]: self.cleaned_data["text"]}


class LimitCellForm(TextCellForm):
    def value(self) -> Value:
        text = self.cleaned_data["text"]
        seen = self.cleaned_data["seen"]
        if text == seen["time_limit_text"]:
            # Clauses corrected by hand stay as long as the text does.
            return dict(seen)
        clauses = [list(clause.values()) for clause in clause_values(text)]
        return {"time_limit_text": text, "limits": clauses}


class RhythmCellForm(CellForm):
    text = forms.CharField(
        required=False,
        max_length=100,
        help_text=gettext_lazy("Such as 每季度至少2条；最新一条不超过30天."),
    )

    def opened(self) -> dict[str, Any]:
        return {"text": cell_text(self.entry, self.name)}

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        self.read = read_rhythm(text)
        if self.read.rest:
            raise forms.ValidationError(
                _("“%(text)s” was not understood. Write it as 每季度至少2条；最新一条不超过30天.")
                % {"text": self.read.rest}
            )
        return text

    def value(self) -> Value:
        rhythm = self.read.rhythm
        values = (rhythm.period, rhythm.pieces, rhythm.newest_days)
        return dict(zip(self.column.fields, values, strict=True))


class LinesCellForm(CellForm):
    """Entries one on each line. Lines that were there already keep what they stand for."""

    text = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One on each line."),
    )
    relation: ClassVar[str]

    def opened(self) -> dict[str, Any]:
        return {"text": cell_text(self.entry, self.name)}

    def clean_text(self) -> str:
        self.rows: list[list[Any]] = []
        self.wrong: list[str] = []
        for line in map(str.strip, self.cleaned_data["text"].splitlines()):
            if line:
                self.rows += [row for row in self.read(line) if row not in self.rows]
        if self.wrong:
            raise forms.ValidationError(self.wrong)
        return str(self.cleaned_data["text"])

    def read(self, line: str) -> list[list[Any]]:
        """The rows that a line stands for; adds to `wrong` what is wrong with it."""
        raise NotImplementedError

    def value(self) -> Value:
        return {self.relation: self.rows}


def too_long(text: str, most: int) -> str:
    return _(
        "“%(start)s…” has %(length)s characters; at most %(most)s are allowed. Shorten it."
    ) % {
        "start": text[:20],
        "length": len(text),
        "most": most,
    }


class ContentCellForm(LinesCellForm):
    relation = "content_elements"

    def read(self, line: str) -> list[list[Any]]:
        text = line.lstrip("●").strip()
        most: int = ContentElement._meta.get_field("text").max_length or 0
        if len(text) > most:
            self.wrong.append(too_long(text, most))
        return [[text]] if text else []


class AudienceCellForm(CellForm):
    audience = forms.ChoiceField(
        label=gettext_lazy("Audience"), choices=Audience, widget=forms.RadioSelect
    )
    audience_group = forms.CharField(
        label=gettext_lazy("Which group"), required=False, max_length=200
    )

    def opened(self) -> dict[str, Any]:
        return self.stored

    def value(self) -> Value:
        to_group = self.cleaned_data["audience"] == Audience.GROUP
        group = self.cleaned_data["audience_group"] if to_group else ""
        return {"audience": self.cleaned_data["audience"], "audience_group": group}


class MethodCellForm(CellForm):
    method = forms.ChoiceField(
        label=gettext_lazy("Method"), choices=Method, widget=forms.RadioSelect
    )

    def opened(self) -> dict[str, Any]:
        return self.stored

    def value(self) -> Value:
        return {"method": self.cleaned_data["method"]}


class LevelsCellForm(CellForm):
    at_county = forms.BooleanField(label=gettext_lazy("County level"), required=False)
    at_township = forms.BooleanField(label=gettext_lazy("Township level"), required=False)
    at_village = forms.BooleanField(label=gettext_lazy("Village level"), required=False)

    def opened(self) -> dict[str, Any]:
        return self.stored

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(cleaned.get(name) for name in self.column.fields):
            self.add_error(None, _("Choose at least one level."))
        return cleaned

    def value(self) -> Value:
        return {name: self.cleaned_data[name] for name in self.column.fields}
