"""Print the SQL that takes from the application's role on PostgreSQL what evidence forbids."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from workflows.evidence_triggers import privileges


class Command(BaseCommand):
    help = "Print REVOKE and GRANT statements for ROLE; run them as the owner of the tables."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="the role as which the site and its worker log in")

    def handle(self, *args: Any, **options: Any) -> None:
        for statement in privileges(options["role"]):
            self.stdout.write(statement)
