"""What an article page shows beside its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from catalogue_standards.calendar import site_calendar
from catalogue_standards.models import EditionItem
from cms.duties import timeliness
from cms.listings import ancestors_of
from cms.models import InterpretationPage, ItemPage, PolicyPage, PublishedPiece
from cms.visibility import publicly_visible

if TYPE_CHECKING:
    from catalogue_standards.models import Item


def article_context(page: PublishedPiece) -> dict[str, Any]:
    """Keys: item_page, entry, timeliness, policy, interpretations, replaced_by, ancestors."""
    item = page.catalogue_item()
    entry = _entry(item)
    policy = _policy(page)
    return {
        "ancestors": ancestors_of(page),
        "item_page": ItemPage.objects.live().filter(item=item).first() if item else None,
        "entry": entry,
        "timeliness": timeliness(entry, page.written_on, page.published_at, site_calendar()),
        "policy": policy,
        "interpretations": list(publicly_visible(InterpretationPage).child_of(policy))
        if policy
        else [],
        "replaced_by": list(publicly_visible(PolicyPage).filter(replaces=policy)) if policy else [],
    }


def _entry(item: Item | None) -> EditionItem | None:
    if item is None:
        return None
    return EditionItem.objects.with_details().in_force().filter(item=item).first()


def _policy(page: PublishedPiece) -> PolicyPage | None:
    if isinstance(page, PolicyPage):
        return page
    return page.policy if isinstance(page, InterpretationPage) else None
