"""Who answers for what in an edition, for all organs at once."""

from __future__ import annotations

from collections import defaultdict

from catalogue_standards.enums import EditionStatus, OrganKind, SubjectGroup
from catalogue_standards.models import (
    Edition,
    EditionItem,
    ItemSubject,
    ItemSuccession,
    Organ,
    TownshipChoice,
)


def answering(edition: Edition) -> dict[int, set[int]]:
    """The items (ids) for which each organ in use (id) must disclose, alone or as one of a group.

    As `EditionItem.objects.answered_by(organ)` for every organ; the number of queries is constant.
    Of an edition on its way, as it will be when it takes force.
    """
    named: dict[int, set[int]] = defaultdict(set)
    grouped: dict[str, set[int]] = defaultdict(set)
    rows = ItemSubject.objects.filter(edition_item__edition=edition)
    for organ, group, item in rows.values_list("organ", "group", "edition_item__item"):
        if organ:
            named[organ].add(item)
        else:
            grouped[group].add(item)
    not_handled = _not_handled(edition)
    found = {}
    for organ, kind in Organ.objects.in_use().values_list("pk", "kind"):
        groups = (grouped[group] for group in SubjectGroup.of_kind(kind))
        found[organ] = named[organ].union(*groups)
        if kind == OrganKind.TOWNSHIP:
            found[organ] -= not_handled[organ]
    return found


def _not_handled(edition: Edition) -> dict[int, set[int]]:
    """The items that each township (id) does not handle, as the county has approved."""
    about_items: dict[tuple[int, int], bool] = {}
    domains: dict[int, set[int]] = defaultdict(set)
    for organ, item, domain, involved in TownshipChoice.objects.binding().values_list(
        "organ", "item", "domain", "is_involved"
    ):
        if item:
            about_items[organ, item] = involved
        elif not involved:
            domains[organ].add(domain)
    inherited = _inherited(edition) if edition.status in EditionStatus.open() else {}
    for (organ, item), involved in list(about_items.items()):
        for successor in inherited.get(item, ()):
            about_items.setdefault((organ, successor), involved)
    found: dict[int, set[int]] = defaultdict(set)
    for organ, item in (key for key, involved in about_items.items() if not involved):
        found[organ].add(item)
    if domains:
        entries = EditionItem.objects.filter(edition=edition)
        for item, domain in entries.values_list("item", "edition_domain__domain"):
            for organ, left_out in domains.items():
                if domain in left_out and (organ, item) not in about_items:
                    found[organ].add(item)
    return found


def _inherited(edition: Edition) -> dict[int, list[int]]:
    """What is new in `edition` in an item's place; see townships.carry_on."""
    known = EditionItem.objects.in_force().values("item")
    rows = ItemSuccession.objects.filter(edition=edition).exclude(to_item__in=known)
    found: dict[int, list[int]] = defaultdict(list)
    for former, item in rows.order_by("pk").values_list("from_item", "to_item"):
        found[former].append(item)
    return found
