"""What happens when a review ends well (WAGTAIL_FINISH_WORKFLOW_ACTION)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.models import WorkflowState


def publish_cleared_pages(
    workflow_state: WorkflowState, user: AbstractBaseUser | None = None
) -> None:
    """Grant the clearances and publish under them, in the transaction of the last sign-off.

    Raises PublicationRefused, which undoes the sign-off, when any page may not go public.
    """
    # Wagtail imports this module while its own models are still loading.
    from django.utils.translation import gettext as _

    from workflows.actions.clear import GrantClearanceAction
    from workflows.actions.publish import PublishClearedAction
    from workflows.models import GatedPageMixin, Submission
    from workflows.rules import PublicationRefused

    page = workflow_state.content_object.specific
    submission = Submission.objects.open().filter(workflow_state_id=workflow_state.pk).first()
    if submission is None or not isinstance(page, GatedPageMixin):
        raise PublicationRefused(
            [_("This review has no sign-offs on record; submit it again.")], page, user
        )
    clearances = GrantClearanceAction(submission).execute()
    PublishClearedAction(clearances, user=user).execute()
