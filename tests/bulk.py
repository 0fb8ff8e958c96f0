"""Editions and pages by the thousand, written past all forms, for measurements."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale, Page

from catalogue_standards.actions.reorganise import (
    DropItemAction,
    MergeItemAction,
    ReplaceItemAction,
    SplitItemAction,
)
from catalogue_standards.editing import write_limits
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
)
from cms.models import CataloguePage, DisclosurePage, DomainPage, ItemPage
from search import indexing
from search.models import Entry

DOMAINS = 26
LIMITS = ("信息形成或变更之日起20个工作日内", "信息形成之日起7个工作日内", "每季度更新")
PARAGRAPH = "本公告所列事项由主管部门负责解释，有关材料可以到政务服务中心查阅。"


def add_edition(year: int, items: int) -> Edition:
    """A draft with so many items in 26 domains."""
    edition = Edition.objects.create(year=year, title=f"{year}年版")
    domains = Domain.objects.bulk_create(Domain(code=f"d{n:02}") for n in range(DOMAINS))
    places = EditionDomain.objects.bulk_create(
        EditionDomain(
            edition=edition, domain=domain, position=n, name=f"民生事务{n:02}", seal=chr(0x4E00 + n)
        )
        for n, domain in enumerate(domains, start=1)
    )
    identities = Item.objects.bulk_create(
        Item(key=f"d{n * DOMAINS // items:02}-{n:04}") for n in range(items)
    )
    entries = EditionItem.objects.bulk_create(
        EditionItem(
            edition=edition,
            item=item,
            edition_domain=places[n * DOMAINS // items],
            position=n + 1,
            group=f"第{n // 10}类政务信息",
            name=f"第{n}项公开事项",
            time_limit_text=LIMITS[n % len(LIMITS)],
        )
        for n, item in enumerate(identities)
    )
    _add_parts(entries)
    return edition


def _add_parts(entries: list[EditionItem]) -> None:
    organs = list(Organ.objects.filter(kind="department"))
    bases = list(LegalBasis.objects.all())
    channels = list(Channel.objects.all())
    ContentElement.objects.bulk_create(
        ContentElement(edition_item=e, sort_order=n, text=f"第{n}项内容要素，{PARAGRAPH}")
        for e in entries
        for n in range(3)
    )
    ItemBasis.objects.bulk_create(ItemBasis(edition_item=e, basis=bases[0]) for e in entries)
    ItemChannel.objects.bulk_create(
        ItemChannel(edition_item=e, channel=channels[0]) for e in entries
    )
    ItemSubject.objects.bulk_create(
        ItemSubject(edition_item=e, organ=organs[n % len(organs)]) for n, e in enumerate(entries)
    )
    write_limits(*entries)


def change_items(draft: Edition, number: int, user: User) -> list[int]:
    """Change so many items of a draft in every way; returns them (ids)."""
    entries = list(draft.items.order_by("position")[:: max(1, draft.items.count() // number)])
    entries = entries[:number]
    other = draft.domains.order_by("position").last()
    organ = Organ.objects.filter(kind="department").last()
    for n, entry in enumerate(entries):
        if n % 20 == 0:
            SplitItemAction(entry, user, [f"{entry.name}甲", f"{entry.name}乙"]).execute()
        elif n % 20 == 1:
            MergeItemAction(entry, user, entries[n + 3]).execute()
        elif n % 20 == 2:
            ReplaceItemAction(entry, user, entries[n + 3]).execute()
        elif n % 20 == 3:
            DropItemAction(entry, user).execute()
        elif n % 5 == 0:
            draft.items.filter(pk=entry.pk).update(edition_domain=other)
        elif n % 5 == 1:
            draft.items.filter(pk=entry.pk).update(name=f"{entry.name}（新）")
        elif n % 5 == 2:
            ItemSubject.objects.filter(edition_item=entry).update(organ=organ)
        else:
            draft.items.filter(pk=entry.pk).update(time_limit_text="3个工作日内")
    return [entry.item_id for entry in entries]


def add_item_pages(edition: Edition) -> None:
    """The pages of all domains and items."""
    catalogue = CataloguePage.objects.get()
    places = list(edition.domains.select_related("domain"))
    add_pages(
        DomainPage,
        [(catalogue, each.name, each.domain.code, {"domain": each.domain}) for each in places],
    )
    parents = {page.domain_id: page for page in DomainPage.objects.all()}
    entries = edition.items.select_related("item", "edition_domain").order_by("position")
    add_pages(
        ItemPage,
        [
            (parents[e.edition_domain.domain_id], e.full_name, e.item.key, {"item": e.item})
            for e in entries
        ],
    )


def add_pieces(items: Sequence[int], number: int) -> None:
    """So many published pieces, evenly under these items, each with its entry in the search."""
    parents = {page.item_id: page for page in ItemPage.objects.filter(item__in=items)}
    organ = Organ.objects.filter(kind="department").first()
    each = number // len(items)
    body = f'[{{"type": "text", "value": "<p>{PARAGRAPH}</p>", "id": "{uuid.uuid4()}"}}]'
    first = Page.objects.count()
    rows = [
        (
            parents[item],
            f"第{first + n}号公告",
            f"piece-{first + n}",
            {
                "item_id": item,
                "organ": organ,
                "written_on": date(2026, 6, 1),
                "body": body,
                "determination": "proactive",
                "index_number": f"BENCH/202606-{first + n:06}",
            },
        )
        for n, item in enumerate(item for item in items for _again in range(each))
    ]
    for start in range(0, len(rows), 5_000):
        pages = add_pages(DisclosurePage, rows[start : start + 5_000])
        entries = Entry.objects.bulk_create(
            Entry(
                page_id=page.pk,
                kind="disclosure",
                title=page.title,
                text=PARAGRAPH,
                context=organ.name,
                organ=organ,
                item_id=fields["item_id"],
                published_at=page.first_published_at,
            )
            for page, (_parent, _title, _slug, fields) in zip(
                pages, rows[start : start + 5_000], strict=True
            )
        )
        indexing.write(entries)


def add_pages(model: Any, rows: Sequence[tuple[Any, str, str, dict[str, Any]]]) -> list[Page]:
    """Live pages of `model`, each (parent, title, slug, own fields); the rows of a parent in order."""
    now, locale = timezone.now(), Locale.get_default()
    content_type = ContentType.objects.get_for_model(model)
    children: dict[int, int] = {}
    pages = []
    for parent, title, slug, _fields in rows:
        number = children.setdefault(parent.pk, parent.numchild) + 1
        children[parent.pk] = number
        pages.append(
            Page(
                title=title,
                draft_title=title,
                slug=slug,
                live=True,
                content_type=content_type,
                locale=locale,
                translation_key=uuid.uuid4(),
                depth=parent.depth + 1,
                path=Page._get_path(parent.path, parent.depth + 1, number),
                url_path=f"{parent.url_path}{slug}/",
                first_published_at=now,
                last_published_at=now,
            )
        )
    pages = Page.objects.bulk_create(pages, batch_size=1_000)
    Page.objects.bulk_update(
        [Page(pk=pk, numchild=number) for pk, number in children.items()],
        ["numchild"],
        batch_size=500,
    )
    _add_own_rows(model, [(page, row[3]) for page, row in zip(pages, rows, strict=True)])
    return pages


def _add_own_rows(model: Any, rows: list[tuple[Page, dict[str, Any]]]) -> None:
    fields = model._meta.local_concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    values = []
    for page, own in rows:
        made = model(**own)
        made.page_ptr_id = page.pk
        values.append([f.get_db_prep_save(getattr(made, f.attname), connection) for f in fields])
    with connection.cursor() as cursor:
        table = quote(model._meta.db_table)
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)
