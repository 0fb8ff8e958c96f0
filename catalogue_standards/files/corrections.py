"""What people settle about a file that was read: cells corrected, rows left out, names explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from catalogue_standards.files.model import CatalogueReading, CatalogueRow, Problem, ReadCell
from catalogue_standards.files.reading import no_name
from catalogue_standards.files.register import Register, title_of
from catalogue_standards.files.rows import row_of
from catalogue_standards.files.words import plain

#: The cells of a row that can be corrected, each with the fields that are read from it.
CELL_FIELDS: dict[str, tuple[str, ...]] = {
    "domain": ("domain",),
    "level1": ("level1",),
    "level2": ("level2",),
    "level3": ("level3",),
    "content": ("content",),
    "basis": ("basis",),
    "time_limit": ("time_limit",),
    "subject": ("subject",),
    "channels": ("channels", "optional_channels"),
    "audience": ("audience", "audience_group"),
    "method": ("method",),
    "levels": ("levels",),
    "rhythm": ("rhythm",),
}
_OF_DOMAIN = ("guessed-domain", "no-domain")


@dataclass
class Corrections:
    """As kept with the import (`ImportRun.decisions`); rows by their number in the reading.

    `names` maps, for each kind (organ, basis, channel, domain), a name of the file to what it means:
    an id, "@" with a group of organs, or "" for one to be entered as new. Acts are named by
    `act_key`. `tables` gives the domain of tables that do not state theirs.
    """

    cells: dict[str, dict[str, str]] = field(default_factory=dict)
    out: list[int] = field(default_factory=list)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)

    def meaning(self, kind: str) -> Iterator[tuple[str, str]]:
        """The names of a kind that are explained by something the county has."""
        return ((name, what) for name, what in self.names.get(kind, {}).items() if what)

    def accepted(self, kind: str) -> set[str]:
        """The names of a kind that are to be entered as new."""
        return {name for name, what in self.names.get(kind, {}).items() if not what}


@dataclass(frozen=True)
class Corrected:
    """A reading with what was settled about it; `numbers` are its rows' numbers in the file's reading."""

    reading: CatalogueReading
    numbers: tuple[int, ...]


def act_key(citation: str) -> str:
    """The act that a citation names, whatever the article."""
    act = title_of(citation)
    return f"{act.title}\t{act.number}"


def corrected(reading: CatalogueReading, corrections: Corrections) -> Corrected:
    """The reading as corrected, without the rows left out and the problems that are settled."""
    out = set(corrections.out)
    numbers = tuple(at for at in range(len(reading.rows)) if at not in out)
    guessed = {
        problem.params["table"]: problem.params["domain"]
        for problem in reading.problems
        if problem.kind in _OF_DOMAIN
    }
    rows = []
    for number in numbers:
        row = reading.rows[number]
        domain = corrections.tables.get(row.place.table)
        if domain and row.domain == guessed.get(row.place.table):
            row = replace(row, domain=domain)
        rows.append(with_cells(row, corrections.cells.get(str(number), {})))
    problems = [*_left(reading, corrections, out), *(no_name(r) for r in rows if not _named(r))]
    return Corrected(CatalogueReading(tuple(rows), tuple(problems)), numbers)


def with_cells(row: CatalogueRow, texts: Mapping[str, str]) -> CatalogueRow:
    """The row read anew where cells were corrected."""
    for name, text in texts.items():
        cell = ReadCell(text, row.place_of(name))
        read, _problems = row_of({name: cell}, [], {}, row.place, text.strip())
        values = {each: getattr(read, each) for each in CELL_FIELDS[name]}
        row = replace(row, **values, cells={**row.cells, name: cell})
    return row


def written(row: CatalogueRow, name: str) -> str:
    """One cell as it was understood, in words that are read the same again."""
    if name == "content":
        return "\n".join(f"●{each}" for each in row.content)
    if name == "basis":
        return "\n".join(row.basis)
    if name == "channels":
        marked = [f"■{each}" for each in row.channels]
        return "\n".join(marked + [f"□{each}" for each in row.optional_channels])
    if name == "audience":
        return f"{row.audience}（{row.audience_group}）" if row.audience_group else row.audience
    if name == "levels":
        return "、".join(row.levels)
    return str(getattr(row, name))


def explain(register: Register, corrections: Corrections) -> Register:
    """Teach `register` the names that were explained."""
    for name, what in corrections.meaning("organ"):
        found = (None, what[1:]) if what.startswith("@") else (int(what), "")
        register.organs[plain(name)] = {found}
    for name, what in corrections.meaning("domain"):
        register.domains[plain(name)] = int(what)
    for name, what in corrections.meaning("channel"):
        register.channels[plain(name)] = int(what)
    for key, what in corrections.meaning("basis"):
        title, _tab, number = key.partition("\t")
        if plain(title) in register.bases:
            register.bases[plain(title)][int(what)] = plain(number)
        else:
            register.other_titles[plain(title)] = {int(what)}
    return register


def _left(reading: CatalogueReading, corrections: Corrections, out: set[int]) -> Iterator[Problem]:
    numbers = {(r.place.table, r.place.row): at for at, r in enumerate(reading.rows)}
    for problem in reading.problems:
        if problem.kind == "no-name":
            continue  # is looked for anew
        if problem.kind in _OF_DOMAIN:
            if not corrections.tables.get(problem.params["table"]):
                yield problem
            continue
        place = problem.place
        number = numbers.get((place.table, place.row)) if place else None
        if number in out or problem.field in corrections.cells.get(str(number), {}):
            continue
        yield problem


def _named(row: CatalogueRow) -> bool:
    return bool(row.level1 or row.level2)


def as_kept(corrections: Corrections) -> dict[str, Any]:
    return dict(vars(corrections))
