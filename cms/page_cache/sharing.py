"""Parts that many public pages show alike, made once for each state of what is public.

Only while a page is made for readers without an account; everyone else's is made of the database.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import get_language

from cms.page_cache.turning import next_turn

Part = TypeVar("Part")
MOST_PARTS = 2000


@dataclass
class _Shelf:
    """What was made of one state; `until` is when the clock alone changes it."""

    version: str
    until: datetime
    parts: dict[Hashable, Any] = field(default_factory=dict)


_shelf: _Shelf | None = None
_in_use: ContextVar[_Shelf | None] = ContextVar("shared_parts", default=None)


@contextmanager
def sharing(version: str) -> Iterator[datetime]:
    """Let what is made meanwhile share its parts with whatever else is made of this state.

    Gives the moment at which the clock makes it old.
    """
    global _shelf
    shelf = _shelf
    if shelf is None or shelf.version != version or timezone.now() >= shelf.until:
        shelf = _shelf = _Shelf(version, next_turn(timezone.now()))
    token = _in_use.set(shelf)
    try:
        yield shelf.until
    finally:
        _in_use.reset(token)


def shared(key: Hashable, make: Callable[[], Part]) -> Part:
    """The part `key` in the reader's language. Nobody may change it: others show it as well."""
    shelf = _in_use.get()
    if shelf is None:
        return make()
    place = (key, get_language())
    try:
        found: Part = shelf.parts[place]
    except KeyError:
        found = make()
        if len(shelf.parts) >= MOST_PARTS:
            shelf.parts.clear()
        shelf.parts[place] = found
    return found


def is_sharing() -> bool:
    """Whether what is asked for now is worth finding out once for all who ask the same."""
    return _in_use.get() is not None


def forget() -> None:
    """For tests, in which a state that was undone may come again with other content."""
    global _shelf
    _shelf = None
