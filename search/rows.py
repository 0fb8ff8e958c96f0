"""Makes an `Entry` of a public page: what is searched, filtered and shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from catalogue_standards.models import EditionItem, Organ
from cms.models import (
    DisclosurePage,
    GeneralPage,
    InterpretationPage,
    ItemPage,
    PolicyPage,
    PublishedPiece,
    TopicPage,
)
from search.kinds import Kind
from search.models import Entry
from search.normalising import fold
from search.numbers import find_numbers
from search.texts import attachment_names, body_text, topic_lines

KINDS: dict[type[Page], Kind] = {
    PolicyPage: Kind.POLICY,
    InterpretationPage: Kind.INTERPRETATION,
    DisclosurePage: Kind.DISCLOSURE,
    GeneralPage: Kind.GENERAL,
    TopicPage: Kind.TOPIC,
    ItemPage: Kind.ITEM,
}


@dataclass(frozen=True)
class Surroundings:
    """What stands around a batch of pages, fetched at once: each by its primary key.

    `items` are rows of the edition in force by item; `policies` the policies of interpretations, by
    the interpretation's page.
    """

    items: Mapping[int, EditionItem]
    organs: Mapping[int, Organ]
    policies: Mapping[int, PolicyPage]


def item_id_of(page: Page, policies: Mapping[int, PolicyPage]) -> int | None:
    """The catalogue item under which `page` stands; an interpretation stands under its policy's."""
    owner = policies.get(page.pk, page)
    return getattr(owner, "item_id", None)


def entry_of(page: Any, around: Surroundings) -> Entry:
    """The row of `page`, not saved."""
    item_id = item_id_of(page, around.policies)
    row = around.items.get(item_id) if item_id else None
    entry = Entry(
        page_id=page.pk,
        kind=KINDS[type(page)],
        title=page.title,
        item_id=item_id,
        domain_id=row.edition_domain.domain_id if row else None,
        channels=codes(part.channel.code for part in row.channels.all()) if row else "",
        revision=page.live_revision_id,
    )
    if isinstance(page, ItemPage):
        _describe_item(entry, row)
    else:
        _describe_piece(entry, page, around.organs.get(page.organ_id))
    entry.context = "\n".join(_context(row, around.organs.get(entry.organ_id or 0)))
    return entry


def codes(values: Iterable[str]) -> str:
    """Several codes as one value, the same whatever their order."""
    return ",".join(sorted(set(values)))


def number_key(number: str) -> str:
    """A document or index number as a query's number is compared with it; "" when it is none."""
    found = next(find_numbers(fold(number)), None)
    return found.token if found else ""


def _describe_piece(entry: Entry, page: PublishedPiece, organ: Organ | None) -> None:
    entry.organ = organ
    entry.document_number = page.document_number
    entry.document_key = number_key(page.document_number)
    entry.index_number = page.index_number
    entry.index_key = number_key(page.index_number)
    entry.keywords = page.keywords
    entry.summary = page.summary
    entry.text = body_text(page)
    entry.attachments = attachment_names(page)
    entry.published_at = page.published_at
    entry.year = timezone.localtime(page.published_at).year if page.published_at else None
    if isinstance(page, TopicPage):
        entry.text = "\n".join([*topic_lines(page), entry.text])
    if isinstance(page, DisclosurePage):
        entry.stage, entry.levels = page.stage, codes([page.level])
    if isinstance(page, PolicyPage):
        entry.effective_on, entry.expires_on = page.effective_on, page.last_day
        entry.repealed_on, entry.amended_on = page.repeal_date, page.amended_on


def _describe_item(entry: Entry, row: EditionItem | None) -> None:
    if row is None:
        return
    subjects = list(row.subjects.all())
    entry.organ = next((subject.organ for subject in subjects if subject.organ_id), None)
    entry.stage = row.stage
    entry.levels = codes(row.levels)
    entry.summary = "；".join(part.text for part in row.content_elements.all())
    lines = [
        row.group,
        *(str(part) for part in row.bases.all()),
        *(str(subject) for subject in subjects),
        row.audience_group,
        row.time_limit_text,
    ]
    entry.text = "\n".join(filter(None, lines))


def _context(row: EditionItem | None, organ: Organ | None) -> Iterable[str]:
    if organ is not None:
        yield organ.name
        yield organ.short_name
        yield from (alias.name for alias in organ.aliases.all())
    if row is not None:
        yield row.edition_domain.name
        yield row.group
        yield row.full_name
