"""Small rules that both enforce and explain.

A rule looks at a subject and answers None, or the sentence that says what is wrong and what to do.
The same list drives a button, the reason beside it when it cannot be pressed, and the refusal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.core.exceptions import PermissionDenied

Subject = TypeVar("Subject")
Rule = Callable[[Subject], str | None]


def failures(rules: Iterable[Rule[Subject]], subject: Subject) -> list[str]:
    """The sentences of all rules that `subject` breaks, in the order of the list."""
    found = (rule(subject) for rule in rules)
    return [str(sentence) for sentence in found if sentence]


class Refused(PermissionDenied):
    """An act was refused; `sentences` say why, in the reader's language."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = [str(sentence) for sentence in sentences]
        super().__init__(" ".join(self.sentences))


class EditionFixed(Refused):
    """The edition, or a row of it, is past being a draft and stays as it is."""
