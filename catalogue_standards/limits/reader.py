"""Reading a time limit: its parts one by one, and what they mean together."""

from dataclasses import replace
from functools import lru_cache

from catalogue_standards.limits.model import Clause, TimeLimit
from catalogue_standards.limits.rules import ASIDE, Reading, read_clause
from catalogue_standards.limits.text import Part, parts, tidy, with_digits
from catalogue_standards.limits.triggers import clean_scope

_CUT = "…"
_LONGEST = 500  # characters; what is longer is prose, and is left to a person


@lru_cache(maxsize=5_000)
def parse_time_limit(text: str) -> TimeLimit:
    """Read the 公开时限 of a catalogue row, such as 信息形成之日起20个工作日内.

    Reads what it can and leaves the rest in `unread`; it never supplies a unit, a number or an
    event that the text does not state (批准后20内 stays unread). A blank text has no clauses
    and is not understood; so has one of more than 500 characters. References to other law (另有规定的从其规定) add nothing.
    """
    if len(text) > _LONGEST:
        return TimeLimit(text, (), (text,))
    limit = _read(text, tidy(text))
    if not limit.understood:
        by_line = _read(text, tidy(text, break_means=";"))
        if by_line.understood:
            return by_line
    return limit


def _read(text: str, tidied: str) -> TimeLimit:
    readings: list[Reading] = []
    unread: list[str] = []
    for part in parts(tidied):
        reading = _read_part(part)
        if reading:
            readings.append(reading)
        if part.cut_off:
            unread.append(_CUT if reading else part.text + _CUT)
        elif not reading and not ASIDE.fullmatch(part.text):
            unread.append(part.text)
    if tidied and not readings and not unread:
        unread.append(tidied)
    return TimeLimit(text, _with_scopes(readings), tuple(unread))


def _read_part(part: Part) -> Reading | None:
    reading = read_clause(with_digits(part.text))
    if reading and part.scope:
        return Reading(replace(reading.clause, scope=clean_scope(part.scope)))
    return reading


def _with_scopes(readings: list[Reading]) -> tuple[Clause, ...]:
    """Keep a scope that an event merely implies where the text has limits for other things too."""
    limits = sum(reading.clause.kind in ("within", "prompt") for reading in readings)
    return tuple(
        replace(reading.clause, scope=reading.implied_scope)
        if limits > 1 and reading.implied_scope
        else reading.clause
        for reading in readings
    )
