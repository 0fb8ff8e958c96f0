"""Which lasting identity a row of a file has: that of its namesake in another edition, or a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from catalogue_standards.models import Domain, Edition, EditionItem, Item

ItemKey = tuple[int, tuple[str, str, str]]  # a domain's id and the names of an item in it


def identities(edition: Edition, keys: Sequence[ItemKey]) -> list[Item]:
    """An item for each key, all different and none that `edition` has already.

    The newest edition in which a namesake stood decides. New items are saved, with the domain's code
    and the next number for their key.
    """
    domains = {domain for domain, _names in keys}
    codes = dict(Domain.objects.filter(pk__in=domains).values_list("pk", "code"))
    known = _namesakes(edition, domains)
    last = _last_numbers(codes.values())
    new: list[Item] = []
    result: list[Item] = []
    used: set[int] = set()
    for key in keys:
        item = known.get(key)
        if item is None or item.pk in used:
            code = codes[key[0]]
            last[code] += 1
            item = Item(key=f"{code}-{last[code]:02d}")
            new.append(item)
        else:
            used.add(item.pk)
        result.append(item)
    Item.objects.bulk_create(new)
    return result


def _namesakes(edition: Edition, domains: Iterable[int]) -> dict[ItemKey, Item]:
    taken = edition.items.values("item")
    entries = EditionItem.objects.filter(edition_domain__domain__in=domains).exclude(item__in=taken)
    oldest_first = entries.order_by("edition__year", "edition__amendment", "position")
    return {
        (entry.edition_domain.domain_id, (entry.group, entry.name, entry.sub_name)): entry.item
        for entry in oldest_first.select_related("item", "edition_domain")
    }


def _last_numbers(codes: Iterable[str]) -> dict[str, int]:
    """For each domain's code the highest number that an item's key has after it."""
    last: dict[str, int] = dict.fromkeys(codes, 0)
    for key in Item.objects.values_list("key", flat=True):
        code, _dash, number = key.rpartition("-")
        if code in last and re.fullmatch(r"\d+", number):
            last[code] = max(last[code], int(number))
    return last
