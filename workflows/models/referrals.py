"""Questions sent up where a reviewer cannot tell (条例第十七条第三款), and their answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflows.enums import ReferralConclusion, ReferredTo
from workflows.models.append_only import AppendOnly
from workflows.models.submissions import Submission


class Referral(AppendOnly):
    """The review waits for an answer, until `due_on` at the latest (15 working days)."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="referrals")
    sent_to = models.CharField(_("sent to"), max_length=20, choices=ReferredTo)
    question = models.TextField(_("question"), max_length=1000)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(_("name"), max_length=150)
    at = models.DateTimeField(_("at"))
    due_on = models.DateField(_("answer due on"))

    class Meta:
        verbose_name = _("question sent up")
        verbose_name_plural = _("questions sent up")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.submission} · {self.get_sent_to_display()}"


class ReferralAnswer(AppendOnly):
    """What was answered, by whom, under which number."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="answer")
    conclusion = models.CharField(_("conclusion"), max_length=20, choices=ReferralConclusion)
    text = models.TextField(_("answer"), max_length=1000)
    reference = models.CharField(_("number of the reply"), max_length=100, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(_("recorded by"), max_length=150)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer from above")
        verbose_name_plural = _("answers from above")
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.referral} · {self.get_conclusion_display()}"
