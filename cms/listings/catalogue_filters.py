"""By what the catalogue's table can be narrowed: each filter with its choices."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalogue_standards.enums import Level
from catalogue_standards.models import Channel, Edition, EditionDomain, Organ
from cms.listings.catalogue_query import CatalogueQuery, Span
from cms.obligations.public import Mark


@dataclass(frozen=True)
class Filter:
    """One choice out of `options` (value and label); `is_further` is asked for less often."""

    name: str
    label: str
    everything: str
    options: list[tuple[str, str]]
    value: str
    is_further: bool = False


def catalogue_filters(
    edition: Edition | None, query: CatalogueQuery, *, states: bool
) -> list[Filter]:
    """Three queries. `states` adds how an item stands, which only an edition in force knows."""
    domains = EditionDomain.objects.filter(edition=edition).order_by("position")
    channels = Channel.objects.filter(used_by__edition_item__edition=edition).distinct()

    def choice(
        name: str, label: str, everything: str, options: list[tuple[str, str]], further: bool = True
    ) -> Filter:
        return Filter(name, label, everything, options, query.chosen.get(name, ""), further)

    found = [
        choice(
            "domain",
            _("Domain"),
            _("All domains"),
            list(domains.values_list("domain__code", "name")),
            further=False,
        ),
        choice(
            "organ",
            _("Responsible organ"),
            _("All organs"),
            list(Organ.objects.in_use().values_list("code", "name")),
            further=False,
        ),
        choice("limit", _("Time limit"), _("All time limits"), _choices(Span)),
        choice(
            "channel", _("Channel"), _("All channels"), list(channels.values_list("code", "name"))
        ),
        choice("level", _("Level"), _("All levels"), _choices(Level)),
    ]
    if states:
        found.append(choice("state", _("State"), _("Any state"), _choices(Mark)))
    return found


def _choices(words: type[Span] | type[Level] | type[Mark]) -> list[tuple[str, str]]:
    return [(word.value, str(word.label)) for word in words]
