"""manage.py maintenance on|off|page: close the site for a while, open it again, print its page."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext, override

from cms import maintenance
from cms.languages import OWN


class Command(BaseCommand):
    """Without an argument it says whether the site is closed. It needs no database."""

    help = gettext("Close the site for maintenance, or open it again.")
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "act",
            nargs="?",
            choices=["on", "off", "page"],
            help=gettext("on: close; off: open; page: print the page, for the web server."),
        )
        parser.add_argument(
            "--note",
            default="",
            help=gettext("What readers are told: until when, and whom to call meanwhile."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "page":
            with override(OWN):
                self.stdout.write(maintenance.page(options["note"], is_away=not options["note"]))
            return
        if options["act"] == "on":
            maintenance.close(options["note"])
        elif options["act"] == "off":
            maintenance.reopen()
        note = maintenance.notice()
        if note is None:
            self.stdout.write(gettext("The site is open."))
        else:
            self.stdout.write(gettext("The site is closed. Readers are told: %s") % (note or "—"))
