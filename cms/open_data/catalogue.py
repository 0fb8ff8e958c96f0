"""The standard catalogue and the organs as lists for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalogue_standards.enums import Level, OrganKind
from catalogue_standards.models import Edition, EditionItem, Organ
from cms.listings.catalogue_query import FILTERS, CatalogueQuery, Span
from cms.models import ItemPage
from cms.obligations.public import Mark
from cms.open_data.lists import DataList, Field, Filter, Row, address_of
from cms.visibility import frame


class Items(DataList):
    name = "items"
    title = _("Items of the standard catalogue")
    description = _("Every row of an edition: what must be disclosed, by whom, by when, where.")
    filters = (
        Filter("domain", _("Code of a domain")),
        Filter("organ", _("Code of an organ")),
        Filter("limit", _("How soon"), tuple(Span.values)),
        Filter("channel", _("Code of a channel")),
        Filter("level", _("Level of government"), tuple(Level.values)),
        Filter("state", _("How an item stands today"), tuple(Mark.values)),
        Filter("q", _("Words in an item's name")),
        Filter("edition", _("An edition, such as 2026 or 2026-1; the one in force if not given")),
    )
    fields = (
        Field("edition", _("edition")),
        Field("key", _("key of the item")),
        Field("domain_code", _("code of the domain")),
        Field("domain", _("domain")),
        Field("number", _("number"), "number"),
        Field("level1", _("first-level item")),
        Field("level2", _("second-level item")),
        Field("level3", _("third-level item")),
        Field("content", _("content elements"), "texts"),
        Field("basis", _("basis"), "texts"),
        Field("time_limit", _("time limit")),
        Field("subject", _("responsible organ"), "texts"),
        Field("channels", _("required channels"), "texts"),
        Field("further_channels", _("optional channels"), "texts"),
        Field("audience", _("audience")),
        Field("method", _("method")),
        Field("levels", _("levels"), "texts"),
        Field("in_force_from", _("in force from"), "date"),
        Field("url", _("address"), "address"),
    )

    def select(self, chosen: Mapping[str, str]) -> QuerySet[EditionItem]:
        named = chosen.get("edition", "")
        public = Edition.objects.public()
        edition = public.referred(named) if named else Edition.objects.in_force()
        if edition is None:
            return EditionItem.objects.none()
        narrowed = {name: value for name, value in chosen.items() if value and name in FILTERS}
        rows: Any = CatalogueQuery(narrowed).rows(edition)
        return rows.with_details().order_by("edition_domain__position", "position")

    def rows(self, found: Sequence[Any], request: HttpRequest) -> list[Row]:
        pages = {
            page.item_id: page
            for page in frame(ItemPage).filter(item__in={r.item_id for r in found})
        }
        return [self._row(each, address_of(request, pages.get(each.item_id))) for each in found]

    def news(self, row: Row) -> tuple[str, str, Any]:
        name = f"{row['level2']}（{row['level3']}）" if row["level3"] else row["level2"]
        return f"{row['domain']} · {name}", row["time_limit"], row["in_force_from"]

    def _row(self, item: EditionItem, url: str) -> Row:
        channels = list(item.channels.all())
        audience = (str(item.get_audience_display()), item.audience_group)
        return {
            "edition": item.edition.reference,
            "key": item.item.key,
            "domain_code": item.edition_domain.domain.code,
            "domain": item.edition_domain.name,
            "number": item.position,
            "level1": item.group,
            "level2": item.name,
            "level3": item.sub_name,
            "content": [part.text for part in item.content_elements.all()],
            "basis": [str(part) for part in item.bases.all()],
            "time_limit": item.time_limit_text,
            "subject": [str(part) for part in item.subjects.all()],
            "channels": [part.channel.name for part in channels if part.required],
            "further_channels": [part.channel.name for part in channels if not part.required],
            "audience": "：".join(filter(None, audience)),
            "method": str(item.get_method_display()),
            "levels": [str(level.label) for level in item.levels],
            "in_force_from": item.edition.in_force_from,
            "url": url,
        }


class Organs(DataList):
    name = "organs"
    title = _("Organs")
    description = _("Every organ that discloses here, with its address, telephone and hours.")
    filters = (Filter("kind", _("Kind of organ"), tuple(OrganKind.values)),)
    fields = (
        Field("code", _("code")),
        Field("name", _("full name")),
        Field("short_name", _("short name")),
        Field("kind", _("kind")),
        Field("address", _("office address")),
        Field("office_hours", _("office hours")),
        Field("phone", _("telephone")),
        Field("fax", _("fax")),
        Field("email", _("e-mail")),
        Field("url", _("address"), "address"),
    )

    def select(self, chosen: Mapping[str, str]) -> QuerySet[Organ]:
        found = Organ.objects.in_use()
        return found.of_kind(chosen["kind"]) if chosen["kind"] in OrganKind.values else found

    def rows(self, found: Sequence[Any], request: HttpRequest) -> list[Row]:
        here = request.build_absolute_uri("/catalogue/?organ=")
        plain = ("code", "name", "short_name", "address", "office_hours", "phone", "fax", "email")
        return [
            {name: getattr(organ, name) for name in plain}
            | {"kind": str(organ.get_kind_display()), "url": f"{here}{organ.code}"}
            for organ in found
        ]

    def news(self, row: Row) -> tuple[str, str, Any]:
        return row["name"], row["phone"], None
