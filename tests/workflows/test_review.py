"""The review: who may decide, what a decision is bound to, and what happens at its end."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import TaskState

from tests.county import (
    County,
    answers,
    decide,
    draft_pair,
    draft_piece,
    fresh,
    publish,
    submit,
    text,
)
from workflows.enums import AggregationRisk, ClearanceStatus, Decision, Extent, SubmissionStatus
from workflows.models import Clearance, RegisterEntry, SignOff, Submission
from workflows.rules import PublicationRefused, ReviewRefused, SubmissionRefused


def test_a_piece_goes_public_with_the_last_sign_off(county: County, client):
    page = draft_piece(county)
    submit(page, county.drafter)
    for officer in county.officers:
        assert client.get(fresh(page).url).status_code == 404
        decide(page, officer)
    page = fresh(page)
    assert client.get(page.url).status_code == 200
    clearance = Clearance.objects.get(page=page)
    assert clearance.status == ClearanceStatus.APPLIED
    assert [s.user_name for s in clearance.submission.sign_offs.all()] == [
        "head",
        "reviewer",
        "signatory",
    ]
    entry = RegisterEntry.objects.get(page=page)
    assert (entry.index_number, entry.cleared_by) == (
        page.index_number,
        "head、reviewer、signatory",
    )


def test_index_numbers_have_no_gaps(county: County):
    numbers = [publish(county, draft_piece(county, f"公告{n}")).index_number for n in range(3)]
    assert [number[-5:] for number in numbers] == ["00001", "00002", "00003"]
    assert numbers[0].startswith("EDUCATION/")


@pytest.mark.parametrize(
    ("step", "who", "says"),
    [
        (0, "drafter", "decided by a"),
        (0, "reviewer", "decided by a"),
        (0, "outsider", "your own organ"),
        (1, "head", "decided by a"),
        (1, "signatory", "decided by a"),
        (2, "reviewer", "decided by a"),
    ],
)
def test_each_step_has_its_own_people(county: County, step, who, says):
    page = draft_piece(county)
    submit(page, county.drafter)
    for officer in county.officers[:step]:
        decide(page, officer)
    with translation.override("en"), pytest.raises(ReviewRefused, match=says):
        decide(page, getattr(county, who))
    assert not fresh(page).live


def test_nobody_reviews_what_they_edited(county: County):
    from workflows.actions.assign import AssignRoleAction
    from workflows.enums import Role

    AssignRoleAction(county.head, Role.DRAFTER, county.education).execute()
    page = draft_piece(county)
    page.summary = "部门负责人改了一句。"
    page.save_revision(user=county.head)
    page.summary = "拟稿人又改了一句。"
    page.save_revision(user=county.drafter)
    submit(page, county.drafter)
    with pytest.raises(ReviewRefused):
        decide(page, county.head)


def test_one_person_with_two_roles_signs_once(county: County):
    from workflows.actions.assign import AssignRoleAction
    from workflows.enums import Role

    AssignRoleAction(county.reviewer, Role.SIGNATORY, county.government).execute()
    page = draft_piece(county)
    submit(page, county.drafter)
    decide(page, county.head)
    decide(page, county.reviewer)
    with pytest.raises(ReviewRefused):
        decide(page, county.reviewer)


def test_a_superuser_is_not_exempt(county: County, admin_user):
    page = draft_piece(county)
    submit(page, county.drafter)
    with pytest.raises(ReviewRefused):
        decide(page, admin_user)


@pytest.mark.parametrize(
    "changes",
    [
        {"has_state_secret": True},
        {"has_work_secret": True},
        {"has_trade_secret": True},
        {"has_privacy": True},
        {"aggregation_risk": AggregationRisk.PRESENT},
        {"determination": "withheld"},
    ],
)
def test_unsafe_answers_cannot_approve(county: County, changes):
    page = draft_piece(county)
    submit(page, county.drafter)
    decide(page, county.head)
    with pytest.raises(ReviewRefused):
        decide(page, county.reviewer, answers=answers(**changes))
    with pytest.raises(ReviewRefused):
        decide(page, county.reviewer, answers=None)
    assert SignOff.objects.count() == 1


def test_a_return_needs_a_reason_and_starts_anew(county: County):
    page = draft_piece(county)
    submit(page, county.drafter)
    decide(page, county.head)
    with pytest.raises(ReviewRefused):
        decide(page, county.reviewer, "reject", opinion=" ")
    decide(page, county.reviewer, "reject", opinion="第二段有手机号。")
    assert Submission.objects.get().status == SubmissionStatus.RETURNED
    draft = fresh(page).get_latest_revision_as_object()
    draft.body = text("改好了。")
    draft.save_revision(user=county.drafter)
    submit(page, county.drafter)
    with pytest.raises(ReviewRefused):
        decide(page, county.reviewer)
    for officer in county.officers:
        decide(page, officer)
    assert fresh(page).live


def test_nothing_changes_under_review(county: County):
    policy, interpretation = draft_pair(county)
    submit(policy, county.drafter)
    for page in (policy, interpretation):
        draft = fresh(page).get_latest_revision_as_object()
        draft.body = text("偷偷改的。")
        with pytest.raises(SubmissionRefused):
            draft.save_revision(user=county.drafter)


def test_content_changed_behind_the_model_voids_the_review(county: County):
    page = draft_piece(county)
    submit(page, county.drafter)
    revision = fresh(page).get_latest_revision()
    revision.content["summary"] = "直接改了修订版本。"
    revision.save()
    with pytest.raises(ReviewRefused):
        decide(page, county.head)


def test_approving_past_the_review_does_not_publish(county: County):
    """Wagtail's own TaskState.approve() asks nobody; the gate does."""
    page = draft_piece(county)
    submit(page, county.drafter)
    with pytest.raises(PublicationRefused):
        for _step in range(3):
            state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
            state.approve(user=county.signatory)
    assert not fresh(page).live


