"""Every act is kept in the audit log, and every refusal."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, Site

from catalogue_standards.models import Organ
from tests.county import (
    PASSWORD,
    County,
    answers,
    current_task,
    decide,
    draft_piece,
    fresh,
    publish,
    submit,
)
from tests.workflows.evidence import browser, officer
from workflows.actions.assign import AssignmentRefused, AssignRoleAction
from workflows.audit_verification import verify_chain
from workflows.enums import Role
from workflows.models import (
    AuditEntry,
    Clearance,
    SubmittedPage,
)
from workflows.refusals import write_refusals
from workflows.rules import ReviewRefused, SubmissionRefused


def log_since(mark: int) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(pk__gt=mark).order_by("pk"))


@pytest.fixture
def mark(county: County) -> int:
    """The number of the newest entry that the county itself left."""
    return AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_the_way_of_a_publication_is_kept(county: County, mark: int):
    page = publish(county, draft_piece(county))
    told = [
        (entry.action, entry.actor_name)
        for entry in log_since(mark)
        if not entry.action.startswith(("wagtail.", "record."))
    ]
    assert told == [
        ("submission.opened", "drafter"),
        ("sign_off.approved", "head"),
        ("sign_off.approved", "reviewer"),
        ("sign_off.approved", "signatory"),
        ("clearance.granted", ""),
        ("register.entered", "signatory"),
    ]
    copied = AuditEntry.objects.get(action="wagtail.publish", object_id=str(page.pk))
    assert (copied.actor_name, copied.object_label) == ("signatory", page.title)
    registered = AuditEntry.objects.get(action="register.entered", pk__gt=mark)
    assert registered.details["digest"] == Clearance.objects.get(page=page).digest


def returned(county: County) -> None:
    page = draft_piece(county)
    submit(page, county.drafter)
    decide(page, county.head, "reject", opinion="缺附件。")


def taken_back(county: County) -> None:
    page = draft_piece(county)
    submit(page, county.drafter)
    current_task(page).workflow_state.cancel(user=county.drafter)


def role_given(county: County) -> None:
    officer(county, Role.AUDITOR)


def permission_given(county: County) -> None:
    Group.objects.get(name="拟稿人").permissions.add(Permission.objects.get(codename="change_user"))


def organ_renamed(county: County) -> None:
    Organ.objects.get(pk=county.education.pk).save()


def site_changed(county: County) -> None:
    site = Site.objects.get()
    site.hostname = "www.example.gov.cn"
    site.save()


def account_removed(county: County) -> None:
    county.outsider.delete()


def logged_in(county: County) -> None:
    Client().login(username="drafter", password=PASSWORD)


def wrong_password(county: County) -> None:
    Client().post(reverse("wagtailadmin_login"), {"username": "drafter", "password": "guess"})


def moved(county: County) -> None:
    page = draft_piece(county)
    page.move(Page.objects.get(depth=2), pos="last-child")


@pytest.mark.parametrize(
    ("act", "action", "actor", "about"),
    [
        (returned, "sign_off.returned", "head", "2026年秋季招生公告"),
        (taken_back, "submission.withdrawn", "drafter", "2026年秋季招生公告"),
        (role_given, "account.groups", "", "auditor"),
        (permission_given, "group.permissions", "", "拟稿人"),
        (organ_renamed, "record.saved", "", "禾城县教育局"),
        (site_changed, "record.saved", "", "www.example.gov.cn"),
        (account_removed, "record.deleted", "", "outsider"),
        (logged_in, "account.login", "drafter", "drafter"),
        (wrong_password, "account.login_failed", "", "drafter"),
        (moved, "wagtail.move", "", "2026年秋季招生公告"),
    ],
)
def test_every_act_is_kept(
    county: County, mark: int, act: Callable[[County], None], action: str, actor: str, about: str
):
    act(county)
    found = [entry for entry in log_since(mark) if entry.action == action]
    assert [entry.actor_name for entry in found][:1] == [actor]
    assert any(about in entry.object_label for entry in found)
    assert verify_chain().broken is None


def test_no_password_reaches_the_log(county: County):
    officer(county, Role.AUDITOR)
    Client().post(reverse("wagtailadmin_login"), {"username": "drafter", "password": "guess"})
    everything = str(list(AuditEntry.objects.values_list("details", "object_label")))
    assert "guess" not in everything and User.objects.first().password not in everything


def test_saving_a_draft_is_no_evidence(county: County):
    page = draft_piece(county)
    before = AuditEntry.objects.count()
    draft = fresh(page).get_latest_revision_as_object()
    draft.save_revision(user=county.drafter, log_action=True)
    assert AuditEntry.objects.count() == before


class TestRefusals:
    """What is refused is undone, and yet kept."""

    @staticmethod
    def refusals(mark: int = 0) -> list[tuple[str, str, str]]:
        return [
            (entry.details["kind"], entry.actor_name, entry.object_label)
            for entry in log_since(mark)
            if entry.action == "refused"
        ]

    def test_a_review_on_the_desk(self, county: County, mark: int):
        page = draft_piece(county)
        submit(page, county.drafter)
        decide(page, county.head)
        pk = SubmittedPage.objects.get(page=page).submission_id
        form = answers(has_state_secret="on") | {"decision": "approved", "secrets": "state_secret"}
        response = browser(county.reviewer).post(reverse("workflows_review", args=[pk]), form)
        assert response.status_code == 200
        with pytest.raises(ReviewRefused):
            decide(page, county.reviewer, answers=answers(has_state_secret=True))
        write_refusals()
        assert ("ReviewRefused", "reviewer", page.title) in self.refusals(mark)

    def test_a_submission(self, county: County, mark: int):
        page = draft_piece(county, body=[])
        with pytest.raises(SubmissionRefused):
            submit(page, county.drafter)
        write_refusals()
        assert self.refusals(mark) == [("SubmissionRefused", "drafter", page.title)]

    def test_two_administrations_in_one_person(self, county: County, mark: int):
        auditor = officer(county, Role.AUDITOR)
        with pytest.raises(AssignmentRefused):
            AssignRoleAction(auditor, Role.SYSTEM_ADMIN, county.government).execute()
        write_refusals()
        assert self.refusals(mark) == [("AssignmentRefused", "", "auditor")]

    def test_the_clock_is_told_once_a_day(self, county: County, mark: int):
        page = draft_piece(county)
        Revision.objects.filter(pk=fresh(page).latest_revision_id).update(
            approved_go_live_at=timezone.now() - timedelta(minutes=5)
        )
        for _minute in range(3):
            call_command("publish_scheduled", stdout=io.StringIO(), stderr=io.StringIO())
        write_refusals()
        assert self.refusals(mark) == [("PublicationRefused", "", page.title)]
