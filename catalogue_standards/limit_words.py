"""A time limit as it was understood, in words a person can check."""

from __future__ import annotations

from typing import Protocol

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalogue_standards.enums import LimitKind, RhythmPeriod


class LimitUnit(models.TextChoices):
    """The units of catalogue_standards.limits."""

    HOUR = "hour", gettext_lazy("hours")
    DAY = "day", gettext_lazy("days")
    WORKING_DAY = "working_day", gettext_lazy("working days")
    WEEK = "week", gettext_lazy("weeks")
    MONTH = "month", gettext_lazy("months")
    QUARTER = "quarter", gettext_lazy("quarters")
    HALF_YEAR = "half_year", gettext_lazy("half-years")
    YEAR = "year", gettext_lazy("years")


class LimitTrigger(models.TextChoices):
    """The events of catalogue_standards.limits from which a limit runs."""

    FORMED_OR_CHANGED = "formed_or_changed", gettext_lazy("the information is formed or changed")
    MADE_OR_OBTAINED = "made_or_obtained", gettext_lazy("the information is made or obtained")
    RECEIVED_BY_ORGAN = "received_by_organ", gettext_lazy("the organ receives it")
    REQUEST_RECEIVED = "request_received", gettext_lazy("a request is received")
    APPROVAL_RECEIVED = "approval_received", gettext_lazy("the approval is received")
    APPROVED = "approved", pgettext_lazy("event of a time limit", "it is approved")
    DECIDED = "decided", gettext_lazy("the decision is made")
    RESULT_DECIDED = "result_decided", gettext_lazy("the result is settled")
    DOCUMENT_PUBLISHED = "document_published", gettext_lazy("the document is published")
    DOCUMENT_ISSUED = "document_issued", gettext_lazy("the document is issued")
    EVENT = "event", gettext_lazy("the event named")
    PROGRESS = "progress", gettext_lazy("the work makes progress")
    UNSPECIFIED = "unspecified", gettext_lazy("an event not named")


class LimitClause(Protocol):
    """A clause as read (catalogue_standards.limits) or as stored (TimeLimit)."""

    @property
    def kind(self) -> str: ...
    @property
    def amount(self) -> int | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def trigger(self) -> str | None: ...
    @property
    def scope(self) -> str | None: ...


def in_words(clause: LimitClause) -> str:
    """One clause, such as: within 20 working days after the information is formed or changed."""
    words = _sentence(clause)
    return f"{clause.scope}：{words}" if clause.scope else words


def rhythm_in_words(period: str, pieces: int, newest_days: int | None) -> list[str]:
    """The rhythm that administrators set for an item, such as: Every month, at least 2 pieces."""
    sentences = []
    if period:
        sentences.append(
            _("%(period)s, at least %(number)s pieces")
            % {"period": RhythmPeriod(period).label, "number": pieces}
        )
    if newest_days:
        sentences.append(
            _("the newest piece at most %(number)s days old") % {"number": newest_days}
        )
    return sentences


def _sentence(clause: LimitClause) -> str:
    if clause.kind not in (
        LimitKind.WITHIN,
        LimitKind.BEFORE,
        LimitKind.DISPLAY,
        LimitKind.PERIODIC,
    ):
        return str(LimitKind(clause.kind).label)
    length = {
        "amount": clause.amount,
        "unit": LimitUnit(clause.unit).label if clause.unit in LimitUnit.values else clause.unit,
        "event": LimitTrigger(clause.trigger).label
        if clause.trigger in LimitTrigger.values
        else clause.trigger,
    }
    if clause.kind == LimitKind.WITHIN:
        return _("within %(amount)s %(unit)s after %(event)s") % length
    if clause.kind == LimitKind.BEFORE:
        return _("%(amount)s %(unit)s before %(event)s") % length
    if clause.kind == LimitKind.DISPLAY:
        return _("shown for %(amount)s %(unit)s") % length
    if clause.trigger:
        return _("every %(amount)s %(unit)s, by %(event)s") % length
    return _("every %(amount)s %(unit)s") % length
