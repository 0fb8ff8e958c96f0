"""Small rules that both enforce and explain.

A rule is a function that looks at a subject and answers None, or the sentence that says what is
wrong and what to do. The same list drives a button, its explanation, a form's errors and a refusal.
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
        self.sentences = list(sentences)
        super().__init__(" ".join(self.sentences))


class SubmissionRefused(Refused):
    """The page may not be submitted for review."""


class ReviewRefused(Refused):
    """This person may not decide this step, or not like this."""


class PublicationRefused(Refused):
    """The page may not become, or stay changed while being, public."""
