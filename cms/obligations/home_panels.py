"""Due dates on the desk's home: a drafter's own, a head's whole house."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from catalogue_standards.enums import Standing
from catalogue_standards.models import Obligation
from cms.obligations.access import organs_seen_by
from cms.obligations.board import Asked, Moment, of_standing
from cms.obligations.starting import starts

SHOWN = 6


class DutiesPanel(Component):
    name = "duties"
    template_name = "desk/duties/home_panel.html"
    order = 105

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        user: Any = parent_context["request"].user if parent_context else None
        moment = Moment.present()
        rows = Obligation.objects.filter(organ__in=organs_seen_by(user))
        counts = rows.aggregate(**moment.counts())
        urgent = rows.filter(moment.where(Standing.OVERDUE) | moment.where(Standing.SOON))
        shown = list(of_standing(urgent, Asked(), moment)[:SHOWN])
        begin = starts(user, shown)
        return {
            "figures": [(each, counts[each.value]) for each in Standing],
            "rows": [
                {"row": row, "standing": moment.standing(row), "start": begin.get(row.pk)}
                for row in shown
            ],
        }
