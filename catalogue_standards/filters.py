"""How the items of an edition are narrowed down in the admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from catalogue_standards.edition_rules import lacking
from catalogue_standards.models import (
    Edition,
    EditionDomain,
    EditionItem,
    ItemBasis,
    ItemChannel,
    ItemSubject,
    LegalBasis,
    Organ,
)

PARTS = {"subjects": ItemSubject, "bases": ItemBasis, "channels": ItemChannel}


def edition_at_work() -> Edition | None:
    """The edition that administrators see first: the newest draft, else the one in force."""
    return Edition.objects.drafts().first() or Edition.objects.in_force() or Edition.objects.first()


class ItemFilterSet(WagtailFilterSet):
    """Always of one edition: the one at work unless another is chosen."""

    edition = django_filters.ModelChoiceFilter(
        label=_("Edition"), queryset=Edition.objects.all(), empty_label=None
    )
    domain = django_filters.ChoiceFilter(
        label=_("Domain"), field_name="edition_domain__domain", empty_label=_("All")
    )
    organ = django_filters.ModelChoiceFilter(
        label=_("Responsible organ"),
        queryset=Organ.objects.in_use(),
        method="answered_by",
        empty_label=_("All"),
    )
    basis = django_filters.ModelChoiceFilter(
        label=_("Legal basis"),
        queryset=LegalBasis.objects.all(),
        method="citing",
        empty_label=_("All"),
    )
    without = django_filters.ChoiceFilter(
        label=_("Lacking"),
        choices=[
            ("subjects", _("A responsible organ")),
            ("bases", _("A legal basis")),
            ("channels", _("A channel")),
            ("time_limit", _("A time limit")),
            ("limits", _("A time limit that was understood")),
        ],
        method="lacking",
        empty_label="—",
    )

    class Meta:
        model = EditionItem
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        at_work = edition_at_work()
        data = data.copy() if data is not None else None
        if data is not None and not data.get("edition") and at_work:
            data["edition"] = str(at_work.pk)
        super().__init__(data, *args, **kwargs)
        self.filters["edition"].extra["initial"] = at_work
        self.filters["domain"].extra["choices"] = list(
            EditionDomain.objects.filter(edition=_number(data, "edition"))
            .order_by("position")
            .values_list("domain", "name")
        )

    def answered_by(self, rows: Any, name: str, organ: Organ) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.answered_by(organ)
        return found

    def citing(self, rows: QuerySet[Any], name: str, basis: LegalBasis) -> QuerySet[Any]:
        return rows.filter(pk__in=ItemBasis.objects.filter(basis=basis).values("edition_item"))

    def lacking(self, rows: QuerySet[Any], name: str, part: str) -> QuerySet[Any]:
        if part == "time_limit":
            return rows.filter(time_limit_text="")
        if part == "limits":
            return rows.filter(limits=None)
        return lacking(rows, PARTS[part])


def _number(data: Any, name: str) -> int | None:
    value = data.get(name, "") if data is not None else ""
    return int(value) if value.isdigit() else None
