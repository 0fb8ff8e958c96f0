"""What the names of an item must be."""

from __future__ import annotations

from django.utils.translation import gettext as _

from catalogue_standards.models import EditionItem
from catalogue_standards.rules import Rule


def has_a_name(entry: EditionItem) -> str | None:
    if entry.name.strip():
        return None
    return _("The item needs a name: fill in the second-level item.")


def named_unlike_others(entry: EditionItem) -> str | None:
    """Files tell the items of a domain apart by their names."""
    namesakes = EditionItem.objects.filter(
        edition_domain=entry.edition_domain_id,
        group=entry.group,
        name=entry.name,
        sub_name=entry.sub_name,
    )
    if not namesakes.exclude(pk=entry.pk).exists():
        return None
    return _("Another item of this domain has the same names: give this one a different name.")


NAMING_RULES: list[Rule[EditionItem]] = [has_a_name, named_unlike_others]
