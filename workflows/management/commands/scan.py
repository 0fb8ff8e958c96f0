"""`manage.py scan FILE... --json`: what a file says that must not be published.

Needs neither a running site nor a database: a member of staff may try a file before it is sent in.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.scanning import Finding, Limits, scan_file

_SHOWN = ("file", "place", "kind", "severity", "excerpt")


class Command(BaseCommand):
    help = "Scan files for personal data, secrecy marks and hidden content."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print a list of findings as JSON")
        parser.add_argument("--dictionary", type=Path, help="a text file of terms, one to a line")
        parser.add_argument("--k", type=int, default=3, help="smallest group a table may show")
        parser.add_argument(
            "--seconds", type=float, default=Limits().seconds, help="limit for each file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["k"] < 2:
            raise CommandError("--k must be at least 2.")
        terms = _terms(options["dictionary"])
        limits = Limits(seconds=options["seconds"])
        found: list[Finding] = []
        for name in options["files"]:
            path = Path(name)
            if not path.is_file():
                raise CommandError(f"There is no file {name}. Check the path and try again.")
            for finding in scan_file(
                path, path.name, limits=limits, dictionary=terms, k=options["k"]
            ):
                found.append(finding)
                if not options["json"]:
                    self.stdout.write(_line(name, finding))
        if options["json"]:
            self.stdout.write(json.dumps(_rows(found), ensure_ascii=False, indent=1))


def _rows(found: list[Finding]) -> list[dict[str, str | int]]:
    return [{key: finding.as_dict()[key] for key in _SHOWN} for finding in found]


def _line(name: str, finding: Finding) -> str:
    return f"{name}: {finding.place} [{finding.kind}/{finding.severity}] {finding.excerpt} {finding.message}"


def _terms(path: Path | None) -> list[str]:
    if path is None:
        return []
    return [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
