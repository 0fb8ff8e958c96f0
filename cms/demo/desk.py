"""The demo's people at work: drafting, submitting, reviewing and signing, by the real rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django_q.conf import Conf
from wagtail.models import Page, TaskState

from cms.demo.clock import at
from cms.demo.county import Staff
from cms.drafting import save_draft
from cms.models import PublishedPiece
from workflows.actions.end import EndAction, Ending
from workflows.actions.settle import SettleFindingsAction
from workflows.enums import AggregationRisk, Extent, FindingKind, Outcome, ShownGround
from workflows.models import Submission
from workflows.settling import findings_of

#: How the demo's reviewer decides on what is found in its fictional lists and contacts.
DECISIONS = {
    FindingKind.AGGREGATION: (
        Outcome.JUSTIFIED,
        ShownGround.BY_LAW,
        "救助、补贴对象名单依法公示，只列村组，不列户别信息。",
    ),
    FindingKind.UNREADABLE: (
        Outcome.JUSTIFIED,
        ShownGround.CHECKED_BY_HAND,
        "从头到尾看过：没有声音，画面上的字与文字稿一致，没有拍摄信息。",
    ),
    FindingKind.EMAIL: (Outcome.JUSTIFIED, ShownGround.OFFICIAL, "受理机构的公务邮箱。"),
}


@contextmanager
def at_once() -> Iterator[None]:
    """Tasks run here and now: the demo is loaded without a worker."""
    before, Conf.SYNC = Conf.SYNC, True
    try:
        yield
    finally:
        Conf.SYNC = before


class Desk:
    """One county's desk; `reviewer` and `signatory` serve all organs."""

    def __init__(self, reviewer: User, signatory: User) -> None:
        self.reviewer = reviewer
        self.signatory = signatory

    def draft(self, parent: Page, page: PublishedPiece, drafter: User) -> PublishedPiece:
        save_draft(parent, page, drafter)
        return page

    def submit(self, page: PublishedPiece, drafter: User) -> None:
        with at_once():
            page.get_workflow().start(page, drafter)

    def approve(self, page: PublishedPiece, user: User, **kwargs: Any) -> None:
        state = TaskState.objects.get(
            workflow_state__object_id=str(page.pk), status=TaskState.STATUS_IN_PROGRESS
        )
        state.specific.task.specific.on_action(state.specific, user, "approve", **kwargs)

    def end(self, page: PublishedPiece, ending: Ending) -> None:
        EndAction(page, self.signatory, ending).execute()

    def settle(self, page: PublishedPiece) -> None:
        """The reviewer decides on everything that was found."""
        submission = Submission.objects.open().of_page(page).get()
        for finding in findings_of(submission).open():
            outcome, ground, note = (
                (Outcome.REMOVED, "", "")
                if finding.cleaned_away
                else DECISIONS.get(finding.kind, (Outcome.NOT_A_FINDING, "", ""))
            )
            SettleFindingsAction(
                submission, [finding.pk], self.reviewer, outcome, ground=ground, note=note
            ).execute()

    def answers(self, page: PublishedPiece) -> dict[str, Any]:
        limited = page.extent != Extent.FULL
        return {
            "determination": page.determination,
            "ground": page.ground,
            "extent": page.extent,
            "has_state_secret": False,
            "has_work_secret": False,
            "has_trade_secret": False,
            "has_privacy": limited,
            "privacy_settled": page.withheld if limited else "",
            "aggregation_risk": AggregationRisk.NONE,
        }

    def publish(self, page: PublishedPiece, staff: Staff, moment: datetime) -> None:
        """Submit and sign off, so that the last sign-off falls on `moment`."""
        with at(moment - timedelta(hours=3)):
            self.submit(page, staff.drafter)
        with at(moment - timedelta(hours=2)):
            self.approve(page, staff.head, opinion="内容属实，同意公开。")
        with at(moment - timedelta(hours=1)):
            self.settle(page)
            self.approve(
                page,
                self.reviewer,
                opinion="经审查，不涉及国家秘密和工作秘密，同意公开。",
                answers=self.answers(page),
            )
        with at(moment):
            self.approve(page, self.signatory, opinion="同意公开。")
