"""Change one legal basis wherever a draft cites it: an amended law, its number, its articles."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue_standards.actions.cells import (
    CellRefused,
    Snapshot,
    held_draft,
    record_changes,
)
from catalogue_standards.files.citing import written_citation
from catalogue_standards.files.unknowns import new_basis
from catalogue_standards.models import Edition, EditionItem, ItemBasis, LegalBasis

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class BasisMoved(CellRefused):
    """Who cites the basis changed since it was shown what would change."""


@dataclass(frozen=True)
class Citing:
    """One citation that changes, in words."""

    entry: EditionItem
    old: str
    new: str


def cited_articles(edition: Edition, basis: LegalBasis) -> dict[str, int]:
    """The articles under which a draft cites `basis`, with how many items cite each."""
    rows = _citations(edition, basis)
    return dict(Counter(row.article for row in rows))


def cited_bases(edition: Edition) -> list[LegalBasis]:
    """The legal bases that an edition cites."""
    cited = ItemBasis.objects.filter(edition_item__edition=edition).values("basis")
    return list(LegalBasis.objects.filter(pk__in=cited))


def _citations(edition: Edition, basis: LegalBasis) -> list[ItemBasis]:
    rows = ItemBasis.objects.filter(edition_item__edition=edition, basis=basis)
    order = ("edition_item__edition_domain__position", "edition_item__position", "pk")
    return list(rows.select_related("edition_item__edition_domain").order_by(*order))


class ReplaceBasisAction:
    """Cite `title` with `number` instead of `basis`, and articles as `articles` renames them.

    Other editions go on citing what they cited: an act whose title or number changed is entered as a
    new one. `seen` is the digest of the citations that were shown; None applies whatever there is.
    """

    def __init__(
        self,
        edition: Edition,
        basis: LegalBasis,
        title: str,
        number: str,
        articles: Mapping[str, str],
        user: User | None,
        seen: str | None = None,
    ) -> None:
        self.edition = edition
        self.basis = basis
        self.title = title.strip()
        self.number = number.strip()
        self.articles = articles
        self.user = user
        self.seen = seen
        self.rows = _citations(edition, basis)

    @property
    def is_same_act(self) -> bool:
        return (self.title, self.number) == (self.basis.title, self.basis.document_number)

    @property
    def digest(self) -> str:
        """Of who cites the basis now, and under which article."""
        cited = sorted((row.pk, row.edition_item_id, row.article) for row in self.rows)
        return hashlib.sha256(repr(cited).encode()).hexdigest()

    def changes(self) -> list[Citing]:
        """What would change, in the order of the catalogue."""
        old = (self.basis.title, self.basis.document_number)
        return [
            Citing(
                row.edition_item,
                written_citation(*old, row.article),
                written_citation(self.title, self.number, self._article(row)),
            )
            for row in self.rows
            if not self.is_same_act or self._article(row) != row.article
        ]

    def check(self) -> None:
        """Raise CellRefused when nothing would change, BasisMoved when something else would."""
        if not self.changes():
            raise CellRefused(
                [_("Nothing would change: amend the title, the number or an article.")]
            )
        if self.seen is not None and self.seen != self.digest:
            raise BasisMoved(
                [_("The draft changed meanwhile. This is what would change now: check it again.")]
            )

    @transaction.atomic
    def execute(self) -> int:
        """Returns the number of items changed."""
        self.edition = held_draft(self.edition, self.user)
        self.rows = _citations(self.edition, self.basis)
        self.check()
        changed = {change.entry.pk for change in self.changes()}
        before = Snapshot.of(changed)
        act = self.basis if self.is_same_act else self._act()
        held = {
            (row.edition_item_id, row.basis_id, row.article): row.pk
            for row in ItemBasis.objects.filter(edition_item__in=changed).exclude(basis=self.basis)
        }
        kept: list[ItemBasis] = []
        doubled: list[ItemBasis] = []
        for row in self.rows:
            article = self._article(row)
            key = (row.edition_item_id, act.pk, article)
            (doubled if key in held else kept).append(row)
            held.setdefault(key, row.pk)
            row.basis, row.article = act, article
        ItemBasis.objects.bulk_update(kept, ["basis", "article"], batch_size=200)
        ItemBasis.objects.filter(pk__in=[row.pk for row in doubled]).delete()
        record_changes(self.edition, before, self.user)
        return len(changed)

    def _article(self, row: ItemBasis) -> str:
        return self.articles.get(row.article, row.article).strip()

    def _act(self) -> LegalBasis:
        there = LegalBasis.objects.filter(title=self.title, document_number=self.number).first()
        return there or new_basis(self.title, self.number, self.basis.kind)
