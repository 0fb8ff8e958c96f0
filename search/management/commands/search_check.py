"""Compare what can be found with what is public, and mend the differences."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from search.checking import compare, mend
from search.engines.server import get_server
from search.management import progress


class Command(BaseCommand):
    help = "Compare search entries and index with the public pages, and mend the differences."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help=_("Only report; fail when anything differs.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = compare()
        for label, ids in found.by_label().items():
            self.stdout.write(f"  {label}: {len(ids)}")
        if found.failure:
            self.stderr.write(
                _("The search server could not be compared (%(reason)s).")
                % {"reason": found.failure}
            )
        if not found:
            if found.failure:
                raise CommandError(_("Run it again when the search server answers."))
            self.stdout.write(_("The search agrees with what is public."))
        elif options["dry_run"]:
            raise CommandError(_("The search differs; run it again without --dry-run to mend it."))
        else:
            mend(found)
            if server := get_server():
                progress.build_index(self.stdout, server)
            self.stdout.write(_("Mended."))
