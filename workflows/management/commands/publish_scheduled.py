"""Publish what was cleared for a later date, take down what expires, note what lapses.

Replaces Wagtail's command of the same name: each page, with those signed together with it and due,
goes in a transaction of its own and is checked again at its moment. One that is refused is logged,
raises an alarm, and holds up nobody.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from workflows.actions.end import LapseAction
from workflows.actions.publish import PublishClearedAction
from workflows.actions.take_down import ExpireAction
from workflows.alarms import report
from workflows.enums import ClearanceStatus
from workflows.models import AlarmKind, Clearance, GatedPageMixin
from workflows.publication_rules import usable_clearance
from workflows.refusals import write_refusals
from workflows.rules import PublicationRefused, Refused
from workflows.triggers import gated_models

logger = logging.getLogger("workflows.gate")


class Command(BaseCommand):
    help = "Publish pages whose cleared go-live date has come; unpublish those that expired."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", "--dryrun", action="store_true", dest="dry_run")

    def handle(self, *args: Any, **options: Any) -> None:
        refused: dict[str, str] = {}
        for bundle in bundles(self._due()):
            titles = "、".join(str(revision.content_object) for revision in bundle)
            if options["dry_run"]:
                self.stdout.write(f"{bundle[0].approved_go_live_at:%Y-%m-%d %H:%M} {titles}")
                continue
            try:
                with transaction.atomic():
                    self._publish(bundle)
                self.stdout.write(_("Published: %(title)s") % {"title": titles})
            except Exception as error:
                # Whatever it is, it holds up nobody else; the alarm below keeps it in sight.
                write_refusals()
                expected = isinstance(error, PublicationRefused)
                logger.warning("Refused at go-live: %s: %s", titles, error, exc_info=not expected)
                self.stderr.write(
                    _("Refused: %(title)s: %(why)s") % {"title": titles, "why": error}
                )
                refused |= {revision.object_id: f"{titles}: {error}" for revision in bundle}
        stayed = self._end(self._expired(), self._expire, _("Expired: %(title)s"), options)
        stayed |= self._end(self._lapsed(), self._lapse, _("Lapsed: %(title)s"), options)
        if not options["dry_run"]:
            report(AlarmKind.GO_LIVE, refused)
            report(AlarmKind.ENDING, stayed)
        if number := len(refused) + len(stayed):
            self.stderr.write(_("%(number)s pages were refused.") % {"number": number})

    def _end(
        self, pages: list[Page], act: Callable[[Page], None], told: str, options: dict[str, Any]
    ) -> dict[str, str]:
        """Let `act` end each page in a transaction of its own; returns what was refused and why."""
        refused = {}
        for page in pages:
            if options["dry_run"]:
                self.stdout.write(told % {"title": page})
                continue
            try:
                with transaction.atomic():
                    act(page)
                self.stdout.write(told % {"title": page})
            except Exception as error:
                write_refusals()
                refused[str(page.pk)] = f"{page}: {error}"
                expected = isinstance(error, Refused)
                logger.warning("Refused at its end: %s: %s", page, error, exc_info=not expected)
                self.stderr.write(_("Refused: %(title)s: %(why)s") % {"title": page, "why": error})
        return refused

    def _expire(self, page: Page) -> None:
        specific = page.specific
        if isinstance(specific, GatedPageMixin):
            ExpireAction(specific).execute()
        else:
            specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")

    def _lapse(self, page: Page) -> None:
        LapseAction(page).execute()

    def _lapsed(self) -> list[Page]:
        today = timezone.localdate()
        return [page for model in gated_models() for page in model.due_to_lapse(today)]

    def _due(self) -> list[Revision]:
        return list(
            Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by(
                "approved_go_live_at"
            )
        )

    def _publish(self, bundle: Sequence[Revision]) -> None:
        clearances = []
        for revision in bundle:
            page = revision.content_object.specific
            if not isinstance(page, GatedPageMixin):
                revision.publish(log_action="wagtail.publish.scheduled")
                continue
            clearance = usable_clearance(page)
            if clearance is None:
                raise PublicationRefused(
                    [_("“%(title)s” has no clearance.") % {"title": page.title}], page
                )
            clearances.append(clearance)
        if clearances:
            action = PublishClearedAction(clearances)
            action.check()
            action.execute()

    def _expired(self) -> list[Page]:
        return list(Page.objects.live().filter(expire_at__lt=timezone.now()))


def bundles(due: Sequence[Revision]) -> list[list[Revision]]:
    """Revisions that were signed together go public together or not at all; the lead comes first."""
    rows = (
        Clearance.objects.filter(
            page__in=[int(revision.object_id) for revision in due],
            status=ClearanceStatus.GRANTED,
        )
        .order_by("granted_at", "pk")
        .values_list("page_id", "submission_id", "submission__lead_id")
    )
    signed = {str(page): (submission, lead == page) for page, submission, lead in rows}
    together: dict[object, list[Revision]] = {}
    for revision in due:
        submission, is_lead = signed.get(revision.object_id, (f"page {revision.object_id}", False))
        bundle = together.setdefault(submission, [])
        bundle.insert(0 if is_lead else len(bundle), revision)
    return list(together.values())
