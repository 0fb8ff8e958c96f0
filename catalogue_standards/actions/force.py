"""Put an edition in force at its date."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.models import Schedule
from django_q.tasks import async_task

from catalogue_standards.actions.base import EditionAction, EditionRefused
from catalogue_standards.diff import diff_editions
from catalogue_standards.edition_rules import FORCE_RULES, Acting, is_approved
from catalogue_standards.enums import EditionAct, EditionStatus
from catalogue_standards.history import note
from catalogue_standards.models import Edition
from catalogue_standards.rules import failures
from catalogue_standards.signals import edition_put_in_force
from catalogue_standards.townships import carry_on

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TASK = "catalogue_standards.tasks.put_edition_in_force"


class ForceRefused(EditionRefused):
    """The edition cannot take force, or not on that day."""


class ScheduleEditionAction(EditionAction):
    """Set the day on which an approved edition takes force; the worker does it then."""

    rules = FORCE_RULES
    refusal = ForceRefused

    def __init__(self, edition: Edition, user: User | None, on: date) -> None:
        super().__init__(edition, user)
        self.on = on

    def own_failures(self) -> list[str]:
        if self.on >= timezone.localdate():
            return []
        return [_("An edition cannot take force in the past: choose today or a later day.")]

    def apply(self) -> Edition:
        note(self.edition, EditionAct.SCHEDULED, self.user, self.on.isoformat())
        edition = self.move(in_force_from=self.on)
        name = f"edition {edition.pk}"
        Schedule.objects.filter(func=TASK, name=name).delete()
        if self.on <= timezone.localdate():
            transaction.on_commit(lambda: async_task(TASK, edition.pk, task_name=name))
        else:
            Schedule.objects.create(
                func=TASK,
                name=name,
                args=str(edition.pk),
                schedule_type=Schedule.ONCE,
                next_run=timezone.make_aware(datetime.combine(self.on, time())),
            )
        return edition


class PutInForceAction:
    """Let a dated edition bind and the one before it end, with everything that follows.

    One transaction: after a crash nothing has happened and the action may be run again; when it
    has happened, running it again does nothing.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def check(self) -> None:
        """Raise ForceRefused when the edition is not approved or its day has not come."""
        sentences = failures([is_approved], Acting(self.edition, None))
        day = self.edition.in_force_from
        if day is None or day > timezone.localdate():
            sentences.append(_("Its day of force has not come."))
        if sentences:
            raise ForceRefused(sentences)

    @transaction.atomic
    def execute(self) -> bool:
        """Whether anything had to be done."""
        # Both rows are locked in one order, so that two runs cannot wait for each other.
        rows = {
            row.pk: row
            for row in Edition.objects.select_for_update()
            .filter(status__in=[EditionStatus.APPROVED, EditionStatus.IN_FORCE])
            .order_by("pk")
        }
        self.edition = rows.get(self.edition.pk) or Edition.objects.get(pk=self.edition.pk)
        if self.edition.status == EditionStatus.IN_FORCE:
            return False
        self.check()
        previous = next((r for r in rows.values() if r.status == EditionStatus.IN_FORCE), None)
        if previous is not None:
            Edition.objects.filter(pk=previous.pk).update(
                status=EditionStatus.SUPERSEDED, superseded_on=self.edition.in_force_from
            )
            note(previous, EditionAct.SUPERSEDED, None)
        Edition.objects.filter(pk=self.edition.pk).update(status=EditionStatus.IN_FORCE)
        note(self.edition, EditionAct.PUT_IN_FORCE, None)
        self.edition.refresh_from_db()
        carry_on(self.edition)
        edition_put_in_force.send(
            sender=Edition,
            edition=self.edition,
            previous=previous,
            changes=diff_editions(previous, self.edition) if previous else None,
        )
        return True
