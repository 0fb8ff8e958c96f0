"""Make the search entries of all public pages anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from search import entries
from search.models import FileText, TextState


class Command(BaseCommand):
    help = "Make the search entries of all public pages anew. Safe to stop and to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        # Readers find what was there before until its entry is replaced.
        removed = entries.remove_strays()
        ids = list(entries.searchable_pages().values_list("pk", flat=True))
        done = 0
        for batch in entries.batches(ids):
            entries.sync_pages(batch)
            done += len(batch)
            self._show(done, len(ids))
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

    def _show(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r\033[K  {done}/{total}", ending="\n" if done == total else "")
            self.stdout.flush()
        elif done % 1000 == 0 or done == total:
            self.stdout.write(f"  {done}/{total}")
