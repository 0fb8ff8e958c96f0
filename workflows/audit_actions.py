"""What the audit log names by itself; everything else in it bears the name that Wagtail gives."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry

from workflows.enums import ChangeReason, RegisterEvent, Step


class AuditAction(models.TextChoices):
    SUBMITTED = "submission.opened", _("Submitted for review")
    TAKEN_BACK = "submission.withdrawn", _("Review ended without publication")
    APPROVED = "sign_off.approved", _("Signed off")
    RETURNED = "sign_off.returned", _("Returned")
    COMMENTED = "comment.written", _("Passage commented on")
    COMMENT_ANSWERED = "comment.answered", _("Comment answered")
    SETTLED = "finding.settled", _("Findings settled")
    MASK_ACCEPTED = "mask.accepted", _("Masked version accepted")
    REFERRED = "referral.sent", _("Sent up")
    ANSWERED = "referral.answered", _("Answer from above recorded")
    DICTIONARY_CHANGED = "dictionary.changed", _("Dictionary changed")
    REVISIT_STARTED = "revisit.started", _("Second look begun")
    REASSESSMENT_BEGUN = "reassessment.begun", _("Yearly reassessment begun")
    REASSESSED = "reassessment.decided", _("Closed page reassessed")
    POSTED = "posting.recorded", _("Other channel recorded")
    POSTING_CONFIRMED = "posting.confirmed", _("Other channel confirmed")
    POSTING_DECLINED = "posting.declined", _("Other channel declined")
    CLEARED = "clearance.granted", _("Cleared for publication")
    EMERGENCY = "emergency.published", _("Published in an emergency")
    AFTER_REVIEW = "emergency.reviewed", _("Reviewed after an emergency publication")
    REGISTERED = "register.entered", _("Entered in the publication register")
    REFUSED = "refused", _("Refused")
    LOGGED_IN = "account.login", _("Logged in")
    LOGGED_OUT = "account.logout", _("Logged out")
    LOGIN_FAILED = "account.login_failed", _("Login failed")
    GROUPS_CHANGED = "account.groups", _("Roles of a person changed")
    PERMISSIONS_CHANGED = "group.permissions", _("Permissions of a group changed")
    SAVED = "record.saved", _("Record saved")
    DELETED = "record.deleted", _("Record deleted")
    ALARM_RAISED = "alarm.raised", _("Alarm raised")
    EXPORTED = "export.downloaded", _("Listing exported")


#: Wagtail's own history keeps these; a draft that is saved every minute is no evidence.
NOT_EVIDENCE = ("wagtail.edit", "wagtail.comments.")


#: Which details a list shows, and under what name; a download has all of them.
SHOWN_DETAILS = {
    "step": _("Step"),
    "event": _("Event"),
    "opinion": _("Opinion"),
    "reason_kind": _("Kind of reason"),
    "reason": _("Reason"),
    "why": _("Reason"),
    "add": _("Added"),
    "remove": _("Removed"),
    "filter": _("Filter"),
    "rows": _("Rows"),
    "network_address": _("Network address"),
}
_NAMES = {
    "step": dict(Step.choices),
    "event": dict(RegisterEvent.choices),
    "reason_kind": dict(ChangeReason.choices),
}


def details_line(details: dict[str, Any]) -> str:
    """The details that people ask for first, on one line."""
    shown = []
    for key, label in SHOWN_DETAILS.items():
        value = details.get(key)
        if value:
            parts = value.values() if isinstance(value, dict) else value
            parts = [parts] if isinstance(parts, str | int) else parts
            names = _NAMES.get(key, {})
            shown.append(f"{label}：{'、'.join(str(names.get(part, part)) for part in parts)}")
    return "；".join(shown)


def action_label(action: str) -> str:
    """What people read for an action's code."""
    if action in AuditAction.values:
        return str(AuditAction(action).label)
    registry.scan_for_actions()
    formatter = registry.formatters.get(action)
    return str(formatter.label) if formatter else action
