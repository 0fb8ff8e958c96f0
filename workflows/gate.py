"""The gate in front of every live row of a gated page type.

Whatever calls save(), a row may be live only with the content its clearance covers, and stops being
live only once that clearance is revoked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.digest import HOUSEKEEPING, content_digest
from workflows.enums import ClearanceStatus
from workflows.publication_rules import PUBLICATION_RULES, Publishing
from workflows.rules import PublicationRefused, StandingRefused, failures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wagtail.models import Page

    from workflows.models.gated import GatedPageMixin


def check_live_save(page: GatedPageMixin, update_fields: Iterable[str] | None) -> None:
    """Refuse to write `page` as live unless this very content is cleared.

    Raises PublicationRefused. Saving only housekeeping fields of a page that is live already
    changes nothing the public sees and passes.
    """
    from workflows.models import Clearance

    harmless = (HOUSEKEEPING | page.system_fields) - {"live"}
    if update_fields is not None and set(update_fields) <= harmless:
        return
    found = Clearance.objects.filter(
        page_id=page.pk, status__in=(ClearanceStatus.APPLIED, ClearanceStatus.APPLYING)
    ).select_related("submission")
    by_status = {clearance.status: clearance for clearance in found} if page.pk else {}
    applied = by_status.get(ClearanceStatus.APPLIED)
    applying = by_status.get(ClearanceStatus.APPLYING)
    # While one is being applied, the rules below compare the digest; it is costly, so only once.
    if (
        applied is not None
        and applying is None
        and applied.digest == content_digest(page)
        and _is_live(page)
    ):
        return
    sentences = failures(PUBLICATION_RULES, Publishing(page, applying))
    if sentences:
        raise PublicationRefused(sentences, page)


def check_leaving_save(page: GatedPageMixin, update_fields: Iterable[str] | None) -> None:
    """Refuse to write `page` as not live while it is public. Raises StandingRefused.

    The actions that take down revoke the clearance first (workflows/actions/take_down.py).
    """
    from workflows.change_rules import leaves_with_its_reason

    if update_fields is not None and "live" not in update_fields:
        return
    if sentence := leaves_with_its_reason(page):
        raise StandingRefused([sentence], page)


def _is_live(page: Page) -> bool:
    return type(page)._default_manager.filter(pk=page.pk, live=True).exists()
