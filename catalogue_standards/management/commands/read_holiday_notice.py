"""manage.py read_holiday_notice FILE: show what a holiday notice arranges."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from catalogue_standards.holiday_notice import NoticeError, read_holiday_notice

_ENCODINGS = ("utf-8-sig", "gb18030")  # what Windows in China writes


class Command(BaseCommand):
    """Prints the days off and the make-up days of a notice; changes nothing."""

    help = gettext("Read the text of the State Council's yearly holiday notice.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=gettext("Text file, UTF-8 or GB 18030."))
        parser.add_argument("--json", action="store_true", help=gettext("Print JSON."))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            notice = read_holiday_notice(_text_of(options["file"]))
        except NoticeError as error:
            raise CommandError(gettext(error.message) % error.params) from error
        days = {
            "holidays": [day.isoformat() for day in notice.holidays],
            "working_weekends": [day.isoformat() for day in notice.working_weekends],
        }
        if options["json"]:
            self.stdout.write(json.dumps(days))
            return
        self.stdout.write(gettext("Arrangement of %(year)s") % {"year": notice.year})
        self.stdout.write(gettext("Days off: %(days)s") % {"days": " ".join(days["holidays"])})
        self.stdout.write(
            gettext("Make-up working days: %(days)s") % {"days": " ".join(days["working_weekends"])}
        )


def _text_of(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CommandError(
            gettext("The file %(file)s cannot be read: %(reason)s. Check its name and try again.")
            % {"file": path, "reason": error.strerror}
        ) from error
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CommandError(
        gettext("The file %(file)s is not text. Save the notice as a text file and try again.")
        % {"file": path}
    )
