"""Matching what a file says with what the county has: organs, acts, channels, domains and limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from catalogue_standards.enums import Audience, Method, Stage
from catalogue_standards.files.checking import row_problems
from catalogue_standards.files.facts import ItemFacts
from catalogue_standards.files.model import CatalogueReading, CatalogueRow, Problem
from catalogue_standards.files.register import Register
from catalogue_standards.files.rhythm import read_rhythm
from catalogue_standards.files.words import WORDS

_STAGES: dict[str, list[str]] = WORDS["stages"]
#: The heading under which is kept what of a rhythm is not understood.
_RHYTHM: str = WORDS["headings"]["rhythm"][0]
_STAGE_OF = {name: stage.value for stage in Stage for name in _STAGES[stage.value]}


@dataclass(frozen=True)
class MatchedItem:
    """A row of the file with everything it names looked up. `domain_id` is None for an unknown domain."""

    row: CatalogueRow
    domain_id: int | None
    facts: ItemFacts


@dataclass(frozen=True)
class Matching:
    """The rows of a file matched with the county's data. Nothing has been written."""

    items: tuple[MatchedItem, ...]
    problems: tuple[Problem, ...]

    @property
    def blocking(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.blocking)

    def unknown(self, kind: str) -> tuple[str, ...]:
        """The names of one kind (domain, basis, channel, organ) that the county does not have."""
        names = (p.params["name"] for p in self.problems if p.kind == f"unknown-{kind}")
        return tuple(dict.fromkeys(names))


def match(reading: CatalogueReading, register: Register) -> Matching:
    """Look up what each row names. The problems of the reading come first among those of the matching."""
    problems = list(reading.problems)
    items: list[MatchedItem] = []
    for row in reading.rows:
        items.append(MatchedItem(row, register.domain(row.domain), facts_of_row(row, register)))
        problems += row_problems(row, register)
    problems += duplicates(items)
    return Matching(tuple(items), tuple(problems))


def facts_of_row(row: CatalogueRow, register: Register) -> ItemFacts:
    """What the row says in the county's terms; names that are not known are left out."""
    channels: dict[int, bool] = {}
    for name in (*row.channels, *row.optional_channels):
        if (channel := register.channel(name)) is not None:
            channels.setdefault(channel, name in row.channels)
    bases = dict.fromkeys(found for text in row.basis if (found := register.basis(text)))
    to_group = "全社会" not in row.audience and "特定群体" in row.audience
    rhythm = read_rhythm(row.rhythm)
    on_request = "主动" not in row.method and "依申请" in row.method
    return ItemFacts(
        group=row.level1 if row.level2 else "",
        name=row.level2 or row.level1,
        sub_name=row.level3,
        content=row.content,
        bases=tuple(bases),
        subjects=tuple(register.subjects(row.subject)[0]),
        channels=tuple(channels.items()),
        time_limit_text=row.time_limit,
        audience=(Audience.GROUP if to_group else Audience.EVERYONE).value,
        audience_group=row.audience_group if to_group else "",
        method=(Method.ON_REQUEST if on_request else Method.PROACTIVE).value,
        at_county="县级" in row.levels or not row.levels,
        at_township="乡级" in row.levels,
        at_village="村级" in row.levels,
        stage=_stage(row),
        rhythm_period=rhythm.rhythm.period,
        rhythm_pieces=rhythm.rhythm.pieces,
        newest_days=rhythm.rhythm.newest_days,
        notes=tuple(sorted(_notes(row, rhythm.rest))),
    )


def _notes(row: CatalogueRow, rhythm: str) -> Iterator[tuple[str, str]]:
    yield from ((k, v) for k, v in row.notes.items() if not _is_stage(k, v) and k != _RHYTHM)
    if rest := "；".join(each for each in (rhythm, row.notes.get(_RHYTHM, "")) if each):
        yield _RHYTHM, rest


def _is_stage(heading: str, text: str) -> bool:
    return heading in _STAGES["heading"] and text in _STAGE_OF


def _stage(row: CatalogueRow) -> str:
    return next((_STAGE_OF[v] for k, v in row.notes.items() if _is_stage(k, v)), "")


def duplicates(items: list[MatchedItem]) -> Iterator[Problem]:
    """Items that bear the same names in one domain; all but the first are a problem."""
    seen: Counter[tuple[str, tuple[str, str, str]]] = Counter()
    first: dict[tuple[str, tuple[str, str, str]], str] = {}
    for item in items:
        key = (item.row.domain if item.domain_id is None else str(item.domain_id), item.facts.names)
        seen[key] += 1
        if seen[key] == 1:
            first[key] = str(item.row.place)
            continue
        message = gettext_noop(
            "“%(name)s” stands in the file twice (first at %(first)s). Give the two items different names, "
            "or delete one."
        )
        params = {"name": item.facts.sub_name or item.facts.name, "first": first[key]}
        place = item.row.place_of("level2")
        yield Problem("duplicate-item", message, params, place, "level2", True)
