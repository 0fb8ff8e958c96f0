"""Record that a piece was posted elsewhere; confirm or decline what was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.models import Picture, Posting, PostingDecision
from cms.postings.rules import DECISION_RULES, RECORD_RULES, Deciding, Recording
from workflows.audit import record
from workflows.audit_actions import AuditAction
from workflows.models import organ_of
from workflows.models.names import display_name
from workflows.rules import StandingRefused, failures

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from workflows.models import GatedPageMixin


class RecordPostingAction:
    """`told` has the keys channel, posted_on, place and photo (an uploaded file, or None)."""

    def __init__(self, page: GatedPageMixin, user: User, told: dict[str, Any]) -> None:
        self.page = page
        self.user = user
        self.told = told

    def check(self) -> None:
        """Raise StandingRefused with every reason."""
        act = Recording(self.page, self.user, self.told["posted_on"], self.told["place"])
        if sentences := failures(RECORD_RULES, act):
            raise StandingRefused(sentences, self.page, self.user)

    @transaction.atomic
    def execute(self) -> Posting:
        self.check()
        organ = organ_of(self.user)
        assert organ is not None
        posting = Posting.objects.create(
            page_id=self.page.pk,
            title=self.page.title,
            organ=organ,
            channel=self.told["channel"],
            posted_on=self.told["posted_on"],
            place=self.told["place"],
            photo=self._kept_photo(),
            user=self.user,
            user_name=display_name(self.user),
            at=timezone.now(),
        )
        _log(AuditAction.POSTED, posting, self.user)
        return posting

    def _kept_photo(self) -> Picture | None:
        if not (upload := self.told.get("photo")):
            return None
        title = _("Evidence: %(channel)s, %(title)s") % {
            "channel": self.told["channel"],
            "title": self.page.title,
        }
        return Picture.objects.create(title=title[:255], file=upload, uploaded_by_user=self.user)


class DecidePostingAction:
    def __init__(self, posting: Posting, user: User, *, confirmed: bool, reason: str = "") -> None:
        self.posting = posting
        self.user = user
        self.confirmed = confirmed
        self.reason = reason.strip()

    def check(self) -> None:
        """Raise StandingRefused with every reason."""
        act = Deciding(self.posting, self.user, self.confirmed, self.reason)
        if sentences := failures(DECISION_RULES, act):
            raise StandingRefused(sentences, self.posting, self.user)

    @transaction.atomic
    def execute(self) -> PostingDecision:
        # Two heads pressing at once: the second waits here and then finds it decided.
        self.posting = Posting.objects.select_for_update().get(pk=self.posting.pk)
        self.check()
        decision = PostingDecision.objects.create(
            posting=self.posting,
            confirmed=self.confirmed,
            reason=self.reason[:300],
            user=self.user,
            user_name=display_name(self.user),
            at=timezone.now(),
        )
        kind = AuditAction.POSTING_CONFIRMED if self.confirmed else AuditAction.POSTING_DECLINED
        _log(kind, self.posting, self.user, self.reason)
        return decision


def _log(action: AuditAction, posting: Posting, user: User, reason: str = "") -> None:
    details = {"page": posting.page_id, "place": str(posting), "reason": reason}
    record(action, posting, actor=user, details=details, label=posting.title)
