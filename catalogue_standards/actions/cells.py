"""Change one cell of a draft, keep what it was, and take changes back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue_standards.actions.base import EditionRefused
from catalogue_standards.cell_texts import all_texts
from catalogue_standards.cell_values import COLUMNS, Value, all_values
from catalogue_standards.edition_rules import EDIT_RULES, Acting
from catalogue_standards.history import record_edit, shown_name
from catalogue_standards.item_rules import NAMING_RULES
from catalogue_standards.models import CellEdit, Edition, EditionItem
from catalogue_standards.rules import failures

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class CellRefused(EditionRefused):
    """The cell may not be changed like this."""


class CellStale(CellRefused):
    """Someone changed the cell since it was opened; `entry` is the item as it stands now."""

    def __init__(self, sentence: str, entry: EditionItem) -> None:
        super().__init__([sentence])
        self.entry = entry


@dataclass(frozen=True)
class Snapshot:
    """All cells of an item at one moment, to tell afterwards what changed."""

    values: dict[str, Value]
    texts: dict[str, str]

    @classmethod
    def of(cls, pks: Iterable[int]) -> dict[int, Snapshot]:
        """By item; the number of queries does not grow with the items."""
        entries = EditionItem.objects.with_details().filter(pk__in=list(pks))
        return {entry.pk: cls(all_values(entry), all_texts(entry)) for entry in entries}


def details(pk: int) -> EditionItem:
    entry: EditionItem = EditionItem.objects.with_details().get(pk=pk)
    return entry


def record_changes(edition: Edition, before: dict[int, Snapshot], user: User | None) -> None:
    """Note as one act of `user` what differs from `before`; who edits cannot approve."""
    now = Snapshot.of(before)
    name, act = shown_name(user), uuid.uuid4()
    record_edit(edition, user)
    CellEdit.objects.bulk_create(
        CellEdit(
            edition=edition,
            entry_id=pk,
            cell=cell,
            before=then.values[cell],
            after=now[pk].values[cell],
            before_text=then.texts[cell],
            after_text=now[pk].texts[cell],
            act=act,
            user=user,
            user_name=name,
        )
        for pk, then in before.items()
        for cell in COLUMNS
        if then.values[cell] != now[pk].values[cell]
    )


def held_draft(edition: Edition, user: User | None) -> Edition:
    """The draft, held so that edits of it come one after another. Raises CellRefused."""
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    if sentences := failures(EDIT_RULES, Acting(held, user)):
        raise CellRefused(sentences)
    return held


class SaveCellAction:
    """Write `value` into the cell `name`, if it still is as `seen` (None: whatever it is)."""

    def __init__(
        self,
        entry: EditionItem,
        name: str,
        value: Value,
        user: User | None,
        seen: Value | None = None,
    ) -> None:
        self.entry = entry
        self.column = COLUMNS[name]
        self.value = value
        self.user = user
        self.seen = seen

    def check(self) -> None:
        """Raise CellRefused with every reason, CellStale when the cell changed meanwhile."""
        current = self.column.read(self.entry)
        if self.seen is not None and current not in (self.seen, self.value):
            raise CellStale(changed_by(self.entry, self.column.name), self.entry)
        for field in self.column.fields:
            setattr(self.entry, field, self.value[field])
        if current != self.value and (sentences := failures(NAMING_RULES, self.entry)):
            raise CellRefused(sentences)

    @transaction.atomic
    def execute(self) -> EditionItem:
        """Returns the item as it now stands."""
        held_draft(self.entry.edition, self.user)
        before = Snapshot.of([self.entry.pk])
        self.entry = details(self.entry.pk)
        self.check()
        if before[self.entry.pk].values[self.column.name] == self.value:
            return self.entry
        self.column.write(self.entry, self.value)
        record_changes(self.entry.edition, before, self.user)
        return details(self.entry.pk)


def changed_by(entry: EditionItem, name: str) -> str:
    """Who changed a cell last, as a sentence."""
    last = CellEdit.objects.filter(entry=entry, cell=name).first()
    return _("%(name)s changed this cell while you had it open.") % {
        "name": (last and (last.undone_by or last.user_name)) or _("Someone else")
    }


class UndoAction:
    """Take back `edits`, all of them or none; each cell must still say what the edit made it say."""

    def __init__(self, edition: Edition, edits: Sequence[CellEdit], user: User | None) -> None:
        self.edition = edition
        self.edits = edits
        self.user = user

    def check(self) -> None:
        """Raise CellRefused with every cell that was changed since."""
        if not self.edits:
            raise CellRefused([_("There is nothing of yours to take back.")])
        entries = {
            entry.pk: entry
            for entry in EditionItem.objects.with_details().filter(
                pk__in={edit.entry_id for edit in self.edits}
            )
        }
        sentences = [
            _changed_since(edit, entries[edit.entry_id])
            for edit in self.edits
            if COLUMNS[edit.cell].read(entries[edit.entry_id]) != edit.after
        ]
        sentences += [
            _("What “%(item)s” named there has been deleted since: change it by hand instead.")
            % {"item": entries[edit.entry_id]}
            for edit in self.edits
            if COLUMNS[edit.cell].is_gone(edit.before)
        ]
        if sentences:
            raise CellRefused(sentences)

    @transaction.atomic
    def execute(self) -> list[CellEdit]:
        held_draft(self.edition, self.user)
        pks = [edit.pk for edit in self.edits]
        self.edits = list(CellEdit.objects.standing().filter(pk__in=pks).select_related("entry"))
        self.check()
        for edit in self.edits:
            COLUMNS[edit.cell].write(edit.entry, edit.before)
        CellEdit.objects.filter(pk__in=pks).update(
            undone_at=timezone.now(), undone_by=shown_name(self.user)
        )
        record_edit(self.edition, self.user)
        return list(self.edits)


def last_edits(edition: Edition, user: User) -> list[CellEdit]:
    """What `user` did last in a draft and has not taken back."""
    own = CellEdit.objects.standing().filter(edition=edition, user_id=user.pk)
    last = own.order_by("-at", "-pk").first()
    return list(own.filter(act=last.act)) if last else []


def _changed_since(edit: CellEdit, entry: EditionItem) -> str:
    later = CellEdit.objects.filter(entry=entry, cell=edit.cell, pk__gt=edit.pk).first()
    told = {"item": entry, "cell": COLUMNS[edit.cell].label, "name": later and later.user_name}
    if later and later.user_name:
        return (
            _("%(name)s has changed “%(cell)s” of “%(item)s” since: change it by hand instead.")
            % told
        )
    return _("“%(cell)s” of “%(item)s” has changed since: change it by hand instead.") % told
