"""The lock on pages that travel through review with another page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from wagtail.locks import BaseLock

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.models import Page


def was_refused_on_its_date(page: Page) -> bool:
    """Whether the go-live date of `page` came and it was refused then."""
    from workflows.models import Alarm, AlarmKind

    open_alarms = Alarm.objects.filter(kind=AlarmKind.GO_LIVE, ended_at=None)
    return open_alarms.filter(about=str(page.pk)).exists()


class UnderReviewLock(BaseLock):
    """Nobody edits what is being signed; taking the submission back opens it again."""

    def for_user(self, user: AbstractBaseUser) -> bool:
        return True

    def get_message(self, user: AbstractBaseUser) -> str:
        return _("Under review: take the submission back before you change anything.")

    def get_locked_by(self, user: AbstractBaseUser) -> str:
        return _("Locked while under review")

    def get_description(self, user: AbstractBaseUser) -> str:
        return _("Nobody can change content that others are signing.")
