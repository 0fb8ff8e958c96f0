"""A passage is a stretch of text at one place, or a row of a table with a place for each cell."""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .detectors.addresses import find_addresses, has_address
from .detectors.codes import find_emails, find_passports, find_plates
from .detectors.marks import find_internal_marks, find_secret_marks, find_terms
from .detectors.names import Name, find_names
from .detectors.numbers import birth_date, find_numbers
from .detectors.people import ADULT, find_illness, find_minors, speaks_of_persons
from .kinds import Finding, Hit, Kind, Severity, keyed_hash
from .masking import NAME_BESIDE, excerpt
from .normalise import plain
from .words import wording

_NUMBERS = (Kind.ID_CARD, Kind.MOBILE, Kind.BANK_CARD, Kind.PASSPORT)
_NAME_REACH = 20
_FIGURE = re.compile(r"[-+]?[0-9.,]{1,10}%?")


@dataclass(frozen=True, slots=True)
class Cell:
    """Characters `start:end` of a passage, which stand at `place`."""

    start: int
    end: int
    place: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Text to scan. With cells, only what begins inside one is reported, at the cell's place.

    `hidden` names the rule by which a reader of the screen does not see it ("" where he does).
    """

    place: str
    text: str
    hidden: str = ""
    cells: tuple[Cell, ...] = ()


def row_passage(place: str, header: Sequence[str], row: Iterable[tuple[int, str, str]]) -> Passage:
    """A table row as one labelled sentence: 姓名:张三;身份证号:… .

    `row` holds (column index, text, place of the cell); a column's header is its label.
    """
    pieces: list[str] = []
    cells: list[Cell] = []
    length = 0
    for column, text, where in row:
        label = header[column] if column < len(header) else ""
        lead = ("\n" if len(text) > 40 else ";") if pieces else ""
        lead += f"{label}:" if label else ""
        pieces += (lead, text)
        cells.append(Cell(length + len(lead), length + len(lead) + len(text), where))
        length += len(lead) + len(text)
    return Passage(place, "".join(pieces), cells=tuple(cells))


def find_hits(text: str, dictionary: tuple[str, ...] = ()) -> list[Hit]:
    """Everything in `text`, in order; offsets are those of `text` as written."""
    ready = plain(text)
    hits = list(_hits(ready.text, dictionary))
    if ready.origin is not None:
        hits = [
            replace(hit, start=span[0], end=span[1])
            for hit in hits
            for span in [ready.span(hit.start, hit.end)]
        ]
    return sorted(hits, key=lambda hit: (hit.start, hit.end))


def _hits(text: str, dictionary: tuple[str, ...]) -> Iterator[Hit]:
    numbers = [*find_numbers(text), *find_passports(text)]
    wanted = numbers or has_address(text) or speaks_of_persons(text)
    names = find_names(text) if wanted else []
    addresses = list(find_addresses(text, names))
    minors = list(find_minors(text, names))
    minors += _by_birth(text, numbers, names, {hit.start for hit in minors})
    illness = list(find_illness(text, names))
    yield from numbers
    yield from addresses
    yield from minors
    yield from illness
    named = {hit.start for hit in (*minors, *illness)}
    yield from _names_beside(numbers, [name for name in names if name.start not in named])
    yield from find_plates(text)
    yield from find_emails(text)
    yield from find_secret_marks(text)
    yield from find_internal_marks(text)
    yield from find_terms(text, dictionary)


def _closest(names: list[Name], hit: Hit, reach: int) -> Name | None:
    ahead = [name for name in names if 0 <= hit.start - name.end <= reach]
    return ahead[-1] if ahead else None


def _by_birth(text: str, numbers: list[Hit], names: list[Name], known: set[int]) -> Iterator[Hit]:
    today = datetime.date.today()
    for hit in numbers:
        if hit.rule not in ("id_card.18", "id_card.check_digit"):
            continue
        digits = "".join(c for c in text[hit.start : hit.end] if c.isalnum())
        born = birth_date(digits)
        if (
            born
            and (today.year - born.year - ((today.month, today.day) < (born.month, born.day)))
            < ADULT
        ):
            name = _closest(names, hit, 30)
            if name is None or name.start not in known:
                start, end = (name.start, name.end) if name else (hit.start, hit.end)
                rule = "minor.birth" if name else "minor.birth.number"
                yield Hit(Kind.MINOR, rule, start, end, Severity.HIGH)


def _names_beside(numbers: list[Hit], names: list[Name]) -> Iterator[Hit]:
    taken: set[int] = set()
    for hit in numbers:
        if hit.kind not in _NUMBERS:
            continue
        name = _closest(names, hit, _NAME_REACH + (16 if hit.kind is Kind.BANK_CARD else 0))
        if name and name.start not in taken:
            taken.add(name.start)
            yield Hit(hit.kind, f"{hit.kind}.{NAME_BESIDE}", name.start, name.end, Severity.LOW)


def message(hit: Hit) -> str:
    """What the reviewer reads about a hit, in Chinese, and what to do."""
    said = wording()["messages"]
    return said.get(hit.rule, said[str(hit.kind)]).format(detail=hit.detail)


def _only_figures(passage: Passage) -> bool:
    """True for a table row of short figures: too short for any number that is looked for."""
    return all(_FIGURE.fullmatch(passage.text, cell.start, cell.end) for cell in passage.cells)


def scan_passage(
    file: str, passage: Passage, dictionary: tuple[str, ...] = (), key: bytes = b""
) -> list[Finding]:
    """The findings of one passage, in order; with a key, each has its `text_hash`."""
    if passage.cells and not dictionary and _only_figures(passage):
        return []
    hits = find_hits(passage.text, dictionary)
    found = []
    for hit in hits:
        where, offset = passage.place, 0
        end = hit.end
        if passage.cells:
            cell = next((c for c in passage.cells if c.start <= hit.start < c.end), None)
            if cell is None:
                continue
            where, offset, end = cell.place, cell.start, min(hit.end, cell.end)
        found.append(
            Finding(
                file=file,
                place=where,
                kind=hit.kind,
                severity=hit.severity,
                rule=hit.rule,
                excerpt=excerpt(passage.text, hits, hit.start, end),
                start=hit.start - offset,
                end=end - offset,
                message=message(hit),
                text_hash=keyed_hash(key, passage.text[hit.start : end]),
            )
        )
    return found
