"""Until when a public page may be kept: the clock alone changes what pages say."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Min
from django.utils import timezone
from wagtail.models import Page

from catalogue_standards.models import Obligation

#: Seconds for which parts are shared where no page is kept.
LONGEST = 600


def next_turn(now: datetime) -> datetime:
    """The first moment after `now` at which a page may say something else (two queries).

    Midnight (validity, lateness, dates without their year), the end of an organ's time limit, the
    end of a page's term, and in any case PAGE_CACHE_SECONDS from now, or LONGEST where no page is kept.
    """
    latest = now + timedelta(seconds=settings.PAGE_CACHE_SECONDS or LONGEST)
    tomorrow = timezone.localtime(now).date() + timedelta(days=1)
    turns = [latest, timezone.make_aware(datetime.combine(tomorrow, time.min))]
    closes = Obligation.objects.filter(public_closes_at__gt=now, public_closes_at__lt=latest)
    expires = Page.objects.live().filter(expire_at__gt=now, expire_at__lt=latest)
    turns += closes.aggregate(at=Min("public_closes_at")).values()
    turns += expires.aggregate(at=Min("expire_at")).values()
    return min(turn for turn in turns if turn is not None)
