"""Remembering how a file spells what the county has, so that the next file is understood at once."""

from __future__ import annotations

from catalogue_standards.files.corrections import Corrections
from catalogue_standards.models import Channel, LegalBasis, OrganAlias


def remember_spellings(corrections: Corrections) -> None:
    """Add each explained name to what it means; those of domains and of groups are not kept."""
    for name, what in corrections.meaning("organ"):
        if not what.startswith("@") and len(name) <= _LONGEST_ORGAN:
            OrganAlias.objects.get_or_create(organ_id=int(what), name=name)
    for name, what in corrections.meaning("channel"):
        _add_alias(Channel, int(what), name)
    for key, what in corrections.meaning("basis"):
        _add_alias(LegalBasis, int(what), key.partition("\t")[0])


_LONGEST_ORGAN: int = OrganAlias._meta.get_field("name").max_length or 0


def _add_alias(model: type[Channel | LegalBasis], pk: int, name: str) -> None:
    row = model._default_manager.select_for_update().get(pk=pk)
    own = row.name if isinstance(row, Channel) else row.title
    if name not in (own, *row.aliases):
        row.aliases = [*row.aliases, name]
        row.save(update_fields=["aliases"])
