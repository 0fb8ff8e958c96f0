"""The county's own words for the segmenter: its organs, domains, items and synonyms."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import EditionDomain, EditionItem, Organ, OrganAlias
from search.models import SynonymGroup

# Longer names of items are sentences; as single words they would only be found where they stand whole.
LONGEST_ITEM_WORD = 6


@transaction.atomic
def county_words() -> Iterator[str]:
    """Words that a general dictionary does not hold. Six queries, when the dictionary is built."""
    words: list[str] = []
    for names in Organ.objects.values_list("name", "short_name"):
        words += names
    words += OrganAlias.objects.values_list("name", flat=True)
    words += EditionDomain.objects.filter(edition__status=EditionStatus.IN_FORCE).values_list(
        "name", flat=True
    )
    for name, group in EditionItem.objects.in_force().values_list("name", "group"):
        words += [word for word in (name, group) if len(word) <= LONGEST_ITEM_WORD]
    for synonyms in SynonymGroup.objects.all():
        words += synonyms.word_list
    return iter(dict.fromkeys(words))
