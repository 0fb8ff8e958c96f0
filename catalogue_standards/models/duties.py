"""What must be public by when: one row for each item and organ, and one for each due date.

Computed by catalogue_standards.duties from the edition in force and from what the pages report;
never edited. `reference` names a piece in the pages' own words and means nothing here.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue_standards.enums import Clock, Counting, Standing
from catalogue_standards.models.items import EditionItem, Item
from catalogue_standards.models.organs import Organ

#: What the key of a due date says of itself when a noted event set it.
OCCASION = "occasion"


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def standing(self, standing: Standing, now: datetime, soon: date) -> ObligationQuerySet:
        """Those that stand so at `now`; due soon is what ends by the day `soon`."""
        return self.filter(standing_condition(standing, now, soon))


class Obligation(models.Model):
    """One organ's duty under one item of the edition in force, and how it stands.

    `due_on` and `closes_at` (the first moment that is too late) are those of the earliest due date
    that is not met. `public_due_on` and `public_closes_at` are those of the item's rhythm alone: drafts and
    events that were noted are the desk's own.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="obligations")
    organ = models.ForeignKey(
        Organ, verbose_name=_("organ"), on_delete=models.CASCADE, related_name="obligations"
    )
    entry = models.ForeignKey(
        EditionItem, verbose_name=_("item"), on_delete=models.CASCADE, related_name="obligations"
    )
    counting = models.CharField(_("due dates"), max_length=20, choices=Counting)
    pieces = models.PositiveIntegerField(_("pieces"), default=0)
    newest_on = models.DateField(_("newest piece"), null=True)
    due_on = models.DateField(_("due on"), null=True)
    closes_at = models.DateTimeField(null=True, db_index=True)
    provisional = models.BooleanField(_("provisional"), default=False)
    public_due_on = models.DateField(null=True)
    public_closes_at = models.DateTimeField(null=True)
    public_provisional = models.BooleanField(default=False)
    computed_at = models.DateTimeField(db_index=True)

    objects: ClassVar[Any] = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        constraints = [
            models.UniqueConstraint(fields=["item", "organ"], name="obligation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry} · {self.organ}"

    def standing_at(self, now: datetime, soon: date) -> Standing:
        """As `standing_condition`, for a row that is at hand."""
        if self.closes_at and self.closes_at <= now:
            return Standing.OVERDUE
        if self.due_on and self.due_on <= soon:
            return Standing.SOON
        return Standing.KEPT if self.pieces else Standing.NEVER


def standing_condition(standing: Standing, now: datetime, soon: date) -> models.Q:
    """Which obligations stand so; each obligation meets exactly one of the four."""
    late = models.Q(closes_at__isnull=False, closes_at__lte=now)
    near = models.Q(due_on__isnull=False, due_on__lte=soon) & ~late
    calm = (models.Q(due_on=None) | models.Q(due_on__gt=soon)) & ~late
    return {
        Standing.OVERDUE: late,
        Standing.SOON: near,
        Standing.NEVER: calm & models.Q(pieces=0),
        Standing.KEPT: calm & models.Q(pieces__gt=0),
    }[standing]


class DueQuerySet(models.QuerySet["Due"]):
    def open(self) -> DueQuerySet:
        return self.filter(fulfilled_on=None)

    def told(self) -> DueQuerySet:
        """Those the public is told of: drafts and events that were noted are the desk's own."""
        drafts = models.Q(clock=Clock.EVENT, fulfilled_on=None)
        noted = models.Q(clock=Clock.EVENT, key__contains=f".{Clock.EVENT}.{OCCASION}-")
        return self.exclude(drafts | noted)


class Due(models.Model):
    """One due date. `key` is made of what it is about, so that computing anew finds it again."""

    key = models.CharField(max_length=120, unique=True)
    item = models.ForeignKey(Item, null=True, on_delete=models.CASCADE, related_name="dues")
    organ = models.ForeignKey(Organ, on_delete=models.CASCADE, related_name="dues")
    clock = models.CharField(_("what sets it"), max_length=20, choices=Clock)
    since = models.DateField(_("counted from"))
    due_on = models.DateField(_("due on"))
    closes_at = models.DateTimeField()
    provisional = models.BooleanField(_("provisional"), default=False)
    fulfilled_on = models.DateField(_("fulfilled on"), null=True)
    reference = models.CharField(max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=255, blank=True)

    objects: ClassVar[Any] = DueQuerySet.as_manager()

    class Meta:
        verbose_name = _("due date")
        verbose_name_plural = _("due dates")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["item", "organ"], name="dues_of_a_duty"),
            models.Index(fields=["item", "clock"], name="dues_by_clock"),
            models.Index(fields=["reference"], name="dues_of_a_piece"),
            models.Index(
                fields=["organ", "closes_at"],
                condition=models.Q(fulfilled_on=None),
                name="open_dues",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.get_clock_display()} · {self.due_on}"


class Occasion(models.Model):
    """An event from which a limit runs, noted by the organ before there is a piece about it.

    `scope` says which clause of the limit governs it; "" is the one without a scope. `happened_at` is the
    time of day, which hour limits need. The first piece of the organ under
    the item that was formed on that day or later answers it; one piece answers one occasion.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="occasions")
    organ = models.ForeignKey(Organ, on_delete=models.CASCADE, related_name="occasions")
    title = models.CharField(_("what happened"), max_length=120)
    scope = models.CharField(_("which limit"), max_length=100, blank=True)
    happened_on = models.DateField(_("on"))
    happened_at = models.TimeField(_("at"), null=True, blank=True)
    noted_by_name = models.CharField(_("noted by"), max_length=150)
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("event with a limit")
        verbose_name_plural = _("events with a limit")
        ordering = ["happened_on", "pk"]

    def __str__(self) -> str:
        return self.title
