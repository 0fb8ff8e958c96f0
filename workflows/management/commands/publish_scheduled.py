"""Publish what was cleared for a later date, and take down what expires.

Replaces Wagtail's command of the same name: each page goes in a transaction of its own, is checked
again at its moment, and one that is refused is reported and holds up nobody.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from workflows.actions.publish import PublishClearedAction
from workflows.models import Clearance, GatedPageMixin
from workflows.publication_rules import usable_clearance
from workflows.refusals import write_refusals
from workflows.rules import PublicationRefused

logger = logging.getLogger("workflows.gate")


class Command(BaseCommand):
    help = "Publish pages whose cleared go-live date has come; unpublish those that expired."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", "--dryrun", action="store_true", dest="dry_run")

    def handle(self, *args: Any, **options: Any) -> None:
        refused = 0
        for revision in self._due():
            page = revision.content_object
            if options["dry_run"]:
                self.stdout.write(f"{revision.approved_go_live_at:%Y-%m-%d %H:%M} {page}")
                continue
            try:
                with transaction.atomic():
                    self._publish(revision)
                self.stdout.write(_("Published: %(title)s") % {"title": page})
            except PublicationRefused as error:
                refused += 1
                write_refusals()
                logger.warning("Refused at go-live: %s: %s", page, error)
                self.stderr.write(_("Refused: %(title)s: %(why)s") % {"title": page, "why": error})
        for page in self._expired():
            if options["dry_run"]:
                self.stdout.write(f"{page.expire_at:%Y-%m-%d %H:%M} {page}")
                continue
            with transaction.atomic():
                page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            self.stdout.write(_("Expired: %(title)s") % {"title": page})
        if refused:
            self.stderr.write(_("%(number)s pages were refused.") % {"number": refused})

    def _due(self) -> list[Revision]:
        return list(
            Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by(
                "approved_go_live_at"
            )
        )

    def _publish(self, revision: Revision) -> None:
        page = revision.content_object.specific
        if not isinstance(page, GatedPageMixin):
            revision.publish(log_action="wagtail.publish.scheduled")
            return
        clearance: Clearance | None = usable_clearance(page)
        if clearance is None:
            raise PublicationRefused([_("“%(title)s” has no clearance.") % {"title": page}], page)
        action = PublishClearedAction([clearance])
        action.check()
        action.execute()

    def _expired(self) -> list[Page]:
        return list(Page.objects.live().filter(expire_at__lt=timezone.now()))
