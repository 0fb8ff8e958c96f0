"""The refusals of the review desk; the rules behind them work as catalogue_standards.rules says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.dispatch import Signal

from catalogue_standards.rules import Refused as RefusedByRules
from catalogue_standards.rules import Rule, failures

__all__ = [
    "ChangeRefused",
    "DictionaryRefused",
    "PublicationRefused",
    "ReassessmentRefused",
    "Refused",
    "ReviewRefused",
    "Rule",
    "StandingRefused",
    "StillNeeded",
    "SubmissionRefused",
    "failures",
    "refused",
]

#: Sent whenever something is refused, with the Refused as `refusal`.
refused = Signal()


class Refused(RefusedByRules):
    """An act was refused; `sentences` say why, in the reader's language.

    `subject` is what the act was about and `user` who tried it, where the place that refuses
    knows. Made only to be raised: the audit log keeps every one.
    """

    def __init__(
        self, sentences: Iterable[str], subject: Model | None = None, user: Any = None
    ) -> None:
        super().__init__(sentences)
        self.subject = subject
        self.user = user
        refused.send(type(self), refusal=self)


class SubmissionRefused(Refused):
    """The page may not be submitted for review."""


class ReviewRefused(Refused):
    """This person may not decide this step, or not like this."""


class StandingRefused(Refused):
    """A piece that is or was public may not be taken down, ended, moved or removed like this."""


class DictionaryRefused(Refused):
    """The dictionary may not be changed like this, or not by this person."""


class ReassessmentRefused(Refused):
    """This closed page may not be decided on like this, or not by this person."""


class PublicationRefused(Refused):
    """The page may not become, or stay changed while being, public."""


class ChangeRefused(Exception):
    """A change of the site's set-up was refused; `sentences` say why.

    Not a PermissionDenied: Wagtail answers that with a redirect, and what the request had written
    before would be committed.
    """

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = [str(sentence) for sentence in sentences]
        super().__init__(" ".join(self.sentences))
        self.subject: Model | None = None
        self.user: Any = None
        refused.send(type(self), refusal=self)


class StillNeeded(ChangeRefused):
    """Pages wait on what was about to change; the sentences say which, and what to do first."""
