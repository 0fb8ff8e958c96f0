"""Which items townships handle, as the county has approved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TypeVar

from django.db.models import Q

from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Edition, EditionItem, ItemSuccession, TownshipChoice

Choice = TypeVar("Choice")
Key = tuple[str, int]  # "item" or "domain", and its id


def nearest(choices: Mapping[Key, Choice], item: int, domain: int) -> Choice | None:
    """What one township chose about an item: a choice about the item goes before its domain's."""
    return choices.get(("item", item), choices.get(("domain", domain)))


class Handling:
    """What binds of all townships' choices; of an edition on its way, as it will be when it takes force."""

    def __init__(self, edition: Edition | None = None) -> None:
        self._of: dict[int, dict[Key, bool]] = defaultdict(dict)
        rows = TownshipChoice.objects.binding()
        for organ, item, domain, involved in rows.values_list(
            "organ", "item", "domain", "is_involved"
        ):
            self._of[organ]["item" if item else "domain", item or domain] = involved
        if edition and edition.status in EditionStatus.open():
            self._carry_on(edition)

    def _carry_on(self, edition: Edition) -> None:
        """As townships.carry_on: what is new in an item's place is handled as that was."""
        known = EditionItem.objects.in_force().values("item")
        rows = ItemSuccession.objects.filter(edition=edition).exclude(to_item__in=known)
        for former, item in rows.order_by("pk").values_list("from_item", "to_item"):
            for choices in self._of.values():
                if ("item", former) in choices:
                    choices.setdefault(("item", item), choices["item", former])

    def handles(self, township: int, item: int, domain: int) -> bool:
        return nearest(self._of.get(township, {}), item, domain) is not False

    def left_out(self, township: int) -> Q:
        """The rows of EditionItem that `township` does not handle."""
        chosen = self._of.get(township, {})
        items = {pk: involved for (kind, pk), involved in chosen.items() if kind == "item"}
        domains = [
            pk for (kind, pk), involved in chosen.items() if kind == "domain" and not involved
        ]
        of_domains = Q(edition_domain__domain__in=domains) & ~Q(item__in=list(items))
        return Q(item__in=[pk for pk, involved in items.items() if not involved]) | of_domains
