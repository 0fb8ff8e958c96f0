"""Read the texts of the public pages' attachments now, instead of leaving them to the worker."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from search.models import FileText, TextState
from search.reading import read_file


class Command(BaseCommand):
    help = "Read the attachments that still wait to be searched. Safe to stop and to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help=_("Read every file anew, not only those waiting.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        texts = FileText.objects.order_by("digest").exclude(attached=None)
        if not options["again"]:
            texts = texts.filter(state=TextState.WAITING)
        digests = list(texts.values_list("digest", flat=True))
        for done, digest in enumerate(digests, 1):
            read_file(digest)
            self._show(done, len(digests))
        self.stdout.write(_("%(count)s files were read") % {"count": len(digests)})
        self._report()

    def _show(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r\033[K  {done}/{total}", ending="\n" if done == total else "")
            self.stdout.flush()
        elif done % 100 == 0 or done == total:
            self.stdout.write(f"  {done}/{total}")

    def _report(self) -> None:
        """Files whose text nobody can find, with what to do about each."""
        failed = FileText.objects.filter(state=TextState.FAILED).exclude(attached=None)
        for text in failed.prefetch_related("attached__attachment"):
            title = text.attached.all()[0].attachment.title
            self.stdout.write(f"  {title}: {text.reason}")
