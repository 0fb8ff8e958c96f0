"""What holds of pages that were signed together (三同步): a policy and its interpretations."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue_standards.calendar import site_calendar
from catalogue_standards.working_days import local_day
from workflows.digest import combined_digest, identity, submitted_digest
from workflows.drafts import latest_draft
from workflows.enums import ClearanceStatus

if TYPE_CHECKING:
    from workflows.models import Clearance, GatedPageMixin, Submission
    from workflows.publication_rules import Publishing
    from workflows.submission_rules import Offer

#: Working days after its policy by which an interpretation is public, as public work plans ask.
FOLLOWS_WITHIN = 3


def late_or_early(page: GatedPageMixin, lead_at: datetime) -> str | None:
    """Why `page` may not go public on the date it asks for, beside a lead public at `lead_at`."""
    asked = page.go_live_at
    if asked is None:
        return None
    if asked < lead_at:
        return _(
            "“%(title)s” would be public before what it explains: choose %(first)s or later."
        ) % {
            "title": page.title,
            "first": f"{timezone.localtime(lead_at):%Y-%m-%d %H:%M}",
        }
    last = site_calendar().add_working_days(lead_at, FOLLOWS_WITHIN).date
    if local_day(asked) > last:
        return _(
            "“%(title)s” would be public later than %(days)s working days after what it explains: "
            "choose %(last)s or earlier, or leave its date empty."
        ) % {"title": page.title, "days": FOLLOWS_WITHIN, "last": last}
    return None


def companions_follow_in_time(offer: Offer) -> str | None:
    """Checked at submission, while the drafter can still change the dates."""
    lead_at = offer.page.go_live_at
    dated = [page for page in offer.page.companions() if page.go_live_at is not None]
    if dated and lead_at is None:
        return _("“%(title)s” has a date of its own: give “%(lead)s” the date it follows.") % {
            "title": dated[0].title,
            "lead": offer.page.title,
        }
    found = [late_or_early(page, lead_at) for page in dated if lead_at is not None]
    return " ".join(filter(None, found)) or None


def pair_is_what_was_signed(act: Publishing) -> str | None:
    """A lead goes public only with all that was signed with it as it was signed.

    What of it is public already answers for itself.
    """
    if act.clearance is None or _stands_alone(act.page, act.clearance):
        return None
    submission = act.clearance.submission
    if submission.lead_id != act.page.pk:
        return None
    done = set(
        submission.clearances.filter(applied_at__isnull=False).values_list("page_id", flat=True)
    )
    for row in submission.pages.select_related("page"):
        if row.page is None:
            return _("“%(title)s” was signed with it and is gone: submit the policy again.") % {
                "title": row.title
            }
        if row.page_id in done or row.page_id == act.page.pk:
            continue
        if submitted_digest(latest_draft(row.page)) != row.digest:
            return _("“%(title)s” was changed after both were signed: submit both again.") % {
                "title": row.title
            }
    return None


def follows_its_lead(act: Publishing) -> str | None:
    """A companion is never public without its lead, nor on another date than was agreed."""
    if act.clearance is None or _stands_alone(act.page, act.clearance):
        return None
    submission = act.clearance.submission
    if submission.lead_id == act.page.pk:
        return None
    if submission.lead is None:
        return _("What “%(title)s” explains is gone.") % {"title": act.page.title}
    lead_at = _public_at(submission)
    if lead_at is None:
        return _("“%(lead)s” was taken down: “%(title)s” is not published without it.") % {
            "lead": submission.lead.title,
            "title": act.page.title,
        }
    if act.page.go_live_at is None or act.page.go_live_at <= lead_at:
        return None
    return late_or_early(act.page, lead_at)


def _public_at(submission: Submission) -> datetime | None:
    """When the lead went public under this submission, or will; None once it was taken down."""
    clearance = submission.clearances.filter(page=submission.lead_id).first()
    if clearance is not None and clearance.applied_at is not None:
        down = clearance.status == ClearanceStatus.REVOKED
        return None if down else clearance.applied_at
    now = timezone.now()
    planned = latest_draft(submission.lead).go_live_at if submission.lead else None
    return max(planned, now) if planned else now


def _stands_alone(page: GatedPageMixin, clearance: Clearance) -> bool:
    # What was signed is told by the digest alone; most pieces need no query for it.
    alone = combined_digest([(identity(page), clearance.digest)])
    return clearance.submission.digest == alone
