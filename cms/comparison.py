"""A policy beside the one that it replaces, article by article."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cms.listings.common import ancestors_of
from cms.models import PolicyPage
from cms.visibility import publicly_visible
from workflows.comparing import Mark, Row, compare
from workflows.contents import slots_of
from workflows.paragraphs import paragraphs_of

CHANGES = "changes"


def comparable(
    page: PolicyPage, successors: list[PolicyPage]
) -> list[tuple[PolicyPage, PolicyPage]]:
    """The pairs (old, new) in which `page` may be read beside what came before or after it."""
    before = [page.replaces] if page.replaces is not None and page.replaces.live else []
    pairs = [(old, page) for old in before] + [(page, new) for new in successors]
    return [(old, new) for old, new in pairs if old.locale_id == new.locale_id]


def compare_policies(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """`show=changes` leaves out what stayed as it was.

    Raises Http404 unless both are public, in one language, and one takes the place of the other.
    """
    before, after = _pair(old, new)
    rows = compare(_paragraphs(before), _paragraphs(after))
    only_changes = request.GET.get("show") == CHANGES
    shown = [row for row in rows if not only_changes or row.mark != Mark.KEPT]
    context: dict[str, Any] = {
        "page": after,
        "old": before,
        "new": after,
        "rows": shown,
        "counts": _counts(rows),
        "only_changes": only_changes,
        "ancestors": [*ancestors_of(after), after],
    }
    return render(request, "pages/comparison.html", context)


def _pair(old: int, new: int) -> tuple[PolicyPage, PolicyPage]:
    found = {page.pk: page for page in publicly_visible(PolicyPage).filter(pk__in=(old, new))}
    before, after = found.get(old), found.get(new)
    if before is None or after is None or before.locale_id != after.locale_id:
        raise Http404
    if old != after.replaces_id and before.successor_id != new:
        raise Http404
    return before, after


def _paragraphs(page: PolicyPage) -> list[str]:
    return paragraphs_of(slots_of(page), "body")


def _counts(rows: list[Row]) -> dict[str, int]:
    counted = Counter(row.mark for row in rows)
    return {mark.value: counted[mark] for mark in Mark}
