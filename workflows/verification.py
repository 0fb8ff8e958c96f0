"""Whether what is public is what was cleared."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflows.alarms import report
from workflows.digest import content_digest
from workflows.enums import ClearanceStatus
from workflows.models import AlarmKind, Clearance, RegisterEntry
from workflows.triggers import gated_models

if TYPE_CHECKING:
    from workflows.models import GatedPageMixin

logger = logging.getLogger("workflows.gate")


@dataclass(frozen=True)
class Drift:
    """A live page that no clearance covers as it stands, or one that vanished; `why` is a sentence."""

    page_id: int
    title: str
    why: str


def drifted_pages() -> Iterator[Drift]:
    """Every live gated page without an applied clearance of its present content, one by one."""
    for model in gated_models():
        for page in model._default_manager.filter(live=True).order_by("pk").iterator(200):
            why = _drift(page)
            if why:
                yield Drift(page.pk, page.title, why)
    # What is gone without a row in the register.
    vanished = Clearance.objects.filter(status=ClearanceStatus.APPLIED).exclude(page__live=True)
    for clearance in vanished.order_by("pk").iterator(200):
        yield Drift(clearance.page_id or 0, clearance.title, _("it left the public unrecorded"))


def _drift(page: GatedPageMixin) -> str | None:
    clearance = Clearance.objects.filter(page_id=page.pk, status=ClearanceStatus.APPLIED).first()
    if clearance is None:
        return _("it is public without a clearance")
    if clearance.digest != content_digest(page):
        return _("its content or one of its files is not what was cleared")
    if not RegisterEntry.objects.filter(clearance=clearance).exists():
        return _("its publication is missing from the register")
    return None


def alarm_on_drift() -> int:
    """Nightly, by the worker: log every drift and raise an alarm; returns how many there are."""
    found = {}
    for drift in drifted_pages():
        found[str(drift.page_id)] = f"{drift.title}: {drift.why}"
        logger.error("Drift: %s %s: %s", drift.page_id, drift.title, drift.why)
    return report(AlarmKind.DRIFT, found)
