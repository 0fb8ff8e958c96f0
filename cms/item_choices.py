"""The items of the catalogue as people choose among them: by domain and name."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalogue_standards.models import EditionItem, Organ

if TYPE_CHECKING:
    from catalogue_standards.models.items import EditionItemQuerySet

#: As Django's form fields take them: an empty one, then groups of (key, name).
Choices = list[tuple[object, object]]


def own_items(own: Organ | None) -> list[EditionItem]:
    """What `own` answers for in the edition in force, in its order."""
    return list(_ordered().answered_by(own)) if own is not None else []


def item_choices(own: Organ | None) -> Choices:
    """Every item of the edition in force: those that `own` answers for, then the others. Two queries."""
    first = own_items(own)
    known = {entry.pk for entry in first}
    others = [entry for entry in _ordered() if entry.pk not in known]
    told = _("%(domain)s (other organs)") if first else "%(domain)s"
    return [("", "—"), *grouped(first), *grouped(others, told)]


def grouped(entries: Iterable[EditionItem], label: str = "%(domain)s") -> Choices:
    """(domain, its items) for each domain; `label` takes the domain's name."""
    by_domain = groupby(entries, key=lambda entry: entry.edition_domain)
    return [
        (label % {"domain": domain}, [(entry.item_id, entry.full_name) for entry in inside])
        for domain, inside in by_domain
    ]


def _ordered() -> EditionItemQuerySet:
    rows = EditionItem.objects.in_force().select_related("edition_domain")
    return rows.order_by("edition_domain__position", "position")
