"""What the audit log names by itself; everything else in it bears the name that Wagtail gives."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry


class AuditAction(models.TextChoices):
    SUBMITTED = "submission.opened", _("Submitted for review")
    TAKEN_BACK = "submission.withdrawn", _("Review ended without publication")
    APPROVED = "sign_off.approved", _("Signed off")
    RETURNED = "sign_off.returned", _("Returned")
    CLEARED = "clearance.granted", _("Cleared for publication")
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


def action_label(action: str) -> str:
    """What people read for an action's code."""
    if action in AuditAction.values:
        return str(AuditAction(action).label)
    registry.scan_for_actions()
    formatter = registry.formatters.get(action)
    return str(formatter.label) if formatter else action
