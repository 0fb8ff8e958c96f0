"""How much of the catalogue has anything public, by organ and domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue_standards.models import EditionDomain, Obligation, Organ
from cms.figures.heat_map import HeatCell, HeatMap, Line, Share
from cms.obligations.board import Moment
from cms.obligations.coming import late_for_the_public, soon_for_the_public
from cms.obligations.matrix import domains_in_force, rows_of


@dataclass(frozen=True)
class Totals:
    """All organs and items: how many pairs there are, and how they stand for the public."""

    items: int
    published: int
    soon: int
    late: int

    @property
    def percent(self) -> int:
        return round(100 * self.published / self.items) if self.items else 0


def totals(moment: Moment | None = None) -> Totals:
    """One query, beside the settings that say what is soon."""
    moment = moment or Moment.present()
    found = Obligation.objects.aggregate(
        items=Count("pk"),
        published=Count("pk", filter=Q(pieces__gt=0)),
        soon=Count("pk", filter=soon_for_the_public(moment)),
        late=Count("pk", filter=late_for_the_public(moment)),
    )
    return Totals(**found)


def coverage(catalogue: str, moment: Moment | None = None) -> HeatMap:
    """A row for each organ that owes anything, a column for each domain; four queries.

    `catalogue` is the address of the catalogue, where the lists behind the cells are.
    """
    moment = moment or Moment.present()
    organs = list(rows_of(Organ.objects.in_use()))
    domains = domains_in_force()
    counted: Any = (
        Obligation.objects.order_by()
        .values("organ", "entry__edition_domain")
        .annotate(
            whole=Count("pk"),
            part=Count("pk", filter=Q(pieces__gt=0)),
            late=Count("pk", filter=late_for_the_public(moment)),
        )
    )
    shares = {
        (row["organ"], row["entry__edition_domain"]): Share(row["part"], row["whole"], row["late"])
        for row in counted
    }

    def share(organ: Organ, domain: EditionDomain) -> Share:
        return shares.get((organ.pk, domain.pk), Share())

    rows = [
        Line(
            at,
            organ.short_name,
            f"{catalogue}?{urlencode({'organ': organ.code})}",
            sum((share(organ, domain) for domain in domains), Share()),
        )
        for at, organ in enumerate(organs)
    ]
    columns = [
        Line(
            at,
            domain.name,
            f"{catalogue}?{urlencode({'domain': domain.domain.code})}",
            sum((share(organ, domain) for organ in organs), Share()),
        )
        for at, domain in enumerate(domains)
    ]
    cells = [
        _cell(row, column, organ, domain, shares[organ.pk, domain.pk], catalogue)
        for row, organ in enumerate(organs)
        for column, domain in enumerate(domains)
        if (organ.pk, domain.pk) in shares
    ]
    return HeatMap(rows, columns, cells)


def in_words(share: Share) -> str:
    """For those who do not see colours: 9 of 12 items public; 1 overdue."""
    told = _("%(part)s of %(whole)s items public") % {"part": share.part, "whole": share.whole}
    if share.late:
        told += _("; %(late)s overdue") % {"late": share.late}
    return told


def _cell(
    row: int, column: int, organ: Organ, domain: EditionDomain, share: Share, catalogue: str
) -> HeatCell:
    words = _("%(organ)s, %(domain)s: %(told)s") % {
        "organ": organ.short_name,
        "domain": domain.name,
        "told": in_words(share),
    }
    query = urlencode({"organ": organ.code, "domain": domain.domain.code})
    return HeatCell(row, column, share, words, f"{catalogue}?{query}")


def days_ahead(moment: Moment) -> int:
    """How many days count as soon."""
    return (moment.soon - timezone.localtime(moment.now).date()) // timedelta(days=1)
