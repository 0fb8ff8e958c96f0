"""Who answers for which item."""

from __future__ import annotations

from collections.abc import Iterable

from catalogue_standards.enums import OrganKind, SubjectGroup
from catalogue_standards.models import EditionItem, Organ, TownshipChoice


class Answering:
    """The organs of some items, the lead first (条例第十条); without townships that do not handle one.

    Two queries beside the prefetched subjects and the domains.
    """

    def __init__(self, entries: Iterable[EditionItem]) -> None:
        entries = list(entries)
        in_use = list(Organ.objects.in_use())
        self._organs = {organ.pk: organ for organ in in_use}
        members = {
            group: [organ for organ in in_use if group in SubjectGroup.of_kind(organ.kind)]
            for group in SubjectGroup.values
        }
        handles = _handling()
        self._of: dict[int, dict[int, Organ]] = {}
        for entry in entries:
            named = self._of.setdefault(entry.item_id, {})
            for subject in entry.subjects.all():
                own = [self._organs[subject.organ_id]] if subject.organ_id in self._organs else []
                for organ in members[subject.group] if subject.group else own:
                    if organ.kind != OrganKind.TOWNSHIP or _handled(entry, organ, handles):
                        named.setdefault(organ.pk, organ)

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


Handling = dict[tuple[int, str, int | None], bool]


def _handling() -> Handling:
    """What townships have chosen to handle or not, by organ and item or domain."""
    rows = TownshipChoice.objects.binding().values_list("organ", "item", "domain", "is_involved")
    return {
        (organ, "item" if item else "domain", item or domain): involved
        for organ, item, domain, involved in rows
    }


def _handled(entry: EditionItem, township: Organ, handling: Handling) -> bool:
    """As EditionItemQuerySet.handled_by: a choice about the item goes before its domain's."""
    of_domain = handling.get((township.pk, "domain", entry.edition_domain.domain_id), True)
    return handling.get((township.pk, "item", entry.item_id), of_domain)
