"""What the catalogue itself has to say of a coming edition: duties, limits, and what is amiss."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue_standards.impact import (
    ImpactRow,
    ImpactSection,
    Prospect,
    contributes_to_impact,
)
from catalogue_standards.models import EditionItem, ItemSubject, Organ


@contributes_to_impact
def catalogue_sections(prospect: Prospect) -> Iterator[ImpactSection]:
    """Duties gained and lost, limits that become shorter, items that nobody answers for."""
    yield _without_organ(prospect)
    yield _duties(prospect)
    yield _shorter(prospect)


def _without_organ(prospect: Prospect) -> ImpactSection:
    active = ItemSubject.objects.filter(edition_item=OuterRef("pk"), organ__abolished_on=None)
    rows = prospect.new.items.filter(~Exists(active)).select_related("edition_domain")
    return ImpactSection(
        "without-organ",
        _("Items without a responsible organ"),
        _("They name no organ, or only one that was abolished: nobody could publish under them."),
        (_("Item name"), _("Domain")),
        [
            ImpactRow(
                (row.full_name, row.edition_domain.name),
                reverse("catalogue_items:inspect", args=[row.pk]),
            )
            for row in rows
        ],
        is_alarming=True,
    )


def _duties(prospect: Prospect) -> ImpactSection:
    names = _item_names(prospect)
    rows = []
    for organ in Organ.objects.in_use():
        before = prospect.answering_before.get(organ.pk, set())
        after = prospect.answering_after.get(organ.pk, set())
        for items, label in ((after - before, _("gains it")), (before - after, _("loses it"))):
            told = sorted(names[item] for item in items)
            rows += [ImpactRow((organ.name, label, name, domain)) for _at, name, domain in told]
    return ImpactSection(
        "duties",
        _("Duties that organs gain or lose"),
        _("Tell these organs before the day of force."),
        (_("Organ"), _("Duty"), _("Item name"), _("Domain")),
        rows,
    )


def _item_names(prospect: Prospect) -> dict[int, tuple[int, str, str]]:
    """Number, name and domain of every item, as the newer of the two editions has them."""
    rows = EditionItem.objects.filter(edition__in=[prospect.old.pk, prospect.new.pk])
    return {
        row.item_id: (row.position, row.full_name, row.edition_domain.name)
        for row in sorted(
            rows.select_related("edition_domain"), key=lambda row: row.edition_id == prospect.new.pk
        )
    }


def _shorter(prospect: Prospect) -> ImpactSection:
    rows = []
    for change in prospect.changes.values():
        if change.item_id in prospect.shortened and change.old and change.new:
            cells = (change.old.cells["time_limit"], change.new.cells["time_limit"])
            url = reverse("catalogue_items:inspect", args=[change.new.entry_id])
            rows.append(ImpactRow((change.name, change.new.domain_name, *cells), url))
    return ImpactSection(
        "shorter-limits",
        _("Limits that become shorter"),
        _("From the day of force on, these items must be public sooner."),
        (_("Item name"), _("Domain"), _("Before"), _("Now")),
        rows,
    )
