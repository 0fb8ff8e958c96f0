"""Clearances, and the register of what was published under them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from catalogue_standards.models import Edition, Item
from workflows.enums import (
    ChangeReason,
    ClearanceStatus,
    Determination,
    Extent,
    Ground,
    RegisterEvent,
)
from workflows.models.append_only import AppendOnly
from workflows.models.submissions import Submission


class Clearance(models.Model):
    """This content of this page, in this locale, may be public.

    Written when the last sign-off is given; good for one publication. `digest` is the SHA-256,
    in hexadecimal, of everything the public would see (workflows/digest.py).
    """

    page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="clearances",
    )
    title = models.CharField(_("title"), max_length=255)
    locale = models.ForeignKey(Locale, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(_("content digest"), max_length=64)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="clearances")
    determination = models.CharField(
        _("disclosure determination"), max_length=20, choices=Determination
    )
    extent = models.CharField(_("extent"), max_length=20, choices=Extent)
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        _("status"), max_length=20, choices=ClearanceStatus, default=ClearanceStatus.GRANTED
    )
    granted_at = models.DateTimeField(_("granted at"))
    applied_at = models.DateTimeField(_("applied at"), null=True)

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ["-granted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=models.Q(status=ClearanceStatus.APPLIED),
                name="one_applied_clearance_a_page",
            ),
        ]
        indexes = [models.Index(fields=["page", "digest", "status"])]

    def __str__(self) -> str:
        return self.title


class RegisterEntry(AppendOnly):
    """登记备案: a row at every publication and every later change; never edited."""

    event = models.CharField(_("event"), max_length=20, choices=RegisterEvent)
    at = models.DateTimeField(_("at"), db_index=True)
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="register")
    title = models.CharField(_("title"), max_length=255)
    url_path = models.TextField(_("address"), blank=True)
    index_number = models.CharField(_("index number"), max_length=60, blank=True)
    organ_name = models.CharField(_("publishing organ"), max_length=100)
    extent = models.CharField(_("extent"), max_length=20, choices=Extent, blank=True)
    withheld = models.CharField(_("what is withheld"), max_length=300, blank=True)
    ground = models.CharField(_("ground"), max_length=20, choices=Ground, blank=True)
    reason_kind = models.CharField(
        _("kind of reason"), max_length=20, choices=ChangeReason, blank=True
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(_("done by"), max_length=150, blank=True)
    cleared_by = models.CharField(_("cleared by"), max_length=500, blank=True)
    digest = models.CharField(_("content digest"), max_length=64, blank=True)
    clearance = models.ForeignKey(
        Clearance, null=True, on_delete=models.PROTECT, related_name="register"
    )

    class Meta:
        verbose_name = _("register entry")
        verbose_name_plural = _("publication register")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["url_path"], name="register_url_path")]

    def __str__(self) -> str:
        return f"{self.title} · {self.get_event_display()}"

    @property
    def why(self) -> str:
        """The kind of reason and the words beside it."""
        parts = (str(self.get_reason_kind_display()), self.reason)
        return "：".join(part for part in parts if part)
