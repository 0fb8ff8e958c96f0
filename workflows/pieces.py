"""The pieces that a person's organ answers for: public, taken down, or drafted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from wagtail.models import Page

from workflows.enums import RegisterEvent
from workflows.models import RegisterEntry, organ_of
from workflows.triggers import gated_models

if TYPE_CHECKING:
    from catalogue_standards.models import Organ


def pieces_of(organ: Organ) -> QuerySet[Page]:
    """Gated pages of `organ` and the organs below it, whatever their type."""
    below = Q(pk__in=[])
    for model in gated_models():
        own = model._default_manager.filter(organ__path__startswith=organ.path)
        below |= Q(pk__in=own.order_by().values("pk"))
    return Page.objects.filter(below)


def registered_pieces(user: Any, *, public: bool, words: str = "") -> QuerySet[Page]:
    """Pieces that are public now, or once were and are not; newest first, found by `words`.

    Each carries organ_name, index_number and since (when it last came or went) of the register.
    """
    organ = organ_of(user)
    if organ is None:
        return Page.objects.none()
    entries = RegisterEntry.objects.filter(page=OuterRef("pk"))
    told = entries.exclude(event=RegisterEvent.CONFIRMED).order_by("-at", "-pk")
    rows = (
        pieces_of(organ)
        .filter(live=public)
        .annotate(
            organ_name=Subquery(told.values("organ_name")[:1]),
            index_number=Subquery(told.values("index_number")[:1]),
            since=Subquery(told.values("at")[:1]),
        )
        .exclude(organ_name=None)
    )
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(index_number__icontains=words))
    return rows.order_by("-since", "-pk")


def drafts_for_emergency(user: Any, words: str = "") -> QuerySet[Page]:
    """Drafts that an emergency publisher of this organ may look at, last changed first."""
    organ = organ_of(user)
    if organ is None:
        return Page.objects.none()
    gone = Q(live=False, pk__in=RegisterEntry.objects.exclude(page=None).values("page"))
    rows = pieces_of(organ).filter(has_unpublished_changes=True).exclude(gone)
    if words:
        rows = rows.filter(draft_title__icontains=words)
    return rows.select_related("owner").order_by("-latest_revision_created_at", "-pk")
