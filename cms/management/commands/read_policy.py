"""Show what is recognised in a policy document."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.readers.policy_docx import PolicyUnreadable, read_policy


class Command(BaseCommand):
    help = "Read a policy document (.docx) and print what is recognised in it; nothing is stored."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="path of the .docx")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reading = read_policy(options["file"]).as_dict()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except PolicyUnreadable as error:
            raise CommandError(f"{options['file']}: {error}") from error
        if options["json"]:
            self.stdout.write(json.dumps(reading, ensure_ascii=False, indent=1))
            return
        for key, value in reading.items():
            if key == "structure":
                value = "".join(
                    f"\n  {n['kind']}: {n['number'] or ''}{n['text'][:40]}" for n in value
                )
            elif key == "attachments":
                value = "; ".join(attachment["title"] for attachment in value)
            elif isinstance(value, list):
                value = " ".join(value)
            self.stdout.write(f"{key}: {'' if value is None else value}")
