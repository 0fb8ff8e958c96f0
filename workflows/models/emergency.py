"""Emergency publications (突发事件), and the review that follows each of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from workflows.enums import AfterDecision, ClearanceStatus
from workflows.models.append_only import AppendOnly, AppendOnlyQuerySet
from workflows.models.submissions import Submission


class EmergencyQuerySet(AppendOnlyQuerySet):
    def open(self) -> EmergencyQuerySet:
        """Those that no second person has reviewed yet, oldest first."""
        return self.filter(review=None).order_by("at", "pk")

    def covers(self, submission: Submission) -> bool:
        """Whether `submission`, as it was handed in, was cleared in an emergency."""
        return self.filter(submission=submission.pk, digest=submission.digest).exists()

    def public_pages(self) -> frozenset[int]:
        """The keys of the pages for which `of_public_page` finds one."""
        rows = self.filter(
            submission__clearances__page__isnull=False,
            submission__clearances__status=ClearanceStatus.APPLIED,
        )
        return frozenset(rows.values_list("submission__clearances__page", flat=True))

    def of_public_page(self, page: Page) -> EmergencyPublication | None:
        """The one under which what is public of `page` became so, if any; with its review."""
        clearances = {
            "submission__clearances__page": page.pk,
            "submission__clearances__status": ClearanceStatus.APPLIED,
        }
        return self.filter(**clearances).select_related("review").first()


class EmergencyPublication(AppendOnly):
    """Why, and by whom, a submission was cleared before anyone reviewed it (突发事件应对法第七条).

    Stands where three sign-offs would; bound to the same digest as they are.
    """

    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="emergency"
    )
    reason = models.CharField(_("reason"), max_length=300)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_by_name = models.CharField(_("published by"), max_length=150)
    organ_name = models.CharField(_("organ"), max_length=100, blank=True)
    at = models.DateTimeField(_("at"))
    digest = models.CharField(_("content digest"), max_length=64)

    objects: ClassVar[Any] = EmergencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("emergency publication")
        verbose_name_plural = _("emergency publications")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.submission.title


class AfterReview(AppendOnly):
    """A second person's decision after the fact, with the confidentiality form's answers."""

    publication = models.OneToOneField(
        EmergencyPublication, on_delete=models.PROTECT, related_name="review"
    )
    decision = models.CharField(_("decision"), max_length=20, choices=AfterDecision)
    opinion = models.TextField(_("opinion"), blank=True)
    answers: Any = models.JSONField(_("answers"), null=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(_("name"), max_length=150)
    organ_name = models.CharField(_("organ"), max_length=100, blank=True)
    at = models.DateTimeField(_("at"))
    digest = models.CharField(_("content digest"), max_length=64)

    class Meta:
        verbose_name = _("review after the fact")
        verbose_name_plural = _("reviews after the fact")

    def __str__(self) -> str:
        return f"{self.publication} · {self.get_decision_display()}"
