"""The three review steps as Wagtail workflow tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from workflows.enums import Decision, Step

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from wagtail.models import Page


class ReviewTask(AbstractGroupApprovalTask):
    """A step that is decided on the review screen, never by editing the page."""

    step: ClassVar[Step]

    class Meta:
        abstract = True

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        from workflows.actions.submit import OpenSubmissionAction
        from workflows.drafts import latest_draft
        from workflows.models import Submission

        if not Submission.objects.filter(workflow_state_id=workflow_state.pk).exists():
            page = latest_draft(workflow_state.content_object)
            OpenSubmissionAction(page, workflow_state, user).execute()
        return super().start(workflow_state, user=user)

    @transaction.atomic
    def on_action(
        self,
        task_state: TaskState,
        user: User | None,
        action_name: str,
        **kwargs: Any,
    ) -> None:
        """Record the sign-off, then let Wagtail move on. Raises ReviewRefused.

        Keyword `opinion` (or Wagtail's own `comment`) is the reviewer's text; `answers`, at
        confidentiality review, the fields of ConfidentialityForm.
        """
        from workflows.actions.review import RecordReviewAction, Review
        from workflows.models import Submission

        submission = Submission.objects.get(workflow_state_id=task_state.workflow_state_id)
        opinion = kwargs.get("opinion") or kwargs.get("comment") or ""
        decision = Decision.APPROVED if action_name == "approve" else Decision.RETURNED
        review = Review(decision, opinion, kwargs.get("answers"))
        RecordReviewAction(submission, self.step, user, review).execute()
        super().on_action(task_state, user, action_name, comment=opinion)
        if decision == Decision.RETURNED:
            # Wagtail would resume at this step and skip those before it; a returned piece starts anew.
            WorkflowState.objects.get(pk=task_state.workflow_state_id).cancel(user=user)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        return True

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        return False

    def user_can_lock(self, obj: Page, user: User) -> bool:
        return False

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, str, bool]]:
        # Reviewers decide on the review screen, where they have read what they sign.
        return []

    def get_task_states_user_can_moderate(
        self, user: User, **kwargs: Any
    ) -> models.QuerySet[TaskState]:
        from workflows.models import has_role

        if has_role(user, self.step.role):
            return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return TaskState.objects.none()


class DepartmentReviewTask(ReviewTask):
    step = Step.DEPARTMENT

    class Meta:
        verbose_name = _("department review")
        verbose_name_plural = _("department reviews")

    @classmethod
    def get_description(cls) -> str:
        return str(_("The head of the drafting department checks the content."))


class ConfidentialityReviewTask(ReviewTask):
    step = Step.CONFIDENTIALITY

    class Meta:
        verbose_name = _("confidentiality review")
        verbose_name_plural = _("confidentiality reviews")

    @classmethod
    def get_description(cls) -> str:
        return str(_("A reviewer checks for secrets and personal data and fills in the form."))


class SignOffTask(ReviewTask):
    step = Step.SIGN_OFF

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")

    @classmethod
    def get_description(cls) -> str:
        return str(_("The signatory signs; the piece is published at once."))
