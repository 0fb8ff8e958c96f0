"""What lies on the demo county's desks today, so that its board shows every state."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalogue_standards.calendar import site_calendar
from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Edition, Item, Occasion, Organ
from cms.demo.content import HERE
from cms.demo.county import Staff
from cms.demo.desk import Desk
from cms.enums import Genre
from cms.languages import OWN
from cms.models import DisclosurePage, ItemPage


class DemoDuties:
    """Drafts that wait and events that were noted, counted back from the day of loading."""

    def __init__(self, staff: dict[str, Staff], desk: Desk) -> None:
        self.told: dict[str, Any] = tomllib.loads((HERE / "duties.toml").read_text("utf-8"))
        self.staff = staff
        self.desk = desk

    @transaction.atomic
    def load(self) -> int:
        """Make what is not there yet; returns how many drafts and events there are."""
        # The county's edition took force with its year: the rhythms are watched from then.
        in_force = Edition.objects.filter(status=EditionStatus.IN_FORCE)
        for edition in in_force:
            in_force.update(in_force_from=date(edition.year, 1, 1))
        for row in self.told["draft"]:
            self._draft(row)
        for row in self.told["occasion"]:
            self._occasion(row)
        return len(self.told["draft"]) + len(self.told["occasion"])

    def _draft(self, row: dict[str, Any]) -> None:
        parent = ItemPage.objects.get(item__key=row["item"], locale__language_code=OWN)
        if DisclosurePage.objects.child_of(parent).filter(title=row["title"]).exists():
            return
        page = DisclosurePage(
            title=row["title"],
            slug="",
            organ=Organ.objects.get(code=row["organ"]),
            item=parent.item,
            genre=Genre.NOTICE,
            written_on=self._ago(row["formed_days_ago"]),
            body=[{"type": "text", "value": row["html"]}],
        )
        self.desk.draft(parent, page, self.staff[row["organ"]].drafter)

    def _occasion(self, row: dict[str, Any]) -> None:
        drafter = self.staff[row["organ"]].drafter
        Occasion.objects.get_or_create(
            item=Item.objects.get(key=row["item"]),
            organ=Organ.objects.get(code=row["organ"]),
            title=row["title"],
            defaults={
                "happened_on": self._ago(row["happened_days_ago"]),
                "noted_by_name": drafter.get_full_name(),
            },
        )

    def _ago(self, working_days: int) -> Any:
        return site_calendar().add_working_days(timezone.localdate(), -working_days).date
