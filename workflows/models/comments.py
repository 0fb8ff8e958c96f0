"""What reviewers remark on a passage, and what became of it: part of the evidence of a review."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from workflows.enums import CommentState, Step
from workflows.models.append_only import AppendOnly
from workflows.models.submissions import Submission


class PassageComment(AppendOnly):
    """A remark pinned to a passage.

    `field` is the path of the text within the page (workflows/contents.py) and `quote` the passage
    as it read then, personal data masked: together they find it again after an edit.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="comments")
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    field = models.CharField(_("field"), max_length=255)
    where = models.CharField(_("place"), max_length=255)
    quote = models.CharField(_("passage"), max_length=200)
    text = models.TextField(_("comment"), max_length=500)
    step = models.CharField(_("step"), max_length=20, choices=Step)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(_("name"), max_length=150)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("comment on a passage")
        verbose_name_plural = _("comments on passages")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.user_name}：{self.text}"


class CommentAnswer(AppendOnly):
    """What a drafter did about a comment; the newest counts."""

    comment = models.ForeignKey(PassageComment, on_delete=models.PROTECT, related_name="answers")
    state = models.CharField(_("what became of it"), max_length=20, choices=CommentState)
    text = models.TextField(_("answer"), max_length=500, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(_("name"), max_length=150)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer to a comment")
        verbose_name_plural = _("answers to comments")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.user_name}：{self.get_state_display()}"
