"""The figures and rows of the board. No query count grows with rows, organs or domains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from catalogue_standards.enums import Method, Standing
from catalogue_standards.models import Due, EditionItem, Item, Obligation, Organ
from catalogue_standards.models.duties import standing_condition
from cms.models import DutySettings
from cms.obligations.facts import DUTY_TYPES, counted, reference_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.query import PageQuerySet

    from catalogue_standards.models.organs import OrganQuerySet


@dataclass(frozen=True)
class Moment:
    """Now, and the day up to which a due date counts as due soon."""

    now: datetime
    soon: date

    @classmethod
    def present(cls) -> Self:
        site = Site.objects.filter(is_default_site=True).first()
        days = DutySettings.for_site(site).days_before if site else 7
        return cls(timezone.now(), timezone.localdate() + timedelta(days=days))

    def standing(self, row: Obligation) -> Standing:
        return row.standing_at(self.now, self.soon)

    def where(self, standing: Standing) -> Q:
        return standing_condition(standing, self.now, self.soon)

    def counts(self) -> dict[str, Count]:
        """Aggregates: `all`, and one for each standing."""
        each = {standing.value: Count("pk", filter=self.where(standing)) for standing in Standing}
        return {"all": Count("pk"), **each}


@dataclass(frozen=True)
class Asked:
    """What the board was asked to show, each by its code; "" for everything."""

    organ: str = ""
    domain: str = ""
    standing: str = ""
    q: str = ""

    @classmethod
    def by(cls, request: HttpRequest) -> Self:
        return cls(
            **{name: request.GET.get(name, "").strip()[:60] for name in cls.__dataclass_fields__}
        )


def obligations(organs: OrganQuerySet, asked: Asked) -> QuerySet[Obligation]:
    """The obligations of `organs` that were asked for, of every standing."""
    rows = Obligation.objects.filter(organ__in=organs)
    if asked.organ:
        rows = rows.filter(organ__code=asked.organ)
    if asked.domain:
        rows = rows.filter(entry__edition_domain__domain__code=asked.domain)
    if asked.q:
        named = Q(entry__name__icontains=asked.q) | Q(entry__sub_name__icontains=asked.q)
        rows = rows.filter(named | Q(entry__group__icontains=asked.q))
    return rows


def of_standing(rows: QuerySet[Obligation], asked: Asked, moment: Moment) -> QuerySet[Obligation]:
    """Those that stand as asked, the most urgent first, with all that a row shows."""
    if asked.standing in Standing.values:
        rows = rows.filter(moment.where(Standing(asked.standing)))
    missed = (
        Due.objects.open()
        .filter(item=OuterRef("item"), organ=OuterRef("organ"), closes_at__lte=moment.now)
        .order_by()
        .values("item")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rows = rows.annotate(missed=Subquery(missed))
    return rows.select_related("organ", "entry__edition_domain").order_by(
        F("closes_at").asc(nulls_last=True),
        F("newest_on").asc(nulls_first=True),
        "entry__edition_domain__position",
        "entry__position",
        "organ__path",
    )


def without_duty(organs: OrganQuerySet, organ_code: str = "") -> PageQuerySet:
    """Public pieces that meet no duty: no item, an item no longer listed, or another organ's item."""
    if organ_code:
        organs = organs.filter(code=organ_code)
    found = Q(pk__in=[])
    for model in DUTY_TYPES:
        rows = counted(model).filter(organ__in=organs)
        found |= Q(pk__in=rows.filter(_strays()).order_by().values("pk"))
    return Page.objects.filter(found).order_by("-first_published_at", "-pk")


def _strays() -> Q:
    of_item = Obligation.objects.filter(item=OuterRef("item"))
    on_request = EditionItem.objects.in_force().filter(
        item=OuterRef("item"), method=Method.ON_REQUEST
    )
    for_lead = Q(Exists(of_item), organ__commissions_drafts=True)
    answered = Q(Exists(of_item.filter(organ=OuterRef("organ"))))
    return ~answered & ~for_lead & ~Q(Exists(on_request))


def stray_rows(pages: list[Any]) -> list[dict[str, Any]]:
    """Keys page, organ, why, due (of the interpretation that is missing); three queries for any number."""
    references = [reference_of(page.pk) for page in pages]
    dues = {due.reference: due for due in Due.objects.open().filter(reference__in=references)}
    organs = Organ.objects.in_bulk({page.organ_id for page in pages})
    listed = set(
        Item.objects.filter(
            pk__in=[page.item_id for page in pages if page.item_id],
            in_editions__in=EditionItem.objects.in_force(),
        ).values_list("pk", flat=True)
    )
    return [
        {
            "page": page,
            "organ": organs[page.organ_id],
            "why": _why(page, listed),
            "due": dues.get(reference_of(page.pk)),
        }
        for page in pages
    ]


def _why(page: Any, listed: set[int]) -> str:
    if page.item_id is None:
        return _("It names no item of the catalogue.")
    if page.item_id not in listed:
        return _("Its item is no longer in the catalogue.")
    return _("Its organ does not answer for its item.")
