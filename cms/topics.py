"""What the pages of one-matter topics show. No query count grows with topics or items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from catalogue_standards.models import EditionItem
from cms.listings.common import paged, with_timeliness
from cms.models import DisclosurePage, ItemPage, PolicyPage, TopicPage
from cms.obligations.public import ItemState, states_of
from cms.succession import Lineage
from cms.surroundings import ancestors_with_menu
from cms.visibility import frame, listed

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.query import PageQuerySet

    from cms.models import TopicIndexPage

NEWEST = 5
POLICIES = 6


@dataclass(frozen=True)
class TopicRow:
    """An item of a topic as the edition in force has it; `page` is None where it has no page yet."""

    entry: EditionItem
    page: ItemPage | None
    note: str
    state: ItemState | None


@dataclass(frozen=True)
class Step:
    """What belongs together on the way through a matter, under one heading."""

    title: str
    rows: list[TopicRow] = field(default_factory=list)


def topics_shown() -> PageQuerySet:
    """Every public topic once, in the order in which they were made."""
    return listed(TopicPage).order_by("path")


def index_context(page: TopicIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Keys: topics (paged), ancestors."""
    return {
        "topics": paged(request, topics_shown(), 30),
        "ancestors": ancestors_with_menu(request, page),
    }


def topic_context(page: TopicPage) -> dict[str, Any]:
    """Keys: steps, domains (how many), newest (of its items, each with its timeliness), policies."""
    chosen = list(page.chosen())
    entries = _in_force({each.page.item_id for each in chosen})
    items = list(dict.fromkeys(entry.item_id for found in entries.values() for entry in found))
    pages = {each.item_id: each for each in frame(ItemPage).filter(item__in=items)}
    states = states_of(items)
    steps = [Step(title) for title in page.step_titles]
    told: set[int] = set()
    for each in chosen:
        # What was merged is told once, where it is named first.
        for entry in entries.get(each.page.item_id, ()):
            if entry.item_id not in told:
                told.add(entry.item_id)
                state, place = states.get(entry.item_id), pages.get(entry.item_id)
                steps[each.step].rows.append(TopicRow(entry, place, each.note, state))
    newest = listed(DisclosurePage).filter(item__in=items).select_related("organ", "item")
    return {
        "steps": [step for step in steps if step.rows],
        "domains": len({row.entry.edition_domain_id for step in steps for row in step.rows}),
        "newest": with_timeliness(list(newest[:NEWEST])),
        "policies": list(listed(PolicyPage).filter(item__in=items)[:POLICIES]),
    }


def _in_force(wanted: set[int]) -> dict[int, list[EditionItem]]:
    """By item: its row in the edition in force, or the rows of what carries it on."""
    found = _rows(wanted)
    entries = {item: [row] for item, row in found.items()}
    if lost := wanted - found.keys():
        lineage = Lineage()
        heirs = {item: lineage.carried_on_by(item) for item in lost}
        rows = _rows({heir for each in heirs.values() for heir in each})
        entries |= {item: list(_of(each, rows)) for item, each in heirs.items()}
    return entries


def _of(items: Iterable[int], rows: dict[int, EditionItem]) -> Iterator[EditionItem]:
    return (rows[item] for item in items if item in rows)


def _rows(items: Iterable[int]) -> dict[int, EditionItem]:
    rows = EditionItem.objects.in_force().filter(item__in=items)
    return {row.item_id: row for row in rows.select_related("edition_domain")}
