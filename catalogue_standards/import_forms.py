"""What people fill in on the way of a catalogue file into a draft."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue_standards.actions.imports import Understood
from catalogue_standards.files.citing import written_citation
from catalogue_standards.files.corrections import Corrections, written
from catalogue_standards.files.model import CatalogueRow
from catalogue_standards.files.register import Register
from catalogue_standards.files.words import WORDS
from catalogue_standards.models import Channel, Edition, EditionDomain, LegalBasis, Organ

KINDS = {
    "domain": gettext_lazy("Domains"),
    "organ": gettext_lazy("Organs"),
    "basis": gettext_lazy("Legal bases"),
    "channel": gettext_lazy("Channels"),
}
MOST_NAMES = 50  # of one kind at a time


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Catalogue file"),
        help_text=gettext_lazy("xlsx, docx or csv, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.docx,.csv"}),
        error_messages={
            "empty": gettext_lazy("The file is empty. Choose the file with the catalogue.")
        },
    )
    domain = forms.ChoiceField(
        label=gettext_lazy("Domain"),
        required=False,
        help_text=gettext_lazy("Only where the tables do not say of which domain they are."),
    )

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = edition.domains.values_list("name", flat=True)
        self.fields["domain"].choices = [("", "—"), *((name, name) for name in names)]  # type: ignore[attr-defined]


def known_names(kind: str) -> list[str]:
    """The names of a kind that can be typed, as they are offered."""
    if kind == "organ":
        organs = Organ.objects.in_use().values_list("name", flat=True)
        return [*organs, *(names[0] for names in WORDS["groups"].values())]
    if kind == "channel":
        return list(Channel.objects.values_list("name", flat=True))
    if kind == "basis":
        acts = LegalBasis.objects.values_list("title", "document_number")
        return [written_citation(title, number, "") for title, number in acts]
    return list(EditionDomain.objects.order_by("name").values_list("name", flat=True).distinct())


class SettleForm(forms.Form):
    """For each name that the county does not have: what it means, or that it is new.

    Its fields are named after the names, so that two people may settle different ones at once.
    """

    def __init__(self, understood: Understood, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.understood = understood
        self.lists: list[tuple[str, Any, list[tuple[str, int, str]]]] = []
        self.left_off = 0
        for kind, label in KINDS.items():
            counts = understood.open_names(kind)
            meanings = dict(understood.corrections.meaning(kind))
            counts |= {name: 0 for name in meanings if name not in counts}
            self.left_off += max(0, len(counts) - MOST_NAMES)
            rows = [
                self._add(kind, name, number) for name, number in [*counts.items()][:MOST_NAMES]
            ]
            if rows:
                self.lists.append((kind, label, rows))
        self.tables = [
            self._add_table(problem.params["table"], problem.params["domain"])
            for problem in understood.matching.problems
            if problem.kind in ("guessed-domain", "no-domain")
        ]

    def _add(self, kind: str, name: str, number: int) -> tuple[str, int, str]:
        field = field_of(kind, name)
        what = self.understood.corrections.names.get(kind, {}).get(name, "")
        self.fields[field] = forms.CharField(
            required=False,
            label=_shown(kind, name),
            initial=_meaning(kind, what),
            show_hidden_initial=True,
            widget=forms.TextInput(attrs={"list": f"known-{kind}", "autocomplete": "off"}),
        )
        if kind != "organ":
            accepted = name in self.understood.corrections.accepted(kind)
            self.fields[f"{field}-new"] = forms.BooleanField(
                required=False,
                initial=accepted,
                label=_("enter as new"),
                show_hidden_initial=True,
            )
        return name, number, field

    def _add_table(self, table: str, guess: str) -> tuple[str, str]:
        field = field_of("table", table)
        self.fields[field] = forms.CharField(
            required=False,
            label=table,
            initial=guess,
            widget=forms.TextInput(attrs={"list": "known-domain", "autocomplete": "off"}),
        )
        return table, field

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        register = Register.load(self.understood.run.edition)
        self.meanings: dict[str, dict[str, str | None]] = {}
        for kind, _label, rows in self.lists:
            for name, _number, field in rows:
                typed = cleaned.get(field, "")
                found = _looked_up(register, kind, typed) if typed else None
                if typed and found is None:
                    self.add_error(field, _("“%(name)s” is not known.") % {"name": typed})
                new = "" if cleaned.get(f"{field}-new") else None
                self.meanings.setdefault(kind, {})[name] = found if typed else new
        return cleaned

    def change(self, corrections: Corrections) -> None:
        """Settle what was filled in; what was left alone stays as others settled it meanwhile."""
        for kind, meanings in self.meanings.items():
            names = corrections.names.setdefault(kind, {})
            for name, what in meanings.items():
                field = field_of(kind, name)
                if not {field, f"{field}-new"} & set(self.changed_data):
                    continue
                if what is None:
                    names.pop(name, None)
                else:
                    names[name] = what
        for table, field in self.tables:
            if domain := self.cleaned_data[field]:
                corrections.tables[table] = domain


def field_of(kind: str, name: str) -> str:
    return f"{kind}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _shown(kind: str, name: str) -> str:
    if kind != "basis":
        return name
    title, _tab, number = name.partition("\t")
    return written_citation(title, number, "")


def _meaning(kind: str, what: str) -> str:
    """How what a name means is typed."""
    if not what:
        return ""
    if what.startswith("@"):
        return str(WORDS["groups"][what[1:]][0])
    if kind == "basis":
        act = LegalBasis.objects.get(pk=what)
        return written_citation(act.title, act.document_number, "")
    if kind == "domain":
        entry = EditionDomain.objects.filter(domain=int(what)).order_by("-edition__year").first()
        return str(entry or "")
    model: Any = {"organ": Organ, "channel": Channel}[kind]
    return str(model.objects.get(pk=what))


def _looked_up(register: Register, kind: str, typed: str) -> str | None:
    if kind == "organ":
        keys, unknown = register.subjects(typed)
        if unknown or len(keys) != 1:
            return None
        organ, group = keys[0]
        return f"@{group}" if group else str(organ)
    found: Any = getattr(register, kind)(typed)
    if kind == "basis" and found:
        found = found[0]
    return None if found is None else str(found)


class ReadCellForm(forms.Form):
    """One cell of a file as it was understood; `seen` is how it was when the form was opened."""

    seen = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    text = forms.CharField(required=False, max_length=20_000)
    suggests = True

    def __init__(self, row: CatalogueRow, name: str, label: Any, data: Any = None) -> None:
        self.name, self.stored = name, written(row, name)
        super().__init__(data, initial={"seen": self.stored, "text": self.stored})
        many = name in ("content", "basis", "subject", "channels")
        attrs = {"aria-label": label}
        widget: Any = forms.Textarea(attrs | {"rows": 6}) if many else forms.TextInput(attrs)
        self.fields["text"].widget = widget
        read = row.cells.get(name)
        if read and read.text and read.text != self.stored:
            self.fields["text"].help_text = _("In the file (%(place)s): %(text)s") % {
                "place": read.place,
                "text": read.text,
            }

    @property
    def is_stale(self) -> bool:
        """Whether someone corrected the cell meanwhile, and otherwise."""
        same = "\n".join(self.data.get("seen", "").splitlines())
        return self.stored not in (same, self.cleaned_data["text"])

    def suggestions(self) -> list[str]:
        kind = {"subject": "organ", "channels": "channel"}.get(self.name, self.name)
        names = known_names(kind) if kind in KINDS else []
        return [f"■{name}" for name in names] if kind == "channel" else names
