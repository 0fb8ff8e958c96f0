"""Reminders: to drafters before a due date, to heads after it, each once.

Two steps, each in transactions of its own, so that a crash between any two loses nothing: first
what to tell is written down, unique for each person; then each person's unsent digests are sent.
A message carries an identifier made of person and day, so that one sent twice after a crash in
the very moment of sending is known as the same.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from catalogue_standards.calendar_warning import missing_year
from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Due, EditionItem, Obligation, Organ
from cms.models import Digest, DutySettings, Reminder, ReminderKind
from workflows.enums import Role
from workflows.models import Membership, RoleGroup

logger = logging.getLogger("cms.obligations")

#: What could not be sent is tried again so long, then it is old news.
TRY_FOR = timedelta(days=7)
BATCH = 200
_SHOWN = 100  # lines of one message


class Notice(NamedTuple):
    user_id: int
    kind: ReminderKind
    about: str
    sentence: str
    address: str


class UnsentDigests(Exception):
    """Some messages could not be sent; the worker tries the task again."""


def remind() -> int:
    """Nightly, by the worker; returns how many new reminders there were.

    Raises UnsentDigests when the mail server refused any, after all others were sent.
    """
    with translation.override(settings.LANGUAGE_CODE):
        number = write_down(_notices())
        send_digests()
    return number


def write_down(notices: Iterable[Notice], day: date | None = None) -> int:
    """Keep what is told for the first time, a person at a time; returns how many that were."""
    by_person: dict[int, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_person[notice.user_id].append(notice)
    return sum(
        _write_for(user, told, day or timezone.localdate()) for user, told in by_person.items()
    )


@transaction.atomic
def _write_for(user_id: int, notices: list[Notice], day: date) -> int:
    known = set(
        Reminder.objects.filter(
            user=user_id, about__in=[notice.about for notice in notices]
        ).values_list("kind", "about")
    )
    new = [notice for notice in notices if (notice.kind.value, notice.about) not in known]
    if not new:
        return 0
    digest, _created = Digest.objects.get_or_create(user_id=user_id, day=day)
    if digest.sent_at:
        # Today's message has gone; what came up since is tomorrow's.
        digest, _created = Digest.objects.get_or_create(
            user_id=user_id, day=day + timedelta(days=1)
        )
    Reminder.objects.bulk_create(
        (Reminder(digest=digest, **notice._asdict()) for notice in new), ignore_conflicts=True
    )
    return len(new)


def send_digests() -> int:
    """Send every digest that is due and unsent, each in its own transaction; returns how many went."""
    if not _settings().sends_mail:
        return 0
    today = timezone.localdate()
    waiting = (
        Digest.objects.filter(sent_at=None, day__lte=today, day__gt=today - TRY_FOR)
        .filter(user__is_active=True)
        .exclude(user__email="")
        .order_by("day", "pk")
    )
    sent, failed = 0, 0
    for pk in list(waiting.values_list("pk", flat=True)):
        try:
            sent += _send(pk)
        except OSError as error:  # what smtplib and sockets raise
            failed += 1
            logger.error("Digest %s could not be sent: %s", pk, error)
    if failed:
        raise UnsentDigests(
            _("%(failed)s messages could not be sent; %(sent)s were.")
            % {"failed": failed, "sent": sent}
        )
    return sent


@transaction.atomic
def _send(pk: int) -> bool:
    # Whoever sends it holds its row; another worker finds it taken, or sent.
    digest = (
        Digest.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("user")
        .filter(pk=pk, sent_at=None)
        .first()
    )
    if digest is None:
        return False
    digest.sent_at = timezone.now()
    digest.save(update_fields=["sent_at"])
    _message(digest).send()
    return True


def _message(digest: Digest) -> EmailMessage:
    told: dict[str, list[Reminder]] = {kind.value: [] for kind in ReminderKind}
    number = digest.reminders.count()
    for reminder in digest.reminders.all()[:_SHOWN]:
        told[reminder.kind].append(reminder)
    base = settings.WAGTAILADMIN_BASE_URL
    text = render_to_string(
        "mail/duties.txt",
        {
            "groups": [(kind.label, told[kind]) for kind in ReminderKind if told[kind]],
            "more": number - _SHOWN,
            "base": base,
            "board": f"{base}{reverse('cms_duties')}",
            "user": digest.user,
        },
    )
    host = urlsplit(base).hostname or "localhost"
    return EmailMessage(
        _("Disclosure duties: %(number)s reminders") % {"number": number},
        text,
        to=[digest.user.email],
        headers={"Message-ID": f"<duties-{digest.day:%Y%m%d}-{digest.user_id}@{host}>"},
    )


def _settings() -> DutySettings:
    site = Site.objects.filter(is_default_site=True).first()
    found: DutySettings = DutySettings.for_site(site) if site else DutySettings()
    return found


def _notices() -> Iterator[Notice]:
    chosen, now = _settings(), timezone.now()
    soon = timezone.localdate() + timedelta(days=chosen.days_before)
    open_dues = Due.objects.open().select_related("organ")
    yield from _about(
        open_dues.filter(closes_at__gt=now, due_on__lte=soon), ReminderKind.BEFORE, Role.DRAFTER
    )
    late = now - timedelta(days=chosen.days_after)
    yield from _about(
        open_dues.filter(closes_at__lte=late), ReminderKind.AFTER, Role.DEPARTMENT_REVIEWER
    )
    yield from _about_calendar()


def _about(dues: Any, kind: ReminderKind, role: Role) -> Iterator[Notice]:
    people = _people(role)
    if not people:
        return
    rows = list(dues.order_by("due_on", "pk"))
    items = {due.item_id for due in rows if due.item_id}
    names = {
        entry.item_id: entry.full_name
        for entry in EditionItem.objects.filter(
            item__in=items, edition__status=EditionStatus.IN_FORCE
        )
    }
    addresses = {
        (item, organ): reverse("cms_duty", args=[pk])
        for pk, item, organ in Obligation.objects.filter(item__in=items).values_list(
            "pk", "item", "organ"
        )
    }
    board = reverse("cms_duties")
    for due in rows:
        address = addresses.get((due.item_id, due.organ_id), board)
        sentence = _sentence(due, names.get(due.item_id or 0, ""))
        for user in people.get(due.organ_id, ()):
            yield Notice(user, kind, due.key, sentence, address)


def _sentence(due: Due, item: str) -> str:
    what = "，".join(part for part in (item, due.title or str(due.get_clock_display())) if part)
    told = _("%(organ)s: %(what)s, due %(day)s") % {
        "organ": due.organ.short_name,
        "what": what,
        "day": due.due_on.isoformat(),
    }
    return f"{told}（{_('Provisional')}）"[:500] if due.provisional else told[:500]


def _people(role: Role) -> dict[int, list[int]]:
    """Who holds `role` for each organ: its own people, or else those of the organ next above it."""
    groups = RoleGroup.objects.filter(role=role).values("group")
    members = Membership.objects.filter(user__is_active=True, user__groups__in=groups).distinct()
    own: dict[str, list[int]] = defaultdict(list)
    for path, user in members.order_by("user").values_list("organ__path", "user"):
        own[path].append(user)
    found = {}
    for pk, path in Organ.objects.in_use().values_list("pk", "path"):
        above = (path[:length] for length in range(len(path), 0, -Organ.steplen))
        found[pk] = next((own[step] for step in above if step in own), [])
    return found


def _about_calendar() -> Iterator[Notice]:
    year = missing_year()
    if year is None:
        return
    sentence = _(
        "The holidays of %(year)s have not been entered. Until then deadlines that reach into it"
        " are provisional."
    ) % {"year": year}
    groups = RoleGroup.objects.filter(role=Role.CATALOGUE_ADMIN).values("group")
    admins = get_user_model().objects.filter(is_active=True, groups__in=groups).distinct()
    for user in admins.order_by("pk").values_list("pk", flat=True):
        yield Notice(
            user, ReminderKind.CALENDAR, f"{year}", sentence, reverse("catalogue_holidays:notice")
        )
