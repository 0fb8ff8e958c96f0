"""Load the fictional county 青禾县 and do the main job through the real workflow."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from catalogue_standards.models import Obligation
from cms.demo.county import COUNTY, PASSWORD, Staff, make_county, make_people
from cms.demo.desk import Desk
from cms.demo.duties import DemoDuties
from cms.demo.loader import DemoLoader
from cms.demo.main_job import MainJob
from cms.drafting_rights import sync_drafting_rights
from cms.models import SiteIdentity
from cms.obligations.computing import paused, recompute_all
from workflows.models import Clearance

ACCOUNTS = [
    ("civil-affairs-nigao", _("drafter, civil affairs bureau")),
    ("civil-affairs-shenhe", _("department reviewer, civil affairs bureau")),
    ("baomi", _("confidentiality reviewer")),
    ("qianfa", _("signatory")),
    ("mulu", _("catalogue administrator")),
    ("mulu-shenhe", _("catalogue administrator who approves")),
    ("xitong", _("system administrator")),
    ("anquan", _("security administrator")),
    ("yingji", _("emergency publisher")),
    ("shenji", _("auditor")),
]


class Command(BaseCommand):
    help = "Load a fictional county through the real workflow. Safe to repeat; may be stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--people-only", action="store_true", help=_("Organs and accounts, nothing published.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_on_a_real_site()
        with transaction.atomic():
            make_county()
            staff = make_people()
            sync_drafting_rights()
        self.stdout.write("  " + _("%(count)s organs with their people") % {"count": len(staff)})
        if not options["people_only"]:
            self._work(staff)
        self._print_accounts()

    def _work(self, staff: dict[str, Staff]) -> None:
        with paused():
            self._publish(staff)
        DemoDuties(staff, self._desk()).load()
        for _done in recompute_all():
            pass
        self.stdout.write(
            "  "
            + _("%(count)s obligations of the organs computed")
            % {"count": Obligation.objects.count()}
        )

    def _desk(self) -> Desk:
        users = get_user_model().objects
        return Desk(users.get(username="baomi"), users.get(username="qianfa"))

    def _publish(self, staff: dict[str, Staff]) -> None:
        desk = self._desk()
        for done, total, title in DemoLoader(staff, desk).run():
            if self.stdout.isatty():
                self.stdout.write(f"\r\033[K  {done}/{total} {title[:30]}", ending="")
                self.stdout.flush()
            elif done % 20 == 0 or done == total:
                self.stdout.write(f"  {done}/{total}")
        if self.stdout.isatty():
            self.stdout.write("")
        for line in MainJob(staff, desk).run():
            self.stdout.write(f"  {line}")

    def _refuse_on_a_real_site(self) -> None:
        # Its clock is simulated: no piece of a real county may ever get such a date.
        named = SiteIdentity.objects.exclude(name__in=["县人民政府", f"{COUNTY}人民政府"]).exists()
        if named or (
            Clearance.objects.exists()
            and not get_user_model().objects.filter(username="civil-affairs-nigao").exists()
        ):
            raise CommandError(
                _("This site belongs to a real county; the demo is not loaded here.")
            )

    def _print_accounts(self) -> None:
        base = settings.WAGTAILADMIN_BASE_URL
        self.stdout.write("")
        self.stdout.write(f"  {_('Public site')}  {base}/")
        self.stdout.write(f"  {_('Desk')}  {base}/admin/")
        self.stdout.write(f"  {_('Password of every demo account')}: {PASSWORD}")
        for username, role in ACCOUNTS:
            self.stdout.write(f"    {username:24} {role}")
