"""Where a piece was made public besides this site: on notice boards, by broadcast, in print."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from catalogue_standards.models import Channel, Organ
from cms.models.files import Picture
from workflows.models.append_only import AppendOnly, AppendOnlyQuerySet


class PostingQuerySet(AppendOnlyQuerySet):
    def confirmed(self) -> PostingQuerySet:
        return self.filter(decision__confirmed=True)

    def waiting(self) -> PostingQuerySet:
        return self.filter(decision=None)

    def counting(self) -> PostingQuerySet:
        """All but those that were declined."""
        return self.exclude(decision__confirmed=False)


class Posting(AppendOnly):
    """One piece on one channel, as its department recorded it; public once it is confirmed.

    The photo is evidence for the desk alone: people may be seen in it, and nobody has reviewed it.
    """

    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="postings")
    title = models.CharField(_("title"), max_length=255)
    organ = models.ForeignKey(
        Organ, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="+"
    )
    channel = models.ForeignKey(
        Channel, verbose_name=_("channel"), on_delete=models.PROTECT, related_name="postings"
    )
    posted_on = models.DateField(_("posted on"))
    place = models.CharField(_("place"), max_length=100)
    photo = models.ForeignKey(
        Picture, verbose_name=_("photo"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(_("recorded by"), max_length=150)
    at = models.DateTimeField(_("at"))

    objects: ClassVar[Any] = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting on another channel")
        verbose_name_plural = _("postings on other channels")
        ordering = ["-posted_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.channel} {self.posted_on} {self.place}"


class PostingDecision(AppendOnly):
    """Whether the department's head stands by what was recorded."""

    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, related_name="decision")
    confirmed = models.BooleanField(_("confirmed"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(_("decided by"), max_length=150)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("decision on a posting")
        verbose_name_plural = _("decisions on postings")

    def __str__(self) -> str:
        return f"{self.posting} · {self.user_name}"
