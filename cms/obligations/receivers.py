"""When obligations hear of changes: each ends in one computation, after the commit."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django_q.tasks import async_task
from wagtail.models import Page

from catalogue_standards.models import ArrangedDay, Edition, HolidayArrangement, Occasion, Organ
from cms.models import DisclosurePage, InterpretationPage, PolicyPage
from cms.obligations.computing import count_anew_later, recompute_later

# A save of these alone notes a new draft of a public page and changes no duty.
_DRAFT_FIELDS = frozenset(
    {"latest_revision", "latest_revision_created_at", "has_unpublished_changes", "draft_title"}
)


def page_changed(
    instance: Any, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """A piece was drafted, published, brought up to date, withdrawn or deleted."""
    if raw or (update_fields is not None and not update_fields - _DRAFT_FIELDS):
        return
    if isinstance(instance, InterpretationPage):
        policy = PolicyPage.objects.filter(path=instance.path[: -Page.steplen]).first()
        if policy is not None:
            recompute_later(policy.item_id, policy.pk)
    elif isinstance(instance, DisclosurePage | PolicyPage):
        recompute_later(instance.item_id, instance.pk)


def occasion_changed(instance: Occasion, **kwargs: Any) -> None:
    recompute_later(instance.item_id)


def edition_put_in_force(edition: Edition, previous: Edition | None = None, **kwargs: Any) -> None:
    was = previous.pk if previous else None
    transaction.on_commit(
        lambda: async_task("cms.obligations.tasks.follow_edition", edition.pk, was)
    )


def township_chose(organ: Organ, **kwargs: Any) -> None:
    """What a township handles, or its own limits, changed: the worker computes its items anew."""
    transaction.on_commit(lambda: async_task("cms.obligations.tasks.follow_township", organ.pk))


def calendar_changed(instance: HolidayArrangement | ArrangedDay, **kwargs: Any) -> None:
    count_anew_later(instance.date.year if isinstance(instance, ArrangedDay) else instance.year)
