"""调整说明: what each edition changed, as the public reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from catalogue_standards.changes_page import changes_page
from catalogue_standards.diff import EditionDiff, diff_editions
from catalogue_standards.enums import EditionAct
from catalogue_standards.files.changes_xlsx import export_changes
from catalogue_standards.files.plain_xlsx import download
from catalogue_standards.models import Edition
from cms.listings.common import ancestors_of
from cms.models import ItemPage
from cms.visibility import frame

if TYPE_CHECKING:
    from cms.models import CataloguePage


def adjustments_context(page: CataloguePage) -> dict[str, Any]:
    """Keys: heading, intro, ancestors; editions, newest first, each (edition, the one before it or None)."""
    editions = list(Edition.objects.public())
    return {
        "heading": _("Editions and adjustments"),
        "intro": _(
            "The catalogue is revised every year. Each edition stays here to be read, with what it "
            "changed against the one before."
        ),
        "editions": list(zip(editions, [*editions[1:], None], strict=True)),
        "ancestors": [*ancestors_of(page), page],
    }


def adjustment_context(
    page: CataloguePage, edition: Edition, request: HttpRequest
) -> dict[str, Any]:
    """Keys: edition, before, reason (of an amendment), diff, shown, item_pages, query, ancestors.

    Raises Http404 for the first edition of all, which changed nothing.
    """
    diff = _diff(edition)
    shown = changes_page(diff, request.GET.dict())
    items = [change.item_id for domain in shown.domains for change in domain.items]
    pages = frame(ItemPage).filter(item__in=items)
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "edition": edition,
        "before": diff.old,
        "reason": edition.events.filter(act=EditionAct.AMENDED)
        .values_list("reason", flat=True)
        .first(),
        "diff": diff,
        "shown": shown,
        "item_pages": {each.item_id: each for each in pages},
        "query": query.urlencode(),
        "ancestors": [*ancestors_of(page), page],
    }


def adjustment_xlsx(edition: Edition) -> HttpResponseBase:
    """The same as a workbook. Raises Http404 for the first edition of all."""
    return download(
        _("%(edition)s: what was adjusted") % {"edition": edition}, export_changes(_diff(edition))
    )


def _diff(edition: Edition) -> EditionDiff:
    before = Edition.objects.before(edition)
    if before is None:
        raise Http404
    return diff_editions(before, edition)
