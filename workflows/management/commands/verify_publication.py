"""Compare every public page with its clearance, and name what has drifted."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from workflows.verification import drifted_pages


class Command(BaseCommand):
    help = "Compare every public page with its clearance. Exits with 1 when any has drifted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help=_("Print a list for machines."))

    def handle(self, *args: Any, **options: Any) -> None:
        drifts = list(drifted_pages())
        if options["json"]:
            rows = [
                {"page": drift.page_id, "title": drift.title, "why": drift.why} for drift in drifts
            ]
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
        else:
            for drift in drifts:
                self.stdout.write(f"{drift.page_id} {drift.title}: {drift.why}")
        if drifts:
            raise CommandError(
                _("%(number)s public pages differ from what was cleared.") % {"number": len(drifts)}
            )
        if not options["json"]:
            self.stdout.write(_("Every public page is as it was cleared."))
