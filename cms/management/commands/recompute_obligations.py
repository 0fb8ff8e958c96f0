"""Compute anew what each organ must have public, and by when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from catalogue_standards.models import Due, Obligation
from cms.obligations.computing import recompute_all


class Command(BaseCommand):
    help = "Compute all obligations and due dates anew. Safe to stop and to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stale-hours",
            type=float,
            default=0,
            metavar="HOURS",
            help=_("Only items not computed for so long: goes on where a run was stopped."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for done, total in recompute_all(timedelta(hours=options["stale_hours"])):
            self._show(done, total)
        self.stdout.write(
            _("%(obligations)s obligations, %(dues)s due dates not met yet")
            % {"obligations": Obligation.objects.count(), "dues": Due.objects.open().count()}
        )

    def _show(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r\033[K  {done}/{total}", ending="\n" if done == total else "")
            self.stdout.flush()
        elif done % 500 == 0 or done == total:
            self.stdout.write(f"  {done}/{total}")
