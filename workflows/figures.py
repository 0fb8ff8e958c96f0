"""The county's figures: what scans found, of which kind, where, and how it was settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from workflows.enums import FindingKind, Outcome, ScanStatus
from workflows.models import Finding, Scan

#: Outcomes in the order of the table; the last column holds what is open still.
COLUMNS = (Outcome.REMOVED, Outcome.MASKED, Outcome.JUSTIFIED, Outcome.NOT_A_FINDING)


@dataclass
class Row:
    """`settled` counts by outcome, `open` what nobody has decided."""

    name: str
    settled: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COLUMNS, 0))
    open: int = 0

    @property
    def total(self) -> int:
        return sum(self.settled.values()) + self.open

    @property
    def cells(self) -> list[int]:
        return [self.total, *self.settled.values(), self.open]


@dataclass(frozen=True)
class Figures:
    by_kind: list[Row]
    by_organ: list[Row]
    headings: list[str]


def figures(since: date | None = None, until: date | None = None) -> Figures:
    """Counted over the last scan of each page of each submission, and of each second look.

    `since` and `until` bound the day of the scan, both included. One query.
    """
    scans = Scan.objects.filter(status=ScanStatus.DONE)
    if since:
        scans = scans.filter(finished_at__date__gte=since)
    if until:
        scans = scans.filter(finished_at__date__lte=until)
    latest = scans.order_by().values("submission", "page", "occasion").annotate(last=Max("pk"))
    rows = (
        Finding.objects.filter(scan__in=latest.values("last"))
        .with_state()
        .order_by()
        .values_list("kind", "scan__organ_name", "outcome")
        .annotate(Count("pk"))
    )
    kinds: dict[str, Row] = {kind: Row(str(label)) for kind, label in FindingKind.choices}
    organs: dict[str, Row] = defaultdict(lambda: Row(""))
    for kind, organ, outcome, number in rows:
        organs[organ].name = organ or _("Without an organ")
        for row in (kinds[kind], organs[organ]):
            _add(row, outcome, number)
    found = [row for row in kinds.values() if row.total]
    return Figures(found, _largest_first(organs), _headings())


def _add(row: Row, outcome: str | None, number: int) -> None:
    if outcome in row.settled:
        row.settled[outcome] += number
    else:
        row.open += number


def _largest_first(rows: Mapping[str, Row]) -> list[Row]:
    return sorted(rows.values(), key=lambda row: (-row.total, row.name))


def _headings() -> list[str]:
    return [_("Found"), *(str(outcome.label) for outcome in COLUMNS), _("Open")]
