"""Decisions that stand before anybody looks: taken over from before, or because nothing is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from workflows.enums import FindingKind, Outcome

if TYPE_CHECKING:
    from workflows.models import Finding, Scan, Settlement

BATCH = 500
#: What was to be removed and stands there still is asked for anew.
CARRIED = (Outcome.JUSTIFIED, Outcome.NOT_A_FINDING, Outcome.REMOVED)


def settle_beforehand(scan: Scan, found: Sequence[Finding]) -> None:
    """Settle what was decided for the same text at the same place of the same page, and the
    document properties that the public copy no longer has. Both are shown and can be reopened."""
    from workflows.models import Settlement

    before = _decided_before(scan, found)
    now = timezone.now()
    rows = []
    for finding in found:
        earlier = before.get(finding.same_place)
        if earlier is not None and (earlier.outcome != Outcome.REMOVED or finding.cleaned_away):
            rows.append(
                Settlement(
                    finding=finding,
                    outcome=earlier.outcome,
                    ground=earlier.ground,
                    note=earlier.note,
                    user_name=earlier.user_name,
                    at=now,
                    carried_from=earlier,
                )
            )
        elif finding.cleaned_away and finding.kind == FindingKind.METADATA:
            rows.append(Settlement(finding=finding, outcome=Outcome.REMOVED, at=now))
    Settlement.objects.bulk_create(rows, batch_size=BATCH)


def _decided_before(scan: Scan, found: Sequence[Finding]) -> dict[tuple[Any, ...], Settlement]:
    from workflows.models import Settlement

    if not found:
        return {}
    rows = (
        Settlement.objects.filter(finding__scan__page=scan.page_id)
        .exclude(finding__scan=scan)
        .select_related("finding")
        .order_by("pk")
    )
    latest: dict[tuple[Any, ...], Settlement] = {}
    for settlement in rows.iterator(BATCH):
        latest[settlement.finding.same_place] = settlement
    return {place: row for place, row in latest.items() if row.outcome in CARRIED}
