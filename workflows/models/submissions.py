"""A submission and its sign-offs: evidence that outlives purged revisions and deleted accounts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from catalogue_standards.models import Organ
from workflows.enums import (
    AggregationRisk,
    Decision,
    Determination,
    Extent,
    Ground,
    Step,
    SubmissionStatus,
)
from workflows.models.append_only import AppendOnly


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def open(self) -> SubmissionQuerySet:
        return self.filter(status=SubmissionStatus.OPEN)

    def of_page(self, page: Page) -> SubmissionQuerySet:
        """Submissions in which `page` took part, as lead or as companion."""
        return self.filter(pages__page_id=page.pk)


class Submission(models.Model):
    """One journey of a page, with its companions, through review."""

    #: None where there was no review first: an emergency publication.
    workflow_state_id = models.BigIntegerField(_("workflow state"), unique=True, null=True)
    lead = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(_("title"), max_length=255)
    organ_name = models.CharField(_("publishing organ"), max_length=100)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_by_name = models.CharField(_("submitted by"), max_length=150)
    drafting_organ = models.ForeignKey(
        Organ,
        verbose_name=_("drafting organ"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    submitted_at = models.DateTimeField(_("submitted at"))
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    digest = models.CharField(_("content digest"), max_length=64)
    status = models.CharField(
        _("status"), max_length=20, choices=SubmissionStatus, default=SubmissionStatus.OPEN
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-submitted_at"]

    def __str__(self) -> str:
        return self.title


class SubmittedPage(AppendOnly):
    """A page within a submission, with the digest of the content that was submitted."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(_("title"), max_length=255)
    digest = models.CharField(_("content digest"), max_length=64)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("submitted page")
        verbose_name_plural = _("submitted pages")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class SignOff(AppendOnly):
    """One person's decision at one step, bound to the digest that this person saw."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="sign_offs")
    step = models.CharField(_("step"), max_length=20, choices=Step)
    decision = models.CharField(_("decision"), max_length=20, choices=Decision)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(_("name"), max_length=150)
    organ_name = models.CharField(_("organ"), max_length=100, blank=True)
    at = models.DateTimeField(_("at"))
    opinion = models.TextField(_("opinion"), blank=True)
    digest = models.CharField(_("content digest"), max_length=64)

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.get_step_display()} · {self.user_name} · {self.get_decision_display()}"


class ConfidentialityForm(AppendOnly):
    """The confidentiality reviewer's answers (保密法实施条例第四十二、四十三条)."""

    sign_off = models.OneToOneField(
        SignOff, on_delete=models.PROTECT, related_name="confidentiality_form"
    )
    determination = models.CharField(
        _("disclosure determination"), max_length=20, choices=Determination
    )
    ground = models.CharField(_("ground"), max_length=20, choices=Ground, blank=True)
    extent = models.CharField(_("extent"), max_length=20, choices=Extent)
    has_state_secret = models.BooleanField(_("State secret"))
    has_work_secret = models.BooleanField(_("Work secret"))
    has_trade_secret = models.BooleanField(_("Trade secret"))
    has_privacy = models.BooleanField(_("Personal privacy"))
    privacy_settled = models.CharField(_("how privacy was settled"), max_length=300, blank=True)
    aggregation_risk = models.CharField(
        _("risk by aggregation"), max_length=20, choices=AggregationRisk
    )

    class Meta:
        verbose_name = _("confidentiality review form")
        verbose_name_plural = _("confidentiality review forms")

    def __str__(self) -> str:
        return str(self.sign_off)
