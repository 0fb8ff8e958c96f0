"""manage.py import_catalogue FILE --edition YEAR: bring a county's catalogue file into a draft."""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext

from catalogue_standards.files import CatalogueFileError, CatalogueReading, Problem, read_catalogue
from catalogue_standards.files.applying import NotApplicable, apply_matching, draft_edition
from catalogue_standards.files.as_json import as_json
from catalogue_standards.files.matching import Matching, match
from catalogue_standards.files.register import Register
from catalogue_standards.files.unknowns import add_bases, add_channels, add_domains
from catalogue_standards.models import Edition, EditionDomain
from catalogue_standards.rules import Refused


class Command(BaseCommand):
    """Reads, matches and applies; with --dry-run it only tells what it understood."""

    help = gettext(
        "Import a standard catalogue from an xlsx, docx or csv file into a draft edition."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=gettext("The xlsx, docx or csv file."))
        parser.add_argument(
            "--edition", type=int, required=True, help=gettext("Year of the edition.")
        )
        parser.add_argument("--dry-run", action="store_true", help=gettext("Write nothing."))
        parser.add_argument(
            "--json", action="store_true", help=gettext("With --dry-run: print the rows as JSON.")
        )
        parser.add_argument(
            "--domain",
            default="",
            help=gettext("The domain of a table that does not name its own."),
        )
        parser.add_argument(
            "--accept-unknown",
            action="store_true",
            help=gettext("Enter unknown domains, legal bases and channels as new. Never organs."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["json"] and not options["dry_run"]:
            raise CommandError(gettext("--json shows a reading: give --dry-run with it."))
        try:
            reading = self._read(options)
            if options["json"]:
                self.stdout.write(json.dumps(as_json(reading), ensure_ascii=False, indent=1))
                self._tell(reading.problems)
            elif options["dry_run"]:
                edition = Edition.objects.filter(year=options["edition"]).first()
                self._tell(match(reading, Register.load(edition)).problems)
            else:
                self._apply(reading, options)
        except (CatalogueFileError, NotApplicable) as error:
            raise CommandError(gettext(error.message) % error.params) from error
        except Refused as error:
            raise CommandError(" ".join(error.sentences)) from error

    def _read(self, options: dict[str, Any]) -> CatalogueReading:
        def progress(table: str, count: int) -> None:
            if not options["json"]:
                told = {"table": table, "count": count}
                self.stdout.write(gettext("%(table)s: %(count)s items") % told)

        try:
            return read_catalogue(
                options["file"],
                str(options["file"]),
                domains=_domain_names(),
                domain=options["domain"],
                progress=progress,
            )
        except OSError as error:
            raise CommandError(
                gettext(
                    "The file %(file)s cannot be read: %(reason)s. Check its name and try again."
                )
                % {"file": options["file"], "reason": error.strerror}
            ) from error

    @transaction.atomic
    def _apply(self, reading: CatalogueReading, options: dict[str, Any]) -> None:
        edition = draft_edition(options["edition"])
        matching = match(reading, Register.load(edition))
        if options["accept_unknown"]:
            matching = self._accept(edition, reading, matching)
        self._tell(matching.problems)
        applied = apply_matching(edition, matching)
        self.stdout.write(
            gettext(
                "%(edition)s: %(added)s items added, %(changed)s changed, %(unchanged)s unchanged, "
                "%(removed)s removed."
            )
            % {"edition": edition, **vars(applied)}
        )

    def _accept(self, edition: Edition, reading: CatalogueReading, matching: Matching) -> Matching:
        counts = {
            "domains": add_domains(edition, matching.unknown("domain")),
            "bases": add_bases(matching.unknown("basis")),
            "channels": add_channels(matching.unknown("channel")),
        }
        self.stdout.write(
            gettext("New: %(domains)s domains, %(bases)s legal bases, %(channels)s channels.")
            % counts
        )
        return match(reading, Register.load(edition))

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        """Each problem once with its first place, and in how many more places it recurs."""
        sentences = [(gettext(p.message) % p.params, p) for p in problems]
        counts = Counter(sentence for sentence, _problem in sentences)
        first = dict(reversed(sentences))
        for sentence, count in counts.items():
            problem = first[sentence]
            mark = "✗" if problem.blocking else "·"
            more = (
                gettext(" (and %(count)s more places)") % {"count": count - 1} if count > 1 else ""
            )
            self.stderr.write(f"{mark} {problem.place or ''} {sentence}{more}")


def _domain_names() -> list[str]:
    """The county's own names of domains; none where the database has not been set up yet."""
    try:
        return list(EditionDomain.objects.values_list("name", flat=True).distinct())
    except DatabaseError:
        return []
