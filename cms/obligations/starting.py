"""From a duty straight to the form on which its piece is drafted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from wagtail.models import GroupPagePermission

from cms.languages import OWN
from cms.models import DisclosurePage, ItemPage
from workflows.enums import Role
from workflows.models import has_role, organ_of

if TYPE_CHECKING:
    from catalogue_standards.models import Obligation


def starts(user: Any, rows: Iterable[Obligation]) -> dict[int, str]:
    """Where `user` begins a piece for each of these obligations that is theirs to draft for.

    Addresses by the obligations' keys; two queries for any number.
    """
    own = organ_of(user)
    if own is None or not has_role(user, Role.DRAFTER):
        return {}
    rows = [row for row in rows if own.answers_over(row.organ)]
    pages = ItemPage.objects.filter(
        item__in=[row.item_id for row in rows], locale__language_code=OWN
    )
    places = dict(pages.values_list("item", "pk"))
    granted = GroupPagePermission.objects.filter(
        group__user=user, permission__codename="add_page", page__in=places.values()
    )
    allowed = set(granted.values_list("page", flat=True))
    model = DisclosurePage._meta
    return {
        row.pk: reverse("wagtailadmin_pages:add", args=[model.app_label, model.model_name, place])
        for row in rows
        if (place := places.get(row.item_id)) in allowed
    }
