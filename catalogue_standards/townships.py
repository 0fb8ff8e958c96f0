"""What a township's catalogue says: the county's, with the township's own choices in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q

from catalogue_standards.enums import SubjectGroup
from catalogue_standards.handling import nearest
from catalogue_standards.limit_comparing import clause_of, is_no_looser
from catalogue_standards.limits import Clause, parse_time_limit
from catalogue_standards.models import (
    Channel,
    Edition,
    EditionItem,
    Item,
    ItemSuccession,
    Organ,
    TownshipChoice,
)


@dataclass(frozen=True)
class TownshipRow:
    """An item as it concerns a township. `choice` is what binds, `proposal` what waits."""

    entry: EditionItem
    choice: TownshipChoice | None = None
    proposal: TownshipChoice | None = None

    @property
    def is_involved(self) -> bool:
        return self.choice is None or self.choice.is_involved

    @property
    def reason(self) -> str:
        return self.choice.reason if self.choice else ""

    @cached_property
    def own_limit(self) -> str:
        """The township's own limit, while it is no looser than what the county now asks; else ""."""
        text = self.choice.time_limit_text if self.choice else ""
        return text if text and is_allowed(text, self.entry) else ""

    @property
    def time_limit_text(self) -> str:
        return self.own_limit or self.entry.time_limit_text

    @property
    def own_channels(self) -> list[Channel]:
        """Channels that the township adds to the county's."""
        if self.choice is None:
            return []
        county = {each.channel_id for each in self.entry.channels.all()}
        return [each for each in self.choice.channels.all() if each.pk not in county]


def offered_to(township: Organ, edition: Edition | None) -> Any:
    """The items of an edition that concern a township: of its level, or with it among the subjects."""
    subjects = Q(subjects__organ=township) | Q(
        subjects__group__in=SubjectGroup.of_kind(township.kind)
    )
    entries = EditionItem.objects.filter(edition=edition)
    concerned = entries.filter(subjects | Q(at_township=True)).order_by().values("pk")
    return entries.filter(pk__in=concerned).order_by("edition_domain__position", "position")


def narrowed(entries: Any, township: Organ, domain: str = "", show: str = "") -> Any:
    """Those of `entries` of one domain (an id), and not_handled, own or waiting, if so asked."""
    if domain:
        entries = entries.filter(edition_domain__domain=domain)
    choices = TownshipChoice.objects.filter(organ=township)
    if show == "not_handled":
        handled = entries.handled_by(township).order_by().values("pk")
        return entries.exclude(pk__in=handled)
    if show == "own":
        own = choices.binding().filter(~Q(time_limit_text="") | Q(channels__isnull=False))
        return entries.filter(item__in=own.order_by().values("item"))
    if show == "waiting":
        return entries.filter(item__in=choices.proposed().order_by().values("item"))
    return entries


def township_rows(township: Organ, entries: Iterable[EditionItem]) -> list[TownshipRow]:
    """Each of `entries` (loaded with_details) with the township's choices; two queries for any number."""
    binding, waiting = _choices(township, TownshipChoice.objects.all())
    return [
        TownshipRow(
            entry,
            _about(entry, binding),
            waiting.get(("item", entry.item_id)),
        )
        for entry in entries
    ]


Choices = dict[tuple[str, int], TownshipChoice]


def _choices(township: Organ, rows: Any) -> tuple[Choices, Choices]:
    found: dict[str, Choices] = defaultdict(dict)
    wanted = rows.filter(organ=township, status__in=["binding", "proposed"])
    for choice in wanted.prefetch_related("channels"):
        about = ("item", choice.item_id) if choice.item_id else ("domain", choice.domain_id)
        found[choice.status][about] = choice
    return found["binding"], found["proposed"]


def _about(entry: EditionItem, choices: Choices) -> TownshipChoice | None:
    return nearest(choices, entry.item_id, entry.edition_domain.domain_id)


def is_allowed(text: str, entry: EditionItem) -> bool:
    """Whether a township may take `text` for its own limit of an item: understood, and no looser."""
    own = parse_time_limit(text)
    county = [clause_of(limit) for limit in entry.limits.all()]
    return own.understood and bool(county) and is_no_looser(own.clauses, county)


def own_limits(items: Iterable[int]) -> dict[tuple[int, int], tuple[Clause, ...]]:
    """The clauses of the limits that townships set themselves, by (organ, item); one query."""
    rows = TownshipChoice.objects.binding().filter(item__in=list(items)).exclude(time_limit_text="")
    return {
        (organ, item): parse_time_limit(text).clauses
        for organ, item, text in rows.values_list("organ", "item", "time_limit_text")
    }


def carry_on(edition: Edition) -> int:
    """Let choices about items that `edition` splits or replaces hold for what is new in their place.

    Returns how many were carried on. Safe to repeat.
    """
    carried = 0
    successions = ItemSuccession.objects.filter(edition=edition).order_by("pk")
    # Only what is new inherits: an item that was there before has choices of its own, or follows.
    there = set(
        Item.objects.filter(
            in_editions__edition__in=Edition.objects.public().exclude(pk=edition.pk).order_by()
        ).values_list("pk", flat=True)
    )
    binding: dict[int, list[TownshipChoice]] = defaultdict(list)
    pairs = [(row.from_item_id, row.to_item_id) for row in successions]
    rows = TownshipChoice.objects.binding().filter(
        item__in={each for pair in pairs for each in pair}
    )
    for choice in rows.prefetch_related("channels"):
        binding[choice.item_id or 0].append(choice)
    for former, item in pairs:
        taken = {choice.organ_id for choice in binding[item]}
        for choice in binding[former]:
            if item in there or choice.organ_id in taken:
                continue
            channels = list(choice.channels.all())
            choice.pk, choice.item_id = None, item
            choice._state.adding = True
            choice.save()
            choice.channels.set(channels)
            carried += 1
    return carried
