"""Why a piece came back, beside the form on which it is put right."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from workflows.enums import Decision, SubmissionStatus
from workflows.models import Submission
from workflows.sheet import comments_on


class ReturnPanel(Panel):
    """The reasons of the return and the comments on passages; shown until the next submission."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/return_panel.html"

        def is_shown(self) -> bool:
            return self._submission() is not None

        def _submission(self) -> Submission | None:
            if not self.instance.pk:
                return None
            last = Submission.objects.of_page(self.instance).order_by("-submitted_at").first()
            return last if last and last.status == SubmissionStatus.RETURNED else None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            submission = self._submission()
            assert submission is not None  # Otherwise it is not shown.
            return super().get_context_data(parent_context) | {
                "submission": submission,
                "page": self.instance,
                "returned": submission.sign_offs.filter(decision=Decision.RETURNED),
                "comments": comments_on(self.instance, submission.submitted_at),
            }
