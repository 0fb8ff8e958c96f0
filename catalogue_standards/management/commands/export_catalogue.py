"""manage.py export_catalogue FILE --edition YEAR: write an edition as the official table."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from catalogue_standards.files.docx_writing import export_docx
from catalogue_standards.files.xlsx_writing import export_xlsx
from catalogue_standards.models import Edition

_WRITERS = {".xlsx": export_xlsx, ".docx": export_docx}


class Command(BaseCommand):
    """The ending of FILE chooses the format."""

    help = gettext("Export an edition of the standard catalogue as xlsx or docx.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=gettext("File to write: .xlsx or .docx."))
        parser.add_argument(
            "--edition", type=int, required=True, help=gettext("Year of the edition.")
        )
        parser.add_argument(
            "--amendment",
            type=int,
            help=gettext("Number of the amendment; the newest if not given."),
        )
        parser.add_argument(
            "--official-only",
            action="store_true",
            help=gettext("Leave out 五公开 and notes, which the official layout does not have."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        write = _WRITERS.get(path.suffix.lower())
        if write is None:
            raise CommandError(gettext("Give the file a name that ends in .xlsx or .docx."))
        editions = Edition.objects.filter(year=options["edition"]).order_by("-amendment")
        if options["amendment"] is not None:
            editions = editions.filter(amendment=options["amendment"])
        edition = editions.first()
        if edition is None:
            years = ", ".join(map(str, Edition.objects.values_list("year", flat=True).distinct()))
            raise CommandError(
                gettext("There is no such edition. There are editions of: %(years)s.")
                % {"years": years or "—"}
            )
        path.write_bytes(write(edition, further=not options["official_only"]))
        self.stdout.write(
            gettext("%(edition)s was written to %(file)s.") % {"edition": edition, "file": path}
        )
