"""End a document's force: repealed, lapsed or replaced. Its text stays, under a notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from workflows.change_rules import END_RULES, ENDING_EVENTS, Change
from workflows.enums import ChangeReason, ClearanceStatus
from workflows.models import Clearance, GatedPageMixin
from workflows.registering import enter
from workflows.rules import StandingRefused, failures

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.models import Page


@dataclass(frozen=True)
class Ending:
    """How and since when a document no longer binds; `on` is None where its own date says so."""

    kind: ChangeReason
    on: date | None
    successor: Page | None = None
    words: str = ""


class EndAction:
    """Nothing of it but kind, date and successor is shown: so no review comes first."""

    def __init__(self, page: GatedPageMixin, user: AbstractBaseUser | None, ending: Ending) -> None:
        self.page = page
        self.user = user
        self.ending = ending

    def check(self) -> None:
        """Raise StandingRefused with every reason."""
        told = self.ending
        change = Change(self.page, self.user, told.kind, told.words, told.on, told.successor)
        sentences = failures(END_RULES, change)
        if sentences:
            raise StandingRefused(sentences, self.page, self.user)

    @transaction.atomic
    def execute(self) -> None:
        self.check()
        self.write()

    def write(self) -> None:
        clearance = Clearance.objects.filter(
            page_id=self.page.pk, status=ClearanceStatus.APPLIED
        ).first()
        applied = Clearance.objects.filter(pk__in=[clearance.pk] if clearance else [])
        # The content stays as cleared; the triggers let a live row change while one is applied.
        applied.update(status=ClearanceStatus.APPLYING)
        self.page.save(update_fields=self.page.end(self.ending), clean=False)
        applied.update(status=ClearanceStatus.APPLIED)
        enter(
            self.page,
            ENDING_EVENTS[self.ending.kind],
            by=self.user,
            kind=self.ending.kind,
            reason=self.ending.words or self._successor_title(),
            clearance=clearance,
            digest=clearance.digest if clearance else "",
        )

    def _successor_title(self) -> str:
        return self.ending.successor.title if self.ending.successor else ""


class LapseAction:
    """The clock enters that a document's own period of validity is over."""

    def __init__(self, page: GatedPageMixin, on: date | None = None) -> None:
        """`on` is the day of its go-dead date; None where its own text says when."""
        self.page = page
        self.on = on

    @transaction.atomic
    def execute(self) -> None:
        EndAction(self.page, None, Ending(ChangeReason.LAPSED, self.on)).write()
