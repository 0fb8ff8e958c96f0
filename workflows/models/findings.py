"""What a scan found in a page and its files, and what people decided about it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from workflows.enums import (
    FindingKind,
    FindingSeverity,
    Outcome,
    ScanOccasion,
    ScanStatus,
    ShownGround,
)
from workflows.models.append_only import AppendOnly, AppendOnlyQuerySet
from workflows.models.submissions import Submission


class Scan(models.Model):
    """One look at everything that one page would make public, files included.

    `digest` is the content digest of what was looked at, `rules_version` the state of dictionary
    and rules. A scan of a submission is evidence as soon as it is done.
    """

    page = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, on_delete=models.SET_NULL, related_name="scans"
    )
    title = models.CharField(_("title"), max_length=255)
    organ_name = models.CharField(_("publishing organ"), max_length=100, blank=True)
    submission = models.ForeignKey(
        Submission, null=True, on_delete=models.PROTECT, related_name="scans"
    )
    occasion = models.CharField(_("occasion"), max_length=20, choices=ScanOccasion)
    digest = models.CharField(_("content digest"), max_length=64)
    rules_version = models.CharField(_("version of the rules"), max_length=64, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=ScanStatus, default=ScanStatus.WAITING
    )
    queued_at = models.DateTimeField(_("queued at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    error = models.CharField(_("why it failed"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["page", "digest"]),
            models.Index(fields=["occasion", "status"]),
        ]

    def __str__(self) -> str:
        return self.title


class FindingQuerySet(AppendOnlyQuerySet):
    def with_state(self) -> FindingQuerySet:
        """Each with `outcome`, `shown_ground`, `settled_by`: those of its latest settlement."""
        latest = Settlement.objects.filter(finding=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            outcome=Subquery(latest.values("outcome")[:1]),
            shown_ground=Subquery(latest.values("ground")[:1]),
            settled_by=Subquery(latest.values("user_name")[:1]),
            settled_at=Subquery(latest.values("at")[:1]),
            settled_note=Subquery(latest.values("note")[:1]),
            carried=Subquery(latest.values("carried_from")[:1]),
        )

    def open(self) -> FindingQuerySet:
        """Those that nobody has decided yet."""
        return self.with_state().filter(Q(outcome=None) | Q(outcome=Outcome.REOPENED))

    def asked(self) -> FindingQuerySet:
        """Those that the drafter still has to mask or to remove."""
        return self.with_state().filter(
            Q(outcome=Outcome.MASKED) | Q(outcome=Outcome.REMOVED, cleaned_away=False)
        )


class Finding(AppendOnly):
    """One thing to settle, at one place of one scan. The open text is kept nowhere.

    `field` is the path of the text, table or file within the page (workflows/contents.py), `start`
    and `end` count characters of the text there; `inner_place` is the place in a file. `excerpt` is
    masked. `text_hash` is a keyed hash (64 hexadecimal digits) by which the same text is known again.
    """

    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="findings")
    field = models.CharField(_("field"), max_length=255)
    where = models.CharField(_("place"), max_length=255)
    file_type = models.CharField(_("kind of file"), max_length=100, blank=True)
    file_id = models.BigIntegerField(_("file"), null=True)
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    file_hash = models.CharField(_("hash of the file"), max_length=64, blank=True)
    inner_place = models.CharField(_("place in the file"), max_length=255, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=FindingKind)
    severity = models.CharField(_("severity"), max_length=10, choices=FindingSeverity)
    rule = models.CharField(_("rule"), max_length=100)
    excerpt = models.CharField(_("excerpt"), max_length=255, blank=True)
    message = models.CharField(_("what was found"), max_length=500)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    text_hash = models.CharField(_("hash of the text"), max_length=64)
    cleaned_away = models.BooleanField(
        _("not in the public copy"),
        default=False,
        help_text=_("The cleaned copy of the file, which the public gets, no longer has it."),
    )

    objects: ClassVar[Any] = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["pk"]
        indexes = [models.Index(fields=["text_hash", "rule"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.where}"

    @property
    def ground_label(self) -> str:
        """The ground of its latest settlement in words; for rows of with_state()."""
        ground: str = getattr(self, "shown_ground", None) or ""
        return str(ShownGround(ground).label) if ground else ""

    @property
    def same_place(self) -> tuple[Any, ...]:
        """What must agree for a decision to hold for a later finding as well."""
        place = "file" if self.file_id else self.field
        return place, self.inner_place, self.rule, self.text_hash


class Settlement(AppendOnly):
    """One decision about one finding; the latest counts.

    Without a `user` the system decided: the public copy no longer has what was found, or
    (`carried_from`) somebody decided so before for the same text at the same place.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="settlements")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    ground = models.CharField(_("ground"), max_length=20, choices=ShownGround, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(_("name"), max_length=150, blank=True)
    at = models.DateTimeField(_("at"))
    carried_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="carried_to"
    )

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.finding} · {self.get_outcome_display()}"
