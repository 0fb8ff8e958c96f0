"""What must be true before a drafter may take over a masked version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from workflows.contents import TextSlot
from workflows.digest import submitted_digest
from workflows.drafts import latest_draft
from workflows.enums import ScanStatus
from workflows.marking import slots_by_path
from workflows.scanning import Kind, is_maskable

if TYPE_CHECKING:
    from workflows.models import Finding, GatedPageMixin, Scan


class Masking(NamedTuple):
    """`user` is about to have `findings` of `scans` masked in the draft of `page`."""

    page: GatedPageMixin
    scans: list[Scan]
    findings: list[Finding]
    user: Any


def may_edit(act: Masking) -> str | None:
    if act.page.under_review:
        return _("Under review: take the submission back before you change anything.")
    if not act.page.permissions_for_user(act.user).can_edit():
        return _("You may not edit this piece.")
    return None


def was_checked_as_it_is(act: Masking) -> str | None:
    for scan in act.scans:
        if scan.status != ScanStatus.DONE or scan.page is None:
            return _("The check is not finished: start it again.")
        if submitted_digest(latest_draft(scan.page)) != scan.digest:
            return _("The piece was changed after the check: check it again.")
    return None


def names_what_to_mask(act: Masking) -> str | None:
    if not act.findings:
        return _("Choose at least one finding.")
    return None


def can_all_be_masked(act: Masking) -> str | None:
    places = []
    slots = {s.pk: slots_by_path(latest_draft(s.page)) for s in act.scans if s.page is not None}
    for finding in act.findings:
        slot = slots.get(finding.scan_id, {}).get(finding.field)
        fixed = isinstance(slot, TextSlot) and slot.put is None
        if fixed or not is_maskable(Kind(finding.kind)):
            places.append(f"{finding.get_kind_display()}（{finding.where}）")
    if places:
        return _("These cannot be masked, change them by hand: %(places)s") % {
            "places": "；".join(places[:5])
        }
    return None


MASK_RULES = [may_edit, names_what_to_mask, was_checked_as_it_is, can_all_be_masked]
