"""manage.py archive_site YEAR --to DIR: the public site as files that open without a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.archive.laying import INDEX, Archive
from cms.archive.making import Fetching, SiteChanges


class Command(BaseCommand):
    """Writes to DIR/YEAR. Stopped, it goes on where it was; a finished archive is never touched."""

    help = "Keep the public site as linked files, with an index of their hashes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, help="Year under which the archive is kept.")
        parser.add_argument(
            "--to", type=Path, required=True, metavar="DIR", help="Where archives are."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        year: int = options["year"]
        if not 2000 <= year <= timezone.localdate().year:
            raise CommandError(_("An archive is of this year or of one before it."))
        folder: Path = options["to"] / str(year)
        if (folder / INDEX).exists():
            raise CommandError(
                _("%(folder)s holds a finished archive; move it away, or choose another folder.")
                % {"folder": folder}
            )
        site = Site.objects.filter(is_default_site=True).first()
        if site is None:
            raise CommandError(_("There is no site yet: run setup_site first."))
        fetching = Fetching(folder, site)
        try:
            self._show(_("Reading pages"), fetching.run())
        except SiteChanges as error:
            raise CommandError(
                _("The site changed all the time; run this again when nobody publishes.")
            ) from error
        except OSError as error:
            raise CommandError(str(error)) from error
        archive = Archive(folder, year, fetching)
        with translation.override("zh-hans"):
            self._show(_("Writing files"), archive.lay())
        size = sum(row["bytes"] for row in archive.rows) / 1024 / 1024
        self.stdout.write(
            _(
                "%(files)s files, %(size).1f MB. Begin with %(start)s; sha256sum -c SHA256SUMS checks them."
            )
            % {"files": len(archive.rows), "size": size, "start": folder / "index.html"}
        )

    def _show(self, what: str, steps: Iterator[tuple[int, int]]) -> None:
        done = total = 0
        for done, total in steps:
            if self.stdout.isatty():
                self.stdout.write(f"\r\033[K{what} {done}/{total}", ending="")
                self.stdout.flush()
            elif done % 100 == 0:
                self.stdout.write(f"{what} {done}/{total}")
        self.stdout.write(f"{what} {done}/{total}")
