"""The audit log: entries that never change, and the chain of hashes that seals them."""

from __future__ import annotations

import json

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workflows.audit_actions import action_label, details_line
from workflows.models.append_only import AppendOnly


class AuditEntry(AppendOnly):
    """Who did what to what, and when (网络安全法第二十三条: kept for at least six months).

    `actor` is kept as a bare number without a database constraint: removing an account changes no
    entry, and `actor_name` still says who it was. Both are empty when the system itself acted.
    """

    at = models.DateTimeField(_("at"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="+",
    )
    actor_name = models.CharField(_("name"), max_length=150, blank=True)
    action = models.CharField(_("action"), max_length=100, db_index=True)
    object_type = models.CharField(_("object type"), max_length=100, blank=True)
    object_id = models.CharField(_("object number"), max_length=64, blank=True)
    object_label = models.CharField(_("object"), max_length=255, blank=True)
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("audit log entry")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.action_name} · {self.object_label}"

    @property
    def sequence(self) -> int | None:
        """The place in the chain, or None while the entry waits to be sealed."""
        return self.seal.sequence if hasattr(self, "seal") else None

    @property
    def seal_hash(self) -> str:
        return self.seal.hash if hasattr(self, "seal") else ""

    @property
    def who(self) -> str:
        return self.actor_name or gettext("The system itself")

    @property
    def action_name(self) -> str:
        return action_label(self.action)

    @property
    def told(self) -> str:
        return details_line(self.details)

    @property
    def details_json(self) -> str:
        return json.dumps(self.details, ensure_ascii=False)


class AuditSeal(AppendOnly):
    """An entry's place in the chain, given once the transaction that wrote it has been kept.

    `sequence` runs without gaps from 1 in the order of commits. `hash` is the SHA-256, in
    hexadecimal, of the entry, its sequence and the hash before it (workflows/audit.py).
    """

    sequence = models.BigIntegerField(_("sequence number"), primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    previous_hash = models.CharField(_("hash of the entry before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("audit seal")
        verbose_name_plural = _("audit seals")
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


class ChainHead(models.Model):
    """The last seal, in one row: its lock puts sealing in order, and it shows a chain cut short."""

    sequence = models.BigIntegerField(_("sequence number"), default=0)
    hash = models.CharField(_("hash"), max_length=64, default="")

    class Meta:
        verbose_name = _("end of the audit chain")
        verbose_name_plural = _("end of the audit chain")

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"
