"""Publish cleared pages: all of them, in one transaction, or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from workflows.drafts import latest_draft
from workflows.enums import ChangeReason, ClearanceStatus, Decision, RegisterEvent
from workflows.models import Clearance, EmergencyPublication, SignOff
from workflows.publication_rules import PUBLICATION_RULES, Publishing
from workflows.registering import enter, last_event
from workflows.rules import PublicationRefused, failures

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from workflows.models.gated import GatedPageMixin


class PublishClearedAction:
    """Apply granted clearances. `clearances` are published together, in their order."""

    def __init__(
        self, clearances: Sequence[Clearance], user: AbstractBaseUser | None = None
    ) -> None:
        self.clearances = clearances
        self.user = user

    def check(self) -> None:
        """Raise PublicationRefused with every reason why any of the pages may not go public."""
        sentences = [
            sentence
            for clearance in self.clearances
            for sentence in failures(
                PUBLICATION_RULES,
                Publishing(latest_draft(clearance.page), clearance),
            )
        ]
        if sentences:
            raise PublicationRefused(sentences, self.clearances[0].page, self.user)

    @transaction.atomic
    def execute(self) -> list[GatedPageMixin]:
        pages: list[GatedPageMixin] = []
        held_until: datetime | None = None
        for clearance in self.clearances:
            pages.append(self._publish(clearance, held_until))
            held_until = held_until or _ahead(pages[0].go_live_at)
        return pages

    def _publish(self, clearance: Clearance, held_until: datetime | None) -> GatedPageMixin:
        """`held_until` is when the first of the pages goes public: none does before it."""
        live = Page.objects.get(pk=clearance.page_id).specific
        opened = Clearance.objects.filter(pk=clearance.pk, status=ClearanceStatus.GRANTED).update(
            status=ClearanceStatus.APPLYING
        )
        if not opened:
            raise PublicationRefused(
                failures(PUBLICATION_RULES, Publishing(live, None)), live, self.user
            )
        published_before = live.was_published
        revision = live.get_latest_revision()
        action = PublishPageRevisionAction(revision, user=self.user)
        if not published_before:
            # Whatever a draft brought along: the date of publication is the system's.
            action.object.first_published_at = None
        page: GatedPageMixin = action.object
        if held_until is not None and (page.go_live_at is None or page.go_live_at < held_until):
            page.go_live_at = held_until
        later = _ahead(page.go_live_at) is not None
        if not later:
            page.prepare_publication(timezone.now())
        action.execute(skip_permission_checks=True)
        if later:
            # The clearance waits for publish_scheduled, also where an older version is public.
            Clearance.objects.filter(pk=clearance.pk).update(status=ClearanceStatus.GRANTED)
        else:
            self._close(clearance, page, self._event(page, published_before))
        return page

    def _event(self, page: GatedPageMixin, published_before: bool) -> RegisterEvent:
        if not published_before:
            return RegisterEvent.PUBLISHED
        gone = last_event(page.pk) in RegisterEvent.leaving()
        return RegisterEvent.RESTORED if gone else RegisterEvent.CORRECTED

    def _close(self, clearance: Clearance, page: GatedPageMixin, event: RegisterEvent) -> None:
        now = timezone.now()
        if event != RegisterEvent.PUBLISHED:
            Clearance.objects.filter(page_id=page.pk, status=ClearanceStatus.APPLIED).update(
                status=ClearanceStatus.SUPERSEDED
            )
        Clearance.objects.filter(pk=clearance.pk).update(
            status=ClearanceStatus.APPLIED, applied_at=now
        )
        emergency = EmergencyPublication.objects.filter(submission=clearance.submission_id).first()
        signed = SignOff.objects.filter(
            submission_id=clearance.submission_id, decision=Decision.APPROVED
        )
        note = getattr(page, "correction_note", "")
        enter(
            page,
            event,
            by=self.user,
            kind=ChangeReason.EMERGENCY if emergency else None,
            # A first publication corrects nothing, whatever its draft says.
            reason=note
            if event != RegisterEvent.PUBLISHED
            else emergency.reason
            if emergency
            else "",
            cleared_by=emergency.published_by_name
            if emergency
            else "、".join(sign_off.user_name for sign_off in signed),
            digest=clearance.digest,
            clearance=clearance,
        )


def _ahead(moment: datetime | None) -> datetime | None:
    """`moment` where it still lies ahead."""
    return moment if moment is not None and moment > timezone.now() else None
