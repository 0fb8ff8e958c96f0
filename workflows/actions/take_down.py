"""Take a public piece down, with the reason, at once and with everything below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Locale, Page

from workflows.actions.end import LapseAction
from workflows.change_rules import TAKE_DOWN_RULES, Change
from workflows.enums import AfterDecision, ChangeReason, ClearanceStatus, RegisterEvent
from workflows.models import Clearance, EmergencyPublication, GatedPageMixin
from workflows.registering import enter
from workflows.rules import StandingRefused, failures

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from wagtail.query import PageQuerySet


class TakeDownAction:
    """`words` stay in the register; the public reads the kind of reason only."""

    def __init__(
        self,
        page: GatedPageMixin,
        user: User | None,
        kind: ChangeReason | None,
        words: str = "",
    ) -> None:
        self.page = page
        self.user = user
        self.kind = kind
        self.words = words

    def check(self) -> None:
        """Raise StandingRefused with every reason."""
        sentences = failures(TAKE_DOWN_RULES, Change(self.page, self.user, self.kind, self.words))
        if sentences:
            raise StandingRefused(sentences, self.page, self.user)

    @transaction.atomic
    def execute(self) -> list[GatedPageMixin]:
        """The pages that left: interpretations leave with their policy, translations with an original."""
        self.check()
        return self.leave(RegisterEvent.UNPUBLISHED)

    def leave(self, event: RegisterEvent) -> list[GatedPageMixin]:
        family = self._family()
        others = family.exclude(pk=self.page.pk).live().specific()
        pages = [self.page, *(page for page in others if isinstance(page, GatedPageMixin))]
        # What waits for its date is revoked as well: nothing of it comes back by the clock.
        Clearance.objects.filter(
            page__in=family.order_by().values("pk"), status=ClearanceStatus.GRANTED
        ).update(status=ClearanceStatus.REVOKED)
        for page in pages:
            self._leave(page, event)
        self._settle_emergencies(pages)
        return pages

    def _family(self) -> PageQuerySet:
        """The page and all below it; of an original also its translations, which say the same."""
        family = self.page.get_descendants(inclusive=True)
        if self.page.locale_id == Locale.get_default().pk:
            keys = family.order_by().values("translation_key")
            family = Page.objects.filter(translation_key__in=keys)
        return family.order_by("path")

    def _leave(self, page: GatedPageMixin, event: RegisterEvent) -> None:
        # First the clearance, then the page: nothing is saved as gone while a clearance says public.
        clearance = Clearance.objects.filter(
            page_id=page.pk, status=ClearanceStatus.APPLIED
        ).first()
        Clearance.objects.filter(page_id=page.pk, status=ClearanceStatus.APPLIED).update(
            status=ClearanceStatus.REVOKED
        )
        UnpublishPageAction(
            page, user=self.user, set_expired=event == RegisterEvent.EXPIRED
        ).execute(skip_permission_checks=True)
        enter(
            page,
            event,
            by=self.user,
            kind=self.kind,
            reason=self.words,
            clearance=clearance,
            digest=clearance.digest if clearance else "",
        )

    def _settle_emergencies(self, pages: list[GatedPageMixin]) -> None:
        """Who takes down what was published in an emergency has thereby reviewed it."""
        from workflows.actions.after_review import AfterReviewAction

        keys = [page.pk for page in pages]
        waiting = EmergencyPublication.objects.open().filter(submission__lead__in=keys)
        for publication in waiting:
            review = AfterReviewAction(
                publication, self.user, AfterDecision.TAKEN_DOWN, self.words, kind=self.kind
            )
            if not review.why_not():
                review.write()


class ExpireAction:
    """The clock takes a piece down; a policy stays readable, marked as lapsed."""

    def __init__(self, page: Any) -> None:
        self.page = page

    @transaction.atomic
    def execute(self) -> None:
        if not self.page.text_outlives_it:
            TakeDownAction(self.page, None, ChangeReason.TERM_OVER).leave(RegisterEvent.EXPIRED)
            return
        if not self.page.has_ended and self.page.expire_at is not None:
            LapseAction(self.page, timezone.localdate(self.page.expire_at)).execute()
        self.page.expire_at = None
        self.page.save(update_fields=["expire_at"], clean=False)
