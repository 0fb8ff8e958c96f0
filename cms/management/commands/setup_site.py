"""Make the frame of the site and bring it in step with the catalogue in force."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from cms.drafting_rights import sync_drafting_rights
from cms.places import ensure_frames
from cms.structure import ensure_frame, sync_catalogue


class Command(BaseCommand):
    help = "Make home, sections, domain and item pages and drafters' rights. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            ensure_frame()
            ensure_frames()
            made = sum(1 for _line in sync_catalogue())
            changed = sync_drafting_rights()
        self.stdout.write(
            "  "
            + _("%(made)s item pages made, %(changed)s drafting rights changed")
            % {"made": made, "changed": changed}
        )
