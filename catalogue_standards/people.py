"""For which organ a person acts. Who works where is not the catalogue's to know: workflows tells it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from catalogue_standards.models import Organ

_lookups: list[Callable[[Any], Organ | None]] = []


def tells_organs(lookup: Callable[[Any], Organ | None]) -> Callable[[Any], Organ | None]:
    """Register what knows the organ of a user (or None)."""
    if lookup not in _lookups:
        _lookups.append(lookup)
    return lookup


def organ_of(user: Any) -> Organ | None:
    """The organ `user` works for, or None."""
    return next((organ for lookup in _lookups if (organ := lookup(user))), None)
