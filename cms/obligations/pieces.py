"""The public pieces that stand behind one obligation's figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from wagtail.models import Page

from catalogue_standards.answering import Answering
from catalogue_standards.models import EditionItem
from cms.obligations.facts import DUTY_TYPES, counted

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

    from catalogue_standards.models import Obligation


def pieces_of(obligation: Obligation) -> PageQuerySet:
    """The pieces that count for it, newest first: the organ's own, and for the lead what is issued for it."""
    issuers = Q(organ=obligation.organ_id)
    named = Answering(EditionItem.objects.filter(pk=obligation.entry_id)).organs(obligation.item_id)
    if named and named[0].pk == obligation.organ_id:
        issuers |= Q(organ__commissions_drafts=True) & ~Q(organ__in=[organ.pk for organ in named])
    found = Q(pk__in=[])
    for model in DUTY_TYPES:
        rows = counted(model).filter(issuers, item=obligation.item_id)
        found |= Q(pk__in=rows.order_by().values("pk"))
    return Page.objects.filter(found).order_by("-last_published_at", "-pk")
