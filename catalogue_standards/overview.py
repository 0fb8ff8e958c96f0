"""What an administrator sees first of an edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue_standards.edition_rules import lacking
from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Edition, ItemBasis, ItemChannel, ItemSubject


@dataclass(frozen=True)
class LifeStep:
    """One status on the way, in the words of desk.css: done, current or ahead."""

    label: Any
    state: str
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A number with what it counts; `url` opens what it counts, `is_lack` marks what is missing."""

    number: int
    label: str
    url: str
    is_lack: bool = False


def steps_of(edition: Edition) -> list[LifeStep]:
    statuses = list(EditionStatus)
    now = statuses.index(EditionStatus(edition.status))
    notes = {
        EditionStatus.IN_FORCE: _("from %(day)s") % {"day": edition.in_force_from}
        if edition.in_force_from
        else "",
        EditionStatus.SUPERSEDED: _("on %(day)s") % {"day": edition.superseded_on}
        if edition.superseded_on
        else "",
    }
    return [
        LifeStep(
            status.label,
            "done" if number < now else "current" if number == now else "ahead",
            notes.get(status, ""),
        )
        for number, status in enumerate(statuses)
    ]


def figures(edition: Edition) -> list[Figure]:
    """How many domains and items, and how many items lack something."""
    items = f"{reverse('catalogue_items:index')}?edition={edition.pk}"
    domains = f"{reverse('catalogue_domains:index')}?edition={edition.pk}"
    rows = edition.items.all()
    lacks = [
        (lacking(rows, ItemSubject).count(), _("without a responsible organ"), "subjects"),
        (lacking(rows, ItemBasis).count(), _("without a legal basis"), "bases"),
        (lacking(rows, ItemChannel).count(), _("without a channel"), "channels"),
        (rows.filter(limits=None).count(), _("with no limit understood"), "limits"),
    ]
    return [
        Figure(edition.domains.count(), _("domains"), domains),
        Figure(rows.count(), _("items"), items),
        *(Figure(n, label, f"{items}&without={key}", True) for n, label, key in lacks if n),
    ]


def newer_than_base(edition: Edition) -> Edition | None:
    """The edition in force, where it took force after this one was begun from another."""
    if edition.status not in EditionStatus.open() or edition.based_on_id is None:
        return None
    in_force = Edition.objects.in_force()
    return in_force if in_force and in_force.pk != edition.based_on_id else None
