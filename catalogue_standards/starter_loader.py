"""Load the starter edition that ships with the product (catalogue_standards/starter/*.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue_standards.editing import write_limits
from catalogue_standards.enums import EditionStatus, SubjectGroup
from catalogue_standards.models import (
    Channel,
    ContentElement,
    Domain,
    Edition,
    EditionDomain,
    EditionItem,
    Item,
    ItemBasis,
    ItemChannel,
    ItemSubject,
    LegalBasis,
    Organ,
    OrganAlias,
)


class Known(NamedTuple):
    """The rows that items refer to, by code."""

    organs: dict[str, Organ]
    bases: dict[str, LegalBasis]
    channels: dict[str, Channel]


STARTER = Path(__file__).parent / "starter"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((STARTER / name).read_text(encoding="utf-8"))


def load_starter() -> Iterator[str]:
    """Write the starter edition; yields a line of progress per step.

    The caller holds the transaction: a generator cannot be made atomic from within. Rows that exist are
    left as the county has them, so that loading again changes nothing.
    """
    about = _read("edition.toml")
    if Edition.objects.filter(year=about["year"], amendment=0).exists():
        yield _("The starter edition is loaded already.")
        return
    yield _("%(count)s organs") % {"count": _load_organs()}
    yield _("%(count)s legal bases") % {"count": _load_bases()}
    yield _("%(count)s channels") % {"count": _load_channels()}
    known = Known(
        {organ.code: organ for organ in Organ.objects.all()},
        {basis.code: basis for basis in LegalBasis.objects.all()},
        {channel.code: channel for channel in Channel.objects.all()},
    )
    edition = Edition.objects.create(
        year=about["year"],
        title=about["title"],
        provenance=about["provenance"],
    )
    position = 0
    for row in _read("domains.toml")["domain"]:
        domain, _new = Domain.objects.get_or_create(code=row["code"])
        entry = EditionDomain.objects.create(
            edition=edition,
            domain=domain,
            position=row["number"],
            name=row["name"],
            seal=row["seal"],
            former_name=row.get("former_name", ""),
            description=row["description"],
        )
        items = _read(f"items/{row['code']}.toml")["item"]
        loaded = [
            _load_item(known, edition, entry, number, item)
            for number, item in enumerate(items, start=position + 1)
        ]
        position += len(items)
        write_limits(*loaded)
        yield _("%(domain)s: %(count)s items") % {"domain": row["name"], "count": len(items)}
    _settle(edition)


def _settle(edition: Edition) -> None:
    """The first edition of a new site binds at once; a later one waits to be put in force."""
    if Edition.objects.in_force():
        Edition.objects.filter(pk=edition.pk).update(status=EditionStatus.APPROVED)
    else:
        Edition.objects.filter(pk=edition.pk).update(
            status=EditionStatus.IN_FORCE, in_force_from=timezone.localdate()
        )


def _load_organs() -> int:
    rows = _read("organs.toml")["organ"]
    for row in rows:
        if Organ.objects.filter(code=row["code"]).exists():
            continue
        organ = Organ(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            kind=row["kind"],
            commissions_drafts=row.get("commissions_drafts", False),
        )
        if row["parent"]:
            Organ.objects.get(code=row["parent"]).add_child(instance=organ)
        else:
            Organ.add_root(instance=organ)
        OrganAlias.objects.bulk_create(OrganAlias(organ=organ, name=n) for n in row["aliases"])
    return len(rows)


def _load_bases() -> int:
    rows = _read("bases.toml")["basis"]
    for row in rows:
        LegalBasis.objects.get_or_create(
            code=row["code"],
            defaults={
                "title": row["title"],
                "document_number": row.get("document_number", ""),
                "kind": row["kind"],
                "aliases": row.get("aliases", []),
            },
        )
    return len(rows)


def _load_channels() -> int:
    rows = _read("channels.toml")["channel"]
    for row in rows:
        Channel.objects.get_or_create(
            code=row["code"],
            defaults={
                "name": row["name"],
                "position": row["number"],
                "aliases": row.get("aliases", []),
            },
        )
    return len(rows)


def _load_item(
    known: Known, edition: Edition, domain: EditionDomain, position: int, row: dict[str, Any]
) -> EditionItem:
    item, _new = Item.objects.get_or_create(key=row["key"])
    entry = EditionItem.objects.create(
        edition=edition,
        item=item,
        edition_domain=domain,
        position=position,
        group=row["group"],
        name=row["name"],
        sub_name=row["sub_name"],
        time_limit_text=row["time_limit"],
        audience=row["audience"],
        audience_group=row.get("audience_group", ""),
        method=row["method"],
        at_county="county" in row["levels"],
        at_township="township" in row["levels"],
        at_village="village" in row["levels"],
        stage=row.get("stage", ""),
        notes={key: row[key] for key in ("source", "mended") if row.get(key)},
    )
    ContentElement.objects.bulk_create(
        ContentElement(edition_item=entry, sort_order=order, text=text)
        for order, text in enumerate(row["content_elements"])
    )
    ItemBasis.objects.bulk_create(
        ItemBasis(
            edition_item=entry,
            sort_order=order,
            basis=known.bases[basis if isinstance(basis, str) else basis["code"]],
            article="" if isinstance(basis, str) else basis.get("article", ""),
        )
        for order, basis in enumerate(row["bases"])
    )
    ItemSubject.objects.bulk_create(
        _subject(known, entry, order, code) for order, code in enumerate(row["subjects"])
    )
    channels = [
        *((code, True) for code in row["channels_required"]),
        *((code, False) for code in row["channels_optional"]),
    ]
    ItemChannel.objects.bulk_create(
        ItemChannel(
            edition_item=entry,
            sort_order=order,
            channel=known.channels[code],
            required=required,
        )
        for order, (code, required) in enumerate(channels)
    )
    return entry


def _subject(known: Known, entry: EditionItem, order: int, code: str) -> ItemSubject:
    if code.startswith("@"):
        return ItemSubject(
            edition_item=entry, sort_order=order, group=SubjectGroup(code.removeprefix("@"))
        )
    return ItemSubject(edition_item=entry, sort_order=order, organ=known.organs[code])
