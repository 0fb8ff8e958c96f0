"""A township proposes what it takes of the catalogue; the county approves or returns it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue_standards.enums import ChoiceStatus
from catalogue_standards.history import shown_name
from catalogue_standards.models import Organ, TownshipChoice
from catalogue_standards.rules import Refused, failures
from catalogue_standards.signals import township_choices_changed
from catalogue_standards.township_rules import (
    DECIDE_RULES,
    PROPOSE_RULES,
    Choosing,
    Deciding,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class ChoiceRefused(Refused):
    """The township may not choose this, or this person may not propose or approve it."""


class ProposeChoiceAction:
    """Propose a choice; one that still waits about the same item or domain is replaced by it."""

    def __init__(self, choosing: Choosing) -> None:
        self.choosing = choosing

    def check(self) -> None:
        """Raise ChoiceRefused with every reason."""
        if sentences := failures(PROPOSE_RULES, self.choosing):
            raise ChoiceRefused(sentences)

    @transaction.atomic
    def execute(self) -> TownshipChoice:
        given = self.choosing
        # One proposal at a time for a township; the rules read what binds.
        Organ.objects.select_for_update().get(pk=given.township.pk)
        self.check()
        about = {"item": given.entry.item} if given.entry else {"domain": given.domain}
        TownshipChoice.objects.proposed().filter(organ=given.township, **about).update(
            status=ChoiceStatus.SUPERSEDED
        )
        choice = TownshipChoice.objects.create(
            organ=given.township,
            **about,
            is_involved=given.is_involved,
            reason=given.reason.strip(),
            time_limit_text=given.time_limit_text,
            proposed_by=given.user,
            proposed_by_name=shown_name(given.user),
        )
        choice.channels.set(given.channels)
        return choice


class _DecideAction:
    def __init__(self, choice: TownshipChoice, user: User | None) -> None:
        self.choice = choice
        self.user = user

    def check(self) -> None:
        """Raise ChoiceRefused with every reason."""
        sentences = failures(DECIDE_RULES, Deciding(self.choice, self.user)) + self.own_failures()
        if sentences:
            raise ChoiceRefused(sentences)

    def own_failures(self) -> list[str]:
        return []

    @transaction.atomic
    def execute(self) -> TownshipChoice:
        Organ.objects.select_for_update().get(pk=self.choice.organ_id)
        self.check()
        return self.apply()

    def apply(self) -> TownshipChoice:
        raise NotImplementedError

    def _decide(self, status: ChoiceStatus, answer: str = "") -> TownshipChoice:
        self.choice.status, self.choice.answer = status, answer
        self.choice.decided_by, self.choice.decided_by_name = self.user, shown_name(self.user)
        self.choice.decided_at = timezone.now()
        self.choice.save()
        return self.choice


class ApproveChoiceAction(_DecideAction):
    """Let it bind; what bound before stays in the history."""

    def apply(self) -> TownshipChoice:
        choice = self.choice
        TownshipChoice.objects.binding().filter(
            organ=choice.organ_id, item=choice.item_id, domain=choice.domain_id
        ).update(status=ChoiceStatus.SUPERSEDED)
        self._decide(ChoiceStatus.BINDING)
        township_choices_changed.send(sender=TownshipChoice, organ=choice.organ)
        return choice


class ReturnChoiceAction(_DecideAction):
    """Send it back with a reason."""

    def __init__(self, choice: TownshipChoice, user: User | None, answer: str) -> None:
        super().__init__(choice, user)
        self.answer = answer.strip()

    def own_failures(self) -> list[str]:
        return [] if self.answer else [_("Say why it is returned, so that the township knows.")]

    def apply(self) -> TownshipChoice:
        return self._decide(ChoiceStatus.RETURNED, self.answer)
