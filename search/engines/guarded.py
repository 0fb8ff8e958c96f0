"""A search server with the database behind it: readers always get an answer, and never wait twice."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from search.engines.questions import Engine, EngineFailure, Found, Question
from search.models import Entry

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")

LONGEST_PAUSE = 60.0
#: Reasons of which the next question may know nothing: it is put to the server as well.
PASSING = frozenset({"behind", "at-a-loss"})


class Breaker:
    """Leaves a server alone that failed: first for `pause` seconds, then twice as long, at most a minute.

    After a pause one question goes to the server; while it waits for its answer all others go past.
    """

    def __init__(self, pause: float) -> None:
        self._first = pause
        self._pause = 0.0
        self._until = 0.0
        self._lock = threading.Lock()

    def lets_through(self) -> bool:
        with self._lock:
            now = monotonic()
            if now < self._until:
                return False
            self._until = now + self._pause
            return True

    def failed(self) -> None:
        with self._lock:
            self._pause = min(self._pause * 2 or self._first, LONGEST_PAUSE)
            self._until = monotonic() + self._pause

    def answered(self) -> None:
        with self._lock:
            self._pause = self._until = 0.0


class GuardedEngine:
    def __init__(self, engine: Engine, fallback: Engine, pause: float) -> None:
        self.engine = engine
        self.fallback = fallback
        self.breaker = Breaker(pause)

    def answer(self, question: Question, page: int, per_page: int) -> Found:
        return self._asked(lambda engine: engine.answer(question, page, per_page))

    def entries(self, question: Question, start: int, stop: int) -> list[Entry]:
        return self._asked(lambda engine: engine.entries(question, start, stop))

    def suggestions(self, text: str, most: int) -> list[Entry]:
        return self._asked(lambda engine: engine.suggestions(text, most))

    def _asked(self, ask: Callable[[Engine], Answer]) -> Answer:
        if self.breaker.lets_through():
            try:
                answer = ask(self.engine)
            except EngineFailure as failure:
                if str(failure) not in PASSING:
                    self.breaker.failed()
                logger.warning("The database answers: the search server is %s", failure)
            else:
                self.breaker.answered()
                return answer
        return ask(self.fallback)
