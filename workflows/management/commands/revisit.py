"""Look at everything public again, in this process, with progress (回头看)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from workflows import revisits
from workflows.models import Revisit


class Command(BaseCommand):
    help = (
        "Scan everything that is public again. Can be stopped with Ctrl-C; run again, it goes on "
        "where it stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reason", default="", help=_("Begin anew, for this reason."))

    def handle(self, *args: Any, **options: Any) -> None:
        revisit = Revisit.objects.running().first()
        if options["reason"] or revisit is None:
            revisit = revisits.start(options["reason"] or _("Asked for at the command line."))
        revisits.run(revisit, self._tell)
        self._tell(revisit)
        open_now = revisits.open_findings().count()
        self.stdout.write(_("Findings to settle: %(number)s") % {"number": open_now})

    def _tell(self, revisit: Revisit) -> None:
        self.stdout.write(f"{revisit.done}/{revisit.total}")