def test_sign_offs_outlive_accounts_and_revisions(county: County):
    page = publish(county, draft_piece(county))
    county.head.delete()
    page.revisions.exclude(pk=page.latest_revision_id).delete()
    names = SignOff.objects.filter(decision=Decision.APPROVED).values_list("user_name", flat=True)
    assert list(names) == ["head", "reviewer", "signatory"]


class TestPairs:
    def test_both_go_public_at_once(self, county: County):
        policy, interpretation = draft_pair(county)
        publish(county, policy)
        assert fresh(policy).live and fresh(interpretation).live
        assert Clearance.objects.values("submission").distinct().count() == 1

    def test_a_policy_alone_is_refused(self, county: County):
        policy, interpretation = draft_pair(county)
        interpretation.delete()
        with pytest.raises(SubmissionRefused):
            submit(policy, county.drafter)

    def test_a_recorded_ground_will_do(self, county: County):
        policy, interpretation = draft_pair(county)
        interpretation.delete()
        draft = fresh(policy).get_latest_revision_as_object()
        draft.no_interpretation_ground = "仅转发上级文件。"
        draft.save_revision(user=county.drafter)
        assert publish(county, policy).live

    def test_an_interpretation_waits_for_its_policy(self, county: County):
        _policy, interpretation = draft_pair(county)
        with pytest.raises(SubmissionRefused):
            submit(interpretation, county.drafter)

    def test_one_refused_holds_both(self, county: County):
        policy, interpretation = draft_pair(county)
        submit(policy, county.drafter)
        decide(policy, county.head)
        decide(policy, county.reviewer)
        revision = fresh(interpretation).get_latest_revision()
        revision.content["title"] = "换了标题"
        revision.save()
        with pytest.raises(ReviewRefused):
            decide(policy, county.signatory)
        assert not fresh(policy).live and not fresh(interpretation).live


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({}, False),
        ({"determination": "withheld", "ground": "internal"}, True),
        ({"extent": Extent.PARTIAL}, True),
        ({"extent": Extent.PARTIAL, "ground": "privacy", "withheld": "姓名"}, False),
        ({"body": []}, True),
        ({"written_on": None}, True),
    ],
)
def test_what_may_be_submitted(county: County, fields, refused):
    page = draft_piece(county, **fields)
    if refused:
        with pytest.raises(SubmissionRefused):
            submit(page, county.drafter)
    else:
        submit(page, county.drafter)
        assert Submission.objects.open().count() == 1


def test_an_organ_publishes_only_its_own_items(county: County):
    page = draft_piece(county, organ=county.health)
    with pytest.raises(SubmissionRefused):
        submit(page, county.drafter)


def test_a_correction_goes_through_the_gate_with_a_note(county: County, client):
    page = publish(county, draft_piece(county))
    draft = page.get_latest_revision_as_object()
    draft.body = text("招生范围为全县户籍和随迁子女。")
    draft.save_revision(user=county.drafter)
    with pytest.raises(SubmissionRefused):
        submit(page, county.drafter)
    draft = fresh(page).get_latest_revision_as_object()
    draft.correction_note = "补充随迁子女。"
    draft.save_revision(user=county.drafter)
    submit(page, county.drafter)
    decide(page, county.head)
    assert "随迁" not in client.get(page.url).content.decode()
    decide(page, county.reviewer)
    decide(page, county.signatory)
    corrected = fresh(page)
    assert corrected.index_number == page.index_number
    assert RegisterEntry.objects.filter(page=page).values_list("event", flat=True)[0] == "corrected"
    assert "随迁" in client.get(page.url).content.decode()


def test_published_dates_are_the_systems(county: County):
    page = publish(county, draft_piece(county, first_published_at=datetime(2020, 1, 1, tzinfo=UTC)))
    assert page.published_at > datetime(2026, 1, 1, tzinfo=UTC)


def test_the_drafter_is_told_why(county: County, mailoutbox):
    county.drafter.email = "drafter@example.invalid"
    county.drafter.save()
    page = draft_piece(county)
    submit(page, county.drafter)
    decide(page, county.head, "reject", opinion="招生范围写漏了一个镇。")
    told = [mail for mail in mailoutbox if mail.to == ["drafter@example.invalid"]]
    assert len(told) == 1 and "招生范围写漏了一个镇。" in told[0].body
    browser = Client()
    browser.force_login(county.drafter)
    assert "招生范围写漏了一个镇。" in browser.get("/admin/").content.decode()
