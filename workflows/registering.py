"""Entering what happened to a page in the publication register (登记备案)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from workflows.enums import ChangeReason, Extent, RegisterEvent
from workflows.models.clearance import RegisterEntry
from workflows.models.names import display_name

if TYPE_CHECKING:
    from workflows.models.gated import GatedPageMixin

REASON_LENGTH = 300


def enter(
    page: GatedPageMixin,
    event: RegisterEvent,
    *,
    by: Any,
    kind: ChangeReason | None = None,
    reason: str = "",
    **fields: Any,
) -> RegisterEntry:
    """One row about `page` as it stands now. `by` is None where the clock acted."""
    return RegisterEntry.objects.create(
        event=event,
        at=timezone.now(),
        page_id=page.pk,
        title=page.title,
        url_path=page.url_path,
        index_number=getattr(page, "index_number", ""),
        organ_name=page.organ.name,
        extent=page.extent,
        withheld=page.withheld,
        ground=page.ground if page.extent != Extent.FULL else "",
        reason_kind=kind or "",
        reason=reason[:REASON_LENGTH],
        by=by,
        by_name=display_name(by),
        **fields,
    )


def last_event(page_id: int) -> RegisterEvent | None:
    """What happened last to this page's being public, moves and confirmations aside."""
    aside = (RegisterEvent.MOVED, RegisterEvent.CONFIRMED)
    events = RegisterEntry.objects.filter(page_id=page_id).exclude(event__in=aside)
    event = events.order_by("-at", "-pk").values_list("event", flat=True).first()
    return RegisterEvent(event) if event else None
