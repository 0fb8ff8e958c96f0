"""What the pages tell catalogue_standards.duties: a fixed number of queries for any number of items."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Max, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, Length, Substr
from django.utils import timezone
from wagtail.models import Page

from catalogue_standards.duties.clocks import HORIZON
from catalogue_standards.duties.facts import Announcement, Facts, Piece, Tally
from cms.languages import OWN
from cms.models import DisclosurePage, InterpretationPage, PolicyPage
from cms.visibility import publicly_visible
from workflows.enums import Determination

PREFIX = "page-"
#: The page types that meet a duty under an item.
DUTY_TYPES = (DisclosurePage, PolicyPage)


def reference_of(page_id: int) -> str:
    return f"{PREFIX}{page_id}"


def page_id_of(reference: str) -> int | None:
    """The page that a reference names; None where it names none."""
    number = reference.removeprefix(PREFIX)
    return int(number) if reference.startswith(PREFIX) and number.isdigit() else None


def counted(model: Any) -> Any:
    """What meets a duty: the public pieces of a type, each in the site's own language alone."""
    return publicly_visible(model).filter(locale__language_code=OWN)


def report(items: Collection[int | None]) -> Facts:
    """The pieces, drafts and policies under `items`; None among them stands for policies without one."""
    keys = [item for item in items if item is not None]
    since = timezone.localdate() - HORIZON
    pieces: list[Piece] = []
    tallies: dict[tuple[int, int], Tally] = {}
    for model in DUTY_TYPES:
        pieces += _pieces(model, keys, since)
        for item, organ, number, newest in _tallies(model, keys):
            tally = Tally(number, _day(newest))
            tallies[item, organ] = (
                tallies[item, organ] + tally if (item, organ) in tallies else tally
            )
    return Facts(pieces, list(_announcements(keys, None in items, since)), tallies)


def _pieces(model: Any, items: list[int], since: date) -> Iterator[Piece]:
    rows = model.objects.filter(item__in=items, locale__language_code=OWN).exclude(
        determination__in=[Determination.ON_REQUEST, Determination.WITHHELD]
    )
    public = counted(model).filter(last_published_at__date__gte=since)
    drafts = Q(live=False, first_published_at=None, written_on__gte=since)
    fields = (
        "pk", "item", "organ", "draft_title", "written_on", "live",
        "first_published_at", "last_published_at",
    )  # fmt: skip
    for pk, item, organ, title, formed, live, first, last in (
        rows.filter(drafts | Q(pk__in=public.order_by().values("pk")))
        .order_by("pk")
        .values_list(*fields)
    ):
        days = sorted({day for day in (_day(first), _day(last)) if day}) if live else []
        yield Piece(item, organ, reference_of(pk), title, formed, tuple(days))


def _tallies(model: Any, items: list[int]) -> Any:
    # A piece that is brought up to date in place is as new as its last publication.
    newest = Max(
        Greatest("first_published_at", Coalesce("last_published_at", "first_published_at"))
    )
    rows = counted(model).filter(item__in=items).order_by()
    return rows.values_list("item", "organ").annotate(number=Count("pk"), newest=newest)


def _announcements(items: list[int], without_item: bool, since: date) -> Iterator[Announcement]:
    scope = Q(item__in=items) | Q(item=None) if without_item else Q(item__in=items)
    policies = (
        counted(PolicyPage)
        .filter(scope, first_published_at__date__gte=since, no_interpretation_ground="")
        .order_by()
    )
    above = Substr("path", 1, Length("path") - Page.steplen)
    explained: dict[str, datetime] = {}
    for path, at in (
        counted(InterpretationPage)
        .annotate(above=above)
        .filter(above__in=Subquery(policies.values("path")))
        .order_by("first_published_at")
        .values_list("above", F("first_published_at"))
    ):
        explained.setdefault(path, at)
    for pk, path, item, organ, title, at in policies.values_list(
        "pk", "path", "item", "organ", "title", "first_published_at"
    ):
        published = _day(at)
        if published:
            yield Announcement(
                item, organ, reference_of(pk), title, published, _day(explained.get(path))
            )


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None
