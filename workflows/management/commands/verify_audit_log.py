"""Verify the audit log's chain of hashes, and name the first broken row."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from workflows.audit_verification import verify_chain


class Command(BaseCommand):
    help = "Verify the audit log. Exits with 1 and names the first row that is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--checkpoint",
            type=_checkpoint,
            metavar="SEQUENCE:HASH",
            help="what an earlier run printed; the log must still contain it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        def tell(rows: int) -> None:
            if options["verbosity"] > 0:
                self.stderr.write(_("%(number)s rows verified …") % {"number": rows})

        chain = verify_chain(options["checkpoint"], tell)
        if chain.broken:
            raise CommandError(chain.broken)
        self.stdout.write(
            _("All %(number)s rows are as they were written.") % {"number": chain.rows}
        )
        self.stdout.write(
            _("Checkpoint, to be kept elsewhere: %(checkpoint)s")
            % {"checkpoint": f"{chain.rows}:{chain.last_hash}"}
        )


def _checkpoint(text: str) -> tuple[int, str]:
    sequence, _colon, digest = text.partition(":")
    if not sequence.isdigit() or len(digest) != 64:
        raise ArgumentTypeError("give the sequence number and the hash, as an earlier run printed")
    return int(sequence), digest
