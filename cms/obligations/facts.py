"""What the pages tell catalogue_standards.duties: a fixed number of queries for any number of items."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import Case, CharField, Count, F, Max, Q, Subquery, Value, When, Window
from django.db.models.functions import (
    Coalesce,
    Greatest,
    Length,
    RowNumber,
    Substr,
    TruncDate,
)
from django.utils import timezone
from wagtail.models import Page

from catalogue_standards.duties.clocks import HORIZON
from catalogue_standards.duties.facts import Announcement, Facts, Piece, Question, Tally
from cms.languages import OWN
from cms.models import DisclosurePage, InterpretationPage, PolicyPage
from cms.visibility import publicly_visible
from workflows.enums import Determination

PREFIX = "page-"
#: The page types that meet a duty under an item.
DUTY_TYPES = (DisclosurePage, PolicyPage)
_NOT_OWED = (Determination.ON_REQUEST, Determination.WITHHELD)


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
    for model in DUTY_TYPES:
        pieces += _pieces(_rows(model, keys, since))
    policies = Q(item__in=keys) | Q(item=None) if None in items else Q(item__in=keys)
    return Facts(pieces, list(_announcements(policies, since)), _tallies(keys))


def answer(question: Question) -> Facts:
    """What a Question asks of the pieces under one item, in as many queries for any number of pieces."""
    keys = [question.item_id] if question.item_id is not None else []
    pages = [page for page in map(page_id_of, question.references) if page]
    since = timezone.localdate() - HORIZON
    pieces: list[Piece] = []
    for model in DUTY_TYPES:
        public = _public(model, since).filter(item__in=keys)
        wanted = Q(pk__in=pages)
        for field in ("first_published_at", "last_published_at"):
            days = [_midnight(day) for day in question.since]
            wanted |= _first_in_each(public, field, days, field, question.number)
        wanted |= _first_in_each(
            public, "written_on", question.formed, "first_published_at", question.events
        )
        pieces += _pieces(_rows(model, keys, since).filter(wanted))
    policies = Q(item=question.item_id, pk__in=pages)
    return Facts(pieces, list(_announcements(policies, since)), _tallies(keys))


def _first_in_each(
    rows: Any, field: str, starts: Sequence[date | datetime], order: str, number: int
) -> Q:
    """Of each organ, the first `number` rows by the day of `order` in each span of `field`."""
    if not starts or not number:
        return Q(pk__in=[])
    spans = [When(**{f"{field}__gte": each}, then=Value(str(each))) for each in reversed(starts)]
    place = Window(
        RowNumber(),
        partition_by=[F("organ"), Case(*spans, output_field=CharField())],
        order_by=[TruncDate(order), "pk"],
    )
    within = rows.filter(**{f"{field}__gte": starts[0]}).annotate(place=place)
    return Q(pk__in=within.filter(place__lte=number).values("pk"))


def _tallies(items: list[int]) -> dict[tuple[int, int], Tally]:
    tallies: dict[tuple[int, int], Tally] = {}
    for model in DUTY_TYPES:
        for item, organ, number, newest in _counts(model, items):
            tally = Tally(number, _day(newest))
            tallies[item, organ] = (
                tallies[item, organ] + tally if (item, organ) in tallies else tally
            )
    return tallies


def _public(model: Any, since: date) -> Any:
    rows = counted(model).filter(last_published_at__gte=_midnight(since)).order_by()
    return rows.exclude(determination__in=_NOT_OWED)


def _rows(model: Any, items: list[int], since: date) -> Any:
    """The public pieces under `items` and the drafts of others."""
    rows = model.objects.filter(item__in=items, locale__language_code=OWN)
    drafts = Q(live=False, first_published_at=None, written_on__gte=since)
    public = Q(pk__in=_public(model, since).values("pk"))
    return rows.exclude(determination__in=_NOT_OWED).filter(drafts | public)


def _pieces(rows: Any) -> Iterator[Piece]:
    fields = (
        "pk", "item", "organ", "draft_title", "written_on", "live",
        "first_published_at", "last_published_at",
    )  # fmt: skip
    for pk, item, organ, title, formed, live, first, last in rows.order_by("pk").values_list(
        *fields
    ):
        days = sorted({day for day in (_day(first), _day(last)) if day}) if live else []
        yield Piece(item, organ, reference_of(pk), title, formed, tuple(days))


def _counts(model: Any, items: list[int]) -> Any:
    # A piece that is brought up to date in place is as new as its last publication.
    newest = Max(
        Greatest("first_published_at", Coalesce("last_published_at", "first_published_at"))
    )
    rows = counted(model).filter(item__in=items).order_by()
    return rows.values_list("item", "organ").annotate(number=Count("pk"), newest=newest)


def _announcements(scope: Q, since: date) -> Iterator[Announcement]:
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


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None
