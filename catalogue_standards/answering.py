"""Who answers for which item: organs that are named, and every organ of a kind that is named."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import F, QuerySet

from catalogue_standards.enums import OrganKind, SubjectGroup
from catalogue_standards.handling import Handling
from catalogue_standards.models import Edition, ItemSubject, Organ


class Answering:
    """The organs in use of some items, the lead first (条例第十条); without townships that do not handle one.

    `entries` are rows of EditionItem, of one edition. Three queries for any number of them.
    """

    def __init__(self, entries: QuerySet[Any], handling: Handling | None = None) -> None:
        in_use = list(Organ.objects.in_use())
        self._organs = {organ.pk: organ for organ in in_use}
        members = {
            group: [organ for organ in in_use if group in SubjectGroup.of_kind(organ.kind)]
            for group in SubjectGroup.values
        }
        handling = handling or Handling()
        self._of: dict[int, dict[int, Organ]] = defaultdict(dict)
        rows = ItemSubject.objects.filter(edition_item__in=entries.order_by().values("pk"))
        for item, domain, pk, group in rows.order_by(
            "edition_item", F("sort_order").asc(nulls_first=True), "pk"
        ).values_list(
            "edition_item__item", "edition_item__edition_domain__domain", "organ", "group"
        ):
            own = [self._organs[pk]] if pk in self._organs else []
            for organ in members[group] if group else own:
                if organ.kind != OrganKind.TOWNSHIP or handling.handles(organ.pk, item, domain):
                    self._of[item].setdefault(organ.pk, organ)

    def organs(self, item_id: int) -> list[Organ]:
        return list(self._of.get(item_id, {}).values())

    def answers(self, item_id: int | None, organ_id: int) -> bool:
        return item_id is not None and organ_id in self._of.get(item_id, {})

    def answerer(self, item_id: int | None, organ_id: int) -> int:
        """Whose duty a piece of `organ_id` meets: its own, or the lead's.

        What the government issues for its departments counts for the one that leads the item.
        """
        if item_id is None or self.answers(item_id, organ_id):
            return organ_id
        organ = self._organs.get(organ_id)
        lead = next(iter(self._of.get(item_id, {})), None)
        return lead if lead and organ and organ.commissions_drafts else organ_id

    def items_of(self) -> dict[int, set[int]]:
        """The items (ids) of each organ in use (id)."""
        found: dict[int, set[int]] = {organ: set() for organ in self._organs}
        for item, organs in self._of.items():
            for organ in organs:
                found[organ].add(item)
        return found


def answering(edition: Edition) -> dict[int, set[int]]:
    """The items (ids) for which each organ (id) must disclose, alone or as one of a group.

    As `EditionItem.objects.answered_by(organ)` for every organ in use. Of an edition on its way, as it will
    be when it takes force.
    """
    return Answering(edition.items.all(), Handling(edition)).items_of()
