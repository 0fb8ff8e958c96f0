"""Small rules that both enforce and explain.

A rule is a function that looks at a subject and answers None, or the sentence that says what is
wrong and what to do. The same list drives a button, its explanation, a form's errors and a refusal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.dispatch import Signal

Subject = TypeVar("Subject")
Rule = Callable[[Subject], str | None]

#: Sent whenever something is refused, with the Refused as `refusal`.
refused = Signal()


def failures(rules: Iterable[Rule[Subject]], subject: Subject) -> list[str]:
    """The sentences of all rules that `subject` breaks, in the order of the list."""
    found = (rule(subject) for rule in rules)
    return [str(sentence) for sentence in found if sentence]


class Refused(PermissionDenied):
    """An act was refused; `sentences` say why, in the reader's language.

    `subject` is what the act was about and `user` who tried it, where the place that refuses
    knows. Made only to be raised: the audit log keeps every one.
    """

    def __init__(
        self, sentences: Iterable[str], subject: Model | None = None, user: Any = None
    ) -> None:
        self.sentences = list(sentences)
        self.subject = subject
        self.user = user
        super().__init__(" ".join(self.sentences))
        refused.send(type(self), refusal=self)


class SubmissionRefused(Refused):
    """The page may not be submitted for review."""


class ReviewRefused(Refused):
    """This person may not decide this step, or not like this."""


class PublicationRefused(Refused):
    """The page may not become, or stay changed while being, public."""
