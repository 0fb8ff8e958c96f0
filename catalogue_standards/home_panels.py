"""What catalogue administrators find on the desk's home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from wagtail.admin.ui.components import Component

from catalogue_standards.calendar_warning import missing_year
from catalogue_standards.enums import ChoiceStatus, EditionStatus, ImportState
from catalogue_standards.models import (
    Edition,
    EditionDomain,
    EditionItem,
    ImportRun,
    TownshipChoice,
)
from catalogue_standards.overview import figures
from catalogue_standards.people import organ_of
from catalogue_standards.views.townships import PROPOSE

if TYPE_CHECKING:
    from django.http import HttpRequest

SHOWN = 6


class CataloguePanel(Component):
    """Editions on their way, what they lack, imports, townships, and the holidays still missing."""

    name = "catalogue"
    template_name = "catalogue/home_panel.html"
    order = 120

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        editions = Edition.objects.filter(
            status__in=[*EditionStatus.open(), EditionStatus.IN_FORCE]
        )
        runs = ImportRun.objects.exclude(state=ImportState.APPLIED).select_related("edition")
        proposed = TownshipChoice.objects.proposed().values("organ", "organ__short_name")
        return {
            "editions": [(each, [f for f in figures(each) if f.is_lack]) for each in editions],
            "runs": runs.defer("content", "reading")[:SHOWN],
            "proposals": proposed.annotate(number=Count("pk")).order_by("organ__path"),
            "missing_year": missing_year(),
        }


class TownshipPanel(Component):
    """What became of a township's own proposals."""

    name = "township"
    template_name = "catalogue/home_township.html"
    order = 120

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        user: Any = parent_context["request"].user if parent_context else None
        own = organ_of(user)
        choices = TownshipChoice.objects.filter(organ=own)
        answered = list(choices.exclude(decided_at=None).order_by("-decided_at")[:SHOWN])
        return {
            "township": own,
            "waiting": choices.filter(status=ChoiceStatus.PROPOSED).count(),
            "answered": list(zip(_names(answered), answered, strict=True)),
        }


def _names(choices: Sequence[TownshipChoice]) -> list[str]:
    """The item or domain that each is about, as the edition in force names it."""
    items = EditionItem.objects.in_force().filter(item__in=[c.item_id for c in choices])
    domains = EditionDomain.objects.filter(
        edition__status=EditionStatus.IN_FORCE, domain__in=[c.domain_id for c in choices]
    )
    of_item = {entry.item_id: entry.full_name for entry in items}
    of_domain = {entry.domain_id: entry.name for entry in domains}
    return [
        of_item.get(c.item_id or 0) or of_domain.get(c.domain_id or 0) or str(c.item or c.domain)
        for c in choices
    ]


def shows_catalogue(request: HttpRequest) -> bool:
    return request.user.has_perm("catalogue_standards.change_edition")


def shows_township(request: HttpRequest) -> bool:
    return request.user.has_perm(PROPOSE) and organ_of(request.user) is not None
