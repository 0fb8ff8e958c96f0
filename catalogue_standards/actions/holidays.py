"""Adopt the State Council's notice of a year's holidays."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue_standards.holiday_notice import HolidayNotice
from catalogue_standards.models import ArrangedDay, HolidayArrangement
from catalogue_standards.rules import Refused


class NoticeRefused(Refused):
    """The notice cannot be adopted."""


class AdoptNoticeAction:
    """Let `notice` be the year's arrangement, in place of what was entered for the year before.

    A day that an earlier notice arranged, such as one at the year's end, follows the newer one.
    """

    def __init__(self, notice: HolidayNotice, source: str) -> None:
        self.notice = notice
        self.source = source.strip()

    def check(self) -> None:
        """Raise NoticeRefused when its document number is missing."""
        if not self.source:
            raise NoticeRefused([_("Give the document number of the notice.")])

    @transaction.atomic
    def execute(self) -> HolidayArrangement:
        self.check()
        arrangement, _created = HolidayArrangement.objects.update_or_create(
            year=self.notice.year, defaults={"source": self.source}
        )
        days = self.notice.overrides()
        ArrangedDay.objects.filter(arrangement=arrangement).delete()
        ArrangedDay.objects.filter(date__in=days).delete()
        ArrangedDay.objects.bulk_create(
            ArrangedDay(arrangement=arrangement, date=day, is_working=working)
            for day, working in sorted(days.items())
        )
        return arrangement
