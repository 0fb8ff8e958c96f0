"""The home of the desk: each role's own work, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from workflows.coverage import Gap
from workflows.enums import SubmissionStatus
from workflows.models import Alarm, AlarmKind, SubmittedPage
from workflows.queue import awaiting, returned_to, submitted_by
from workflows.steps import with_clocks

SHOWN = 10


class CoveragePanel(Component):
    """Parts of the site whose review is not complete, for those who can complete it."""

    name = "coverage"
    template_name = "desk/home_coverage.html"
    order = 5

    def __init__(self, gaps: list[Gap]) -> None:
        self.gaps = gaps

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        user: Any = parent_context["request"].user if parent_context else None
        may_assign = user is not None and user.has_perm("wagtailcore.change_workflow")
        return {"gaps": self.gaps[:SHOWN], "may_assign": may_assign}


class WaitingPanel(Component):
    name = "waiting"
    template_name = "desk/home_waiting.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        user: Any = parent_context["request"].user if parent_context else None
        waiting = awaiting(user)
        return {"waiting": with_clocks(waiting[:SHOWN]), "number": waiting.count()}


class DraftsPanel(Component):
    """Returned with reasons first, then what is under review, then drafts."""

    name = "drafts"
    template_name = "desk/home_drafts.html"
    order = 110

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        user: Any = parent_context["request"].user if parent_context else None
        open_now = submitted_by(user).filter(status=SubmissionStatus.OPEN)
        returned = returned_to(user).prefetch_related("sign_offs", "comments")
        elsewhere = Q(pk__in=open_now.values("pages__page")) | Q(pk__in=returned.values("lead"))
        drafts = (
            Page.objects.filter(owner=user, has_unpublished_changes=True)
            .exclude(elsewhere)
            .order_by("-latest_revision_created_at")
        )
        return {
            "refused": refused_on_their_date(user)[:SHOWN],
            "returned": returned[:SHOWN],
            "under_review": open_now[:SHOWN],
            "drafts": drafts[:SHOWN],
        }


def refused_on_their_date(user: Any) -> list[dict[str, Any]]:
    """Pages that `user` submitted and that could not go public: keys `page`, `why`, `since`."""
    alarms = {
        int(alarm.about): alarm
        for alarm in Alarm.objects.filter(kind=AlarmKind.GO_LIVE, ended_at=None)
    }
    if not alarms:
        return []
    own = SubmittedPage.objects.filter(submission__submitted_by=user, page__in=alarms)
    pages = Page.objects.filter(pk__in=own.values("page")).order_by("pk")
    return [
        {"page": page, "why": alarms[page.pk].sentence, "since": alarms[page.pk].raised_at}
        for page in pages
    ]
