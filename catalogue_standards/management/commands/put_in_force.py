"""manage.py put_in_force: what the worker does at midnight, for sites that prefer cron."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from catalogue_standards.actions.force import PutInForceAction
from catalogue_standards.tasks import due_editions


class Command(BaseCommand):
    help = "Put approved editions in force whose day has come. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        due = list(due_editions())
        for edition in due:
            PutInForceAction(edition).execute()
            self.stdout.write("  " + _("“%(edition)s” is in force.") % {"edition": edition})
        if not due:
            self.stdout.write("  " + _("No edition is due."))
