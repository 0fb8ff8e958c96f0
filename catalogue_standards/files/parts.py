"""Writing the parts of many items at once: content, bases, organs, channels and limits."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from catalogue_standards.editing import write_limits
from catalogue_standards.files.facts import ItemFacts
from catalogue_standards.models import (
    ContentElement,
    EditionItem,
    ItemBasis,
    ItemChannel,
    ItemSubject,
    TimeLimit,
)

_PARTS = (ContentElement, ItemBasis, ItemSubject, ItemChannel)


def write_parts(
    entries: Sequence[tuple[EditionItem, ItemFacts]], same_limit: Collection[int] = ()
) -> None:
    """Make the parts of each item what its facts say; the items themselves are saved already.

    The clauses of those of `same_limit` (keys of items) stay: people may have corrected them.
    """
    for part in _PARTS:
        part.objects.filter(edition_item__in=[entry for entry, _facts in entries]).delete()
    limited = [entry for entry, _facts in entries if entry.pk not in same_limit]
    TimeLimit.objects.filter(edition_item__in=limited).delete()
    ContentElement.objects.bulk_create(
        ContentElement(edition_item=entry, sort_order=order, text=text)
        for entry, facts in entries
        for order, text in enumerate(facts.content)
    )
    ItemBasis.objects.bulk_create(
        ItemBasis(edition_item=entry, sort_order=order, basis_id=basis, article=article)
        for entry, facts in entries
        for order, (basis, article) in enumerate(facts.bases)
    )
    ItemSubject.objects.bulk_create(
        ItemSubject(edition_item=entry, sort_order=order, organ_id=organ, group=group)
        for entry, facts in entries
        for order, (organ, group) in enumerate(facts.subjects)
    )
    ItemChannel.objects.bulk_create(
        ItemChannel(edition_item=entry, sort_order=order, channel_id=channel, required=required)
        for entry, facts in entries
        for order, (channel, required) in enumerate(facts.channels)
    )
    write_limits(*limited)
