"""What catalogue administrators find on the desk's home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wagtail.admin.ui.components import Component

from catalogue_standards.calendar_warning import missing_year
from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Edition

if TYPE_CHECKING:
    from django.http import HttpRequest


class CataloguePanel(Component):
    """Editions on their way, and the holiday arrangement that is still missing."""

    name = "catalogue"
    template_name = "catalogue/home_panel.html"
    order = 120

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        return {
            "editions": Edition.objects.filter(
                status__in=[*EditionStatus.open(), EditionStatus.IN_FORCE]
            ),
            "missing_year": missing_year(),
        }


def shows_catalogue(request: HttpRequest) -> bool:
    return request.user.has_perm("catalogue_standards.change_edition")
