"""What the pages report: pieces, how many there are, and policies that must be explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Piece:
    """A piece under an item, or a draft of one.

    `published` are the days on which it became public or was brought up to date, in order; a draft
    has none. `reference` is the pages' own name for it.
    """

    item_id: int
    organ_id: int
    reference: str
    title: str
    formed_on: date | None
    published: tuple[date, ...] = ()


@dataclass(frozen=True)
class Announcement:
    """A public policy, which is to be explained; `explained_on` is the day of the first interpretation."""

    item_id: int | None
    organ_id: int
    reference: str
    title: str
    published_on: date
    explained_on: date | None = None


@dataclass(frozen=True)
class Tally:
    """All public pieces of one organ under one item, however old."""

    pieces: int = 0
    newest_on: date | None = None

    def __add__(self, other: Tally) -> Tally:
        days = [day for day in (self.newest_on, other.newest_on) if day]
        return Tally(self.pieces + other.pieces, max(days, default=None))


@dataclass(frozen=True)
class Question:
    """Which pieces under an item must be known to settle some of them, the `references`.

    Beside those, of each organ: of the pieces published, or brought up to date, in each span that
    begins with a day of `since` (ascending, each reaching to the next) the first `number`; and of those
    formed in each span that begins with a day of `formed`, the first `events` that were published.
    """

    item_id: int | None
    references: frozenset[str]
    since: tuple[date, ...] = ()
    number: int = 0
    formed: tuple[date, ...] = ()
    events: int = 0


@dataclass(frozen=True)
class Facts:
    """What is reported of some items. Tallies are by (item, organ).

    `pieces` need only reach as far back as catalogue_standards.duties.clocks.HORIZON.
    """

    pieces: Sequence[Piece] = ()
    announcements: Sequence[Announcement] = ()
    tallies: Mapping[tuple[int, int], Tally] = field(default_factory=dict)
