"""The county at one glance: how many items each organ keeps, in each domain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from catalogue_standards.enums import OrganKind, Standing
from catalogue_standards.models import Edition, EditionDomain, Obligation, Organ
from cms.obligations.board import Moment

if TYPE_CHECKING:
    from catalogue_standards.models.organs import OrganQuerySet

#: The order in which a cell shows the worst it has.
WORST_FIRST = (Standing.OVERDUE, Standing.SOON, Standing.NEVER)


@dataclass(frozen=True)
class Cell:
    """The items of one organ within one domain; `counts` is by standing, `total` all of them."""

    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def worst(self) -> Standing | None:
        """The worst standing that occurs; KEPT where all is well, None without items."""
        if not self.total:
            return None
        return next((each for each in WORST_FIRST if self.counts.get(each)), Standing.KEPT)

    @property
    def number(self) -> int:
        """How many items stand worst."""
        return self.counts.get(self.worst, 0) if self.worst else 0

    @property
    def in_words(self) -> str:
        """For those who do not see colours: 12 items: Overdue 2, Due soon 1."""
        told = "，".join(
            f"{standing.label} {self.counts[standing]}"
            for standing in Standing
            if self.counts.get(standing)
        )
        return _("%(total)s items: %(standings)s") % {"total": self.total, "standings": told}

    def __add__(self, other: Cell) -> Cell:
        keys = self.counts.keys() | other.counts.keys()
        return Cell(
            self.total + other.total,
            {key: self.counts.get(key, 0) + other.counts.get(key, 0) for key in keys},
        )


@dataclass(frozen=True)
class Row:
    organ: Organ
    cells: list[Cell]
    total: Cell


@dataclass(frozen=True)
class Matrix:
    domains: list[EditionDomain]
    rows: list[Row]

    def totals(self) -> list[Cell]:
        """The sum of each domain over the rows shown."""
        return [
            sum((row.cells[number] for row in self.rows), Cell())
            for number in range(len(self.domains))
        ]


def rows_of(
    organs: OrganQuerySet, kind: str = "", standing: str = "", moment: Moment | None = None
) -> OrganQuerySet:
    """The organs that owe anything, of one kind or with an item that stands so, if asked."""
    owed = Obligation.objects.all()
    if standing in Standing.values:
        owed = owed.filter((moment or Moment.present()).where(Standing(standing)))
    rows = organs.filter(pk__in=owed.order_by().values("organ"))
    return rows.filter(kind=kind) if kind in OrganKind.values else rows


def domains_in_force() -> list[EditionDomain]:
    return list(
        EditionDomain.objects.filter(edition=Edition.objects.in_force()).select_related("domain")
    )


def matrix_of(organs: Sequence[Organ], moment: Moment) -> Matrix:
    """A row for each of `organs`, a column for each domain in force; two queries."""
    domains = domains_in_force()
    counted: Any = (
        Obligation.objects.filter(organ__in=[organ.pk for organ in organs])
        .order_by()
        .values("organ", "entry__edition_domain")
        .annotate(**moment.counts())
    )
    cells = {
        (row["organ"], row["entry__edition_domain"]): Cell(
            row["all"], {standing.value: row[standing.value] for standing in Standing}
        )
        for row in counted
    }
    return Matrix(domains, list(_rows(organs, domains, cells)))


def _rows(
    organs: Sequence[Organ], domains: Sequence[EditionDomain], cells: dict[tuple[int, int], Cell]
) -> Iterator[Row]:
    for organ in organs:
        own = [cells.get((organ.pk, domain.pk), Cell()) for domain in domains]
        yield Row(organ, own, sum(own, Cell()))


def whole_county(organs: OrganQuerySet, moment: Moment) -> Cell:
    """All obligations of `organs` in one figure."""
    row = Obligation.objects.filter(Q(organ__in=organs)).aggregate(**moment.counts())
    return Cell(row["all"], {standing.value: row[standing.value] for standing in Standing})
