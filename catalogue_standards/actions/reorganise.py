"""Split, merge, replace and drop the items of a draft, and put dropped ones back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue_standards.actions.base import EditionRefused
from catalogue_standards.copying import copy_entry
from catalogue_standards.editing import new_item, next_position
from catalogue_standards.edition_rules import EDIT_RULES, Acting
from catalogue_standards.enums import SuccessionKind
from catalogue_standards.history import record_edit
from catalogue_standards.models import Edition, EditionItem, ItemSuccession
from catalogue_standards.rules import failures

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class ReorganisationRefused(EditionRefused):
    """The item cannot be reorganised like this."""


class _ItemAction:
    """An act on one item of a draft."""

    def __init__(self, entry: EditionItem, user: User | None) -> None:
        self.entry = entry
        self.edition: Edition = entry.edition
        self.user = user

    def check(self) -> None:
        """Raise ReorganisationRefused with every reason."""
        edition = Edition.objects.get(pk=self.edition.pk)
        sentences = failures(EDIT_RULES, Acting(edition, self.user)) + self.own_failures()
        if sentences:
            raise ReorganisationRefused(sentences)

    def own_failures(self) -> list[str]:
        return []

    def _succeed(self, kind: SuccessionKind, items: Sequence[Any]) -> None:
        """Write what carries the entry on, and take the entry out of the draft."""
        former = self.entry.item_id
        # What was to lead to this item leads on to its successors.
        inherited = ItemSuccession.objects.filter(edition=self.edition, to_item=former)
        sources = [(former, kind), *((row.from_item_id, row.kind) for row in inherited)]
        inherited.delete()
        for item in items:
            for source, how in sources:
                ItemSuccession.objects.get_or_create(
                    edition=self.edition, from_item_id=source, to_item=item, defaults={"kind": how}
                )
        self.entry.delete()
        record_edit(self.edition, self.user)


class SplitItemAction(_ItemAction):
    """Put two or more new items in an item's place; each begins with all its parts."""

    def __init__(self, entry: EditionItem, user: User | None, names: Sequence[str]) -> None:
        super().__init__(entry, user)
        self.names = [name.strip() for name in names if name.strip()]

    def own_failures(self) -> list[str]:
        if len(set(self.names)) < 2 or len(set(self.names)) != len(self.names):
            return [_("Give at least two different names, one on each line.")]
        return []

    @transaction.atomic
    def execute(self) -> list[EditionItem]:
        self.check()
        made = [
            copy_entry(
                self.entry,
                item=new_item(self.entry.edition_domain.domain),
                name=name,
                sub_name="",
                position=self.entry.position if not number else next_position(self.edition),
            )
            for number, name in enumerate(self.names)
        ]
        self._succeed(SuccessionKind.SPLIT, [entry.item for entry in made])
        return made


class _IntoAnother(_ItemAction):
    def __init__(self, entry: EditionItem, user: User | None, target: EditionItem) -> None:
        super().__init__(entry, user)
        self.target = target

    def own_failures(self) -> list[str]:
        if self.target.edition_id != self.edition.pk or self.target.pk == self.entry.pk:
            return [_("Choose another item of the same edition.")]
        return []


#: The parts that a merged item takes over, with the fields by which it has them already.
_TAKEN_OVER: dict[str, tuple[str, ...]] = {
    "content_elements": ("text",),
    "bases": ("basis_id", "article"),
    "subjects": ("organ_id", "group"),
    "channels": ("channel_id",),
}


class MergeItemAction(_IntoAnother):
    """Merge an item into `target`, which takes over what it lacks of the item's parts."""

    @transaction.atomic
    def execute(self) -> EditionItem:
        self.check()
        for name, fields in _TAKEN_OVER.items():
            rows = list(getattr(self.target, name).all())
            held = {tuple(getattr(row, field) for field in fields) for row in rows}
            for row in getattr(self.entry, name).all():
                if tuple(getattr(row, field) for field in fields) not in held:
                    row.pk = None
                    row._state.adding = True
                    row.edition_item = self.target
                    row.sort_order = len(rows)
                    row.save()
                    rows.append(row)
        self._succeed(SuccessionKind.MERGED, [self.target.item])
        return EditionItem.objects.get(pk=self.target.pk)


class ReplaceItemAction(_IntoAnother):
    """Let `target` replace an item; nothing of the item is taken over."""

    @transaction.atomic
    def execute(self) -> EditionItem:
        self.check()
        self._succeed(SuccessionKind.REPLACED, [self.target.item])
        return self.target


class DropItemAction(_ItemAction):
    """Take an item out of the draft with nothing in its place."""

    @transaction.atomic
    def execute(self) -> None:
        self.check()
        ItemSuccession.objects.filter(edition=self.edition, to_item=self.entry.item_id).delete()
        self.entry.delete()
        record_edit(self.edition, self.user)


class RestoreItemAction(_ItemAction):
    """Put an item back as `entry`, a row of the edition that the draft is based on, has it."""

    rules: ClassVar = EDIT_RULES

    def __init__(self, entry: EditionItem, user: User | None, edition: Edition) -> None:
        super().__init__(entry, user)
        self.edition = edition

    def own_failures(self) -> list[str]:
        sentences = []
        if self.edition.items.filter(item=self.entry.item_id).exists():
            sentences.append(_("The draft has this item already."))
        if self._domain() is None:
            sentences.append(_("The draft no longer has the item's domain: add the domain first."))
        return sentences

    def _domain(self) -> Any:
        domain = self.entry.edition_domain.domain_id
        return self.edition.domains.filter(domain=domain).first()

    @transaction.atomic
    def execute(self) -> EditionItem:
        self.check()
        ItemSuccession.objects.filter(edition=self.edition, from_item=self.entry.item_id).delete()
        restored = copy_entry(self.entry, edition=self.edition, edition_domain=self._domain())
        record_edit(self.edition, self.user)
        return restored
