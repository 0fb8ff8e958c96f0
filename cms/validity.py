"""How a policy stands on a day, from its dates (有效性)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cms.enums import Validity


class Dates(Protocol):
    """What decides how a policy stands."""

    @property
    def repealed_on(self) -> date | None: ...
    @property
    def expires_on(self) -> date | None: ...
    @property
    def effective_on(self) -> date | None: ...
    @property
    def amended_on(self) -> date | None: ...


@dataclass(frozen=True)
class Standing:
    """The dates of a policy together with what was decided later."""

    repealed_on: date | None
    expires_on: date | None
    effective_on: date | None
    amended_on: date | None


def validity_on(dates: Dates, day: date) -> Validity:
    """How a policy stands on `day`; a repeal outweighs a lapse, a lapse an amendment."""
    if dates.repealed_on and dates.repealed_on <= day:
        return Validity.REPEALED
    if dates.expires_on and dates.expires_on < day:
        return Validity.LAPSED
    if dates.effective_on and dates.effective_on > day:
        return Validity.NOT_YET
    if dates.amended_on and dates.amended_on <= day:
        return Validity.AMENDED
    return Validity.IN_FORCE
