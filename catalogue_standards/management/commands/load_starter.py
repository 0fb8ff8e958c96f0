"""Load the starter edition of the standard catalogue."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from catalogue_standards.starter_loader import load_starter


class Command(BaseCommand):
    help = "Load the starter edition: 26 domains with their items. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            for line in load_starter():
                self.stdout.write(f"  {line}")
