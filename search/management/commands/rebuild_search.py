"""Make the search entries of all public pages anew, and the search server's index.

Readers search what there was before until it is replaced. Safe to stop and to repeat.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from search import entries, outbox
from search.engines.server import get_server
from search.management import progress
from search.models import FileText, TextState


class Command(BaseCommand):
    help = "Make the search entries of all public pages anew, then the index of the search server."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--index-only",
            action="store_true",
            help=_("Only the index of the search server, from the entries there are."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        server = get_server()
        if not options["index_only"]:
            # The server's index is made of the entries afterwards, and need not hear of each.
            with outbox.writes_unnoted():
                self._make_entries()
        elif server is None:
            raise CommandError(_("No search server is set; see SEARCH_URL."))
        if server:
            self.stdout.write(_("The index of the search server:"))
            progress.build_index(self.stdout, server, anew=True)

    def _make_entries(self) -> None:
        # Readers find what was there before until its entry is replaced.
        removed = entries.remove_strays()
        ids = list(entries.searchable_pages().values_list("pk", flat=True))
        done = 0
        for batch in entries.batches(ids):
            entries.sync_pages(batch)
            done += len(batch)
            progress.show(self.stdout, done, len(ids))
        self.stdout.write(
            _("%(count)s pages can be found; %(removed)s entries of others were removed")
            % {"count": len(ids), "removed": removed}
        )
        if waiting := FileText.objects.filter(state=TextState.WAITING).count():
            self.stdout.write(
                _(
                    "%(count)s attachments wait for the worker; manage.py read_attachments reads them now."
                )
                % {"count": waiting}
            )
