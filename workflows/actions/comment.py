"""Pin a comment to a passage; say what became of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from workflows.audit import record
from workflows.audit_actions import AuditAction
from workflows.comment_rules import (
    COMMENT_ANSWER_RULES,
    COMMENT_RULES,
    AnsweringComment,
    Commenting,
)
from workflows.models import CommentAnswer, PassageComment
from workflows.models.names import display_name
from workflows.passages import quote_of
from workflows.queue import current_step
from workflows.rules import ReviewRefused, failures

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from workflows.models import Submission
    from workflows.passages import Passage


class CommentAction:
    """`passage` stands in the page of key `page_id`; `span` is what of it is meant, None for all."""

    def __init__(
        self,
        submission: Submission,
        user: User | None,
        page_id: int,
        passage: Passage | None,
        text: str,
        span: tuple[int, int] | None = None,
    ) -> None:
        self.submission = submission
        self.user = user
        self.page_id = page_id
        self.passage = passage
        self.text = text.strip()
        self.span = span or (0, None)
        self.step = current_step(submission)

    def check(self) -> None:
        """Raise ReviewRefused with every reason."""
        act = Commenting(self.submission, self.step, self.user, self.passage, self.text)
        if sentences := failures(COMMENT_RULES, act):
            raise ReviewRefused(sentences, self.submission, self.user)

    @transaction.atomic
    def execute(self) -> PassageComment:
        self.check()
        assert self.passage is not None
        assert self.step is not None
        comment = PassageComment.objects.create(
            submission=self.submission,
            page_id=self.page_id,
            field=self.passage.field,
            where=self.passage.where[:255],
            quote=quote_of(self.passage, *self.span),
            text=self.text,
            step=self.step,
            user=self.user,
            user_name=display_name(self.user),
            at=timezone.now(),
        )
        record(
            AuditAction.COMMENTED,
            self.submission,
            actor=self.user,
            details={"step": self.step, "where": comment.where, "reason": self.text},
        )
        return comment


class AnswerCommentAction:
    """`state` is a value of CommentState."""

    def __init__(
        self, comment: PassageComment, user: User | None, state: str, text: str = ""
    ) -> None:
        self.comment = comment
        self.user = user
        self.state = state
        self.text = text.strip()

    def check(self) -> None:
        """Raise ReviewRefused with every reason."""
        act = AnsweringComment(self.comment, self.user, self.state, self.text)
        if sentences := failures(COMMENT_ANSWER_RULES, act):
            raise ReviewRefused(sentences, self.comment.submission, self.user)

    @transaction.atomic
    def execute(self) -> CommentAnswer:
        self.check()
        answer = CommentAnswer.objects.create(
            comment=self.comment,
            state=self.state,
            text=self.text,
            user=self.user,
            user_name=display_name(self.user),
            at=timezone.now(),
        )
        record(
            AuditAction.COMMENT_ANSWERED,
            self.comment.submission,
            actor=self.user,
            details={"state": self.state, "where": self.comment.where, "reason": self.text},
        )
        return answer
