"""What every act on an edition has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import transaction

from catalogue_standards.edition_rules import Acting
from catalogue_standards.models import Edition
from catalogue_standards.rules import Refused, Rule, failures

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class EditionRefused(Refused):
    """The edition may not be moved on, or not by this person, or not now."""


class EditionAction:
    """`rules` decide whether `user` may do this with `edition`; `refusal` is raised when not."""

    rules: ClassVar[list[Rule[Acting]]]
    refusal: ClassVar[type[EditionRefused]] = EditionRefused

    def __init__(self, edition: Edition, user: User | None) -> None:
        self.edition = edition
        self.user = user

    def check(self) -> None:
        """Raise `refusal` with every reason."""
        sentences = failures(self.rules, Acting(self.edition, self.user)) + self.own_failures()
        if sentences:
            raise self.refusal(sentences)

    def own_failures(self) -> list[str]:
        """What is wrong with the particulars of this act."""
        return []

    @transaction.atomic
    def execute(self) -> Edition:
        """Do it, or raise `refusal`; returns the edition concerned, as it now stands."""
        # Two people pressing at once: the second waits here and then finds the act done.
        self.edition = Edition.objects.select_for_update().get(pk=self.edition.pk)
        self.check()
        return self.apply()

    def apply(self) -> Edition:
        raise NotImplementedError

    def move(self, **fields: object) -> Edition:
        """Write fields past the guard that keeps editions from being edited."""
        Edition.objects.filter(pk=self.edition.pk).update(**fields)
        self.edition.refresh_from_db()
        return self.edition
