"""After publication: taken down, ended, moved, corrected, and published in an emergency."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.models import Attachment, GeneralPage, ItemPage, PolicyPage, SectionPage
from tests.county import (
    County,
    draft_pair,
    draft_piece,
    fresh,
    publish,
    submit,
    take_down,
    text,
)
from workflows.actions.assign import AssignRoleAction
from workflows.actions.end import EndAction, Ending
from workflows.emergencies import alarm_on_overdue
from workflows.enums import ChangeReason, ClearanceStatus, RegisterEvent, Role
from workflows.models import Alarm, AuditEntry, Clearance, EmergencyPublication, RegisterEntry
from workflows.rules import StandingRefused
from workflows.verification import drifted_pages

ANSWERS = {
    "determination": "proactive",
    "extent": "full",
    "touches_none": "on",
    "aggregation_risk": "none",
}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def desk(user: User) -> Client:
    """The desk as somebody sees it who chose English in their account."""
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    browser = Client()
    browser.force_login(user)
    return browser


def post(user: User, name: str, key: int, **data: Any) -> Any:
    return desk(user).post(reverse(name, args=[key]), data)


def read(client: Client, page: Page) -> str:
    """The page as the public reads it in the site's own language."""
    with translation.override("zh-hans"):
        return client.get(fresh(page).url).content.decode()


def rows(page: Page) -> list[tuple[str, str, str]]:
    """(event, kind of reason, who), oldest first."""
    found = RegisterEntry.objects.filter(page_id=page.pk).order_by("pk")
    return [(row.event, row.reason_kind, row.by_name) for row in found]


class TestTakingDown:
    def test_it_is_quick_recorded_and_explained(self, county: County, client):
        page = publish(county, draft_piece(county))
        url = page.url
        answer = post(
            county.signatory, "workflows_take_down", page.pk, kind="wrong", words="金额写错"
        )
        assert answer.status_code == 302
        assert rows(page)[-1] == ("unpublished", "wrong", "signatory")
        gone = client.get(url)
        assert gone.status_code == 410
        assert page.title in gone.content.decode()
        assert "金额写错" not in gone.content.decode()
        assert Clearance.objects.get(page=page).status == ClearanceStatus.REVOKED
        assert list(drifted_pages()) == []
        logged = AuditEntry.objects.filter(action="register.entered").latest("pk")
        assert (logged.actor_name, logged.details["reason_kind"]) == ("signatory", "wrong")

    @pytest.mark.parametrize("kind", [k for k in ChangeReason.taking_down() if k.is_sensitive])
    def test_what_must_not_be_known_is_not_named(self, county: County, client, kind):
        page = publish(county, draft_piece(county, "张三的低保申请"))
        url = page.url
        take_down(page, county, kind)
        gone = client.get(url)
        assert gone.status_code == 410
        assert "张三" not in gone.content.decode()

    @pytest.mark.parametrize(
        ("who", "kind", "words", "says"),
        [
            ("drafter", "wrong", "", "This is done by"),
            ("outsider", "wrong", "", "your own organ"),
            ("signatory", "other", " ", "Say in words"),
            ("signatory", "repealed", "", "Select a valid choice"),
            ("signatory", "", "", "This field is required"),
        ],
    )
    def test_not_by_anyone_nor_without_a_reason(self, county: County, who, kind, words, says):
        page = publish(county, draft_piece(county))
        answer = post(getattr(county, who), "workflows_take_down", page.pk, kind=kind, words=words)
        assert fresh(page).live
        assert says in answer.content.decode() or answer.status_code == 302

    def test_an_interpretation_leaves_with_its_policy(self, county: County, client):
        policy, interpretation = draft_pair(county)
        policy = publish(county, policy)
        url = fresh(interpretation).url
        take_down(policy, county)
        assert client.get(url).status_code == 410
        assert rows(interpretation)[-1][:2] == ("unpublished", "wrong")

    def test_it_comes_back_through_the_gate_only(self, county: County, client):
        page = publish(county, draft_piece(county))
        take_down(page, county)
        draft = fresh(page).get_latest_revision_as_object()
        draft.correction_note = "更正了金额。"
        draft.save_revision(user=county.drafter)
        page = publish(county, fresh(page))
        assert rows(page)[-1] == ("restored", "", "signatory")
        assert "更正了金额。" in client.get(page.url).content.decode()

    def test_what_waits_for_its_date_does_not_bring_it_back(self, county: County, client):
        page = publish(county, draft_piece(county))
        url = page.url
        draft = fresh(page).get_latest_revision_as_object()
        draft.correction_note = "更正。"
        draft.go_live_at = timezone.now() + timedelta(days=1)
        draft.save_revision(user=county.drafter)
        publish(county, fresh(page))
        take_down(page, county)
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            call_command("publish_scheduled")
            assert client.get(url).status_code == 410

    @pytest.mark.parametrize(
        ("door", "screen"),
        [
            ("unpublish", "workflows_take_down"),
            ("delete", "workflows_piece"),
            ("move", "workflows_move"),
        ],
    )
    def test_stock_doors_lead_to_the_screen(self, county: County, door, screen):
        page = publish(county, draft_piece(county))
        admin = User.objects.create_superuser("root")
        url = reverse(f"wagtailadmin_pages:{door}", args=[page.pk])
        for answer in (desk(county.signatory).get(url), desk(county.signatory).post(url)):
            assert answer.url == reverse(screen, args=[page.pk])
        refused = desk(admin).post(url, follow=True)
        assert "Public pieces" in refused.content.decode()
        api = desk(admin).post(f"/admin/api/main/pages/{page.pk}/action/{door}/")
        assert api.status_code == 403
        assert "Public pieces" in api.json()["detail"]
        assert fresh(page).live


class TestEnding:
    def test_the_text_stays_under_a_notice(self, county: County, client):
        old = publish(county, draft_pair(county, "旧办法")[0])
        new = publish(county, draft_pair(county, "新办法")[0])
        answer = post(
            county.signatory,
            "workflows_end",
            old.pk,
            kind="replaced",
            on=str(timezone.localdate()),
            successor=new.pk,
        )
        assert answer.status_code == 302, answer.content.decode()
        body = read(client, old)
        assert "各学校按照本通知" in body
        assert new.title in body
        assert "已废止" in body
        assert rows(old)[-1] == ("replaced", "replaced", "signatory")
        assert list(drifted_pages()) == []

    @pytest.mark.parametrize(
        ("kind", "event", "word"),
        [("repealed", "repealed", "已废止"), ("lapsed", "lapsed", "已失效")],
    )
    def test_repealed_and_lapsed(self, county: County, client, kind, event, word):
        page = publish(county, draft_pair(county)[0])
        ending = Ending(ChangeReason(kind), timezone.localdate())
        EndAction(page, county.signatory, ending).execute()
        assert word in read(client, page)
        assert rows(page)[-1][0] == event
        with translation.override("zh-hans"):
            found = client.get(
                "/search/?q=义务教育招生工作", headers={"accept-language": "zh-hans"}
            )
        assert word in found.content.decode()

    @pytest.mark.parametrize(
        ("who", "change", "says"),
        [
            ("head", {}, "This is done by"),
            ("reviewer", {}, "This is done by"),
            ("signatory", {"on": date(2026, 5, 1)}, "before it took effect"),
            ("signatory", {"kind": ChangeReason.REPLACED}, "Choose the document"),
            ("signatory", {"kind": ChangeReason.WRONG}, "Choose the reason"),
        ],
    )
    def test_refused(self, county: County, who, change, says):
        page = publish(county, draft_pair(county)[0])
        told = {"kind": ChangeReason.REPEALED, "on": date(2026, 7, 1)} | change
        with pytest.raises(StandingRefused, match=says):
            EndAction(page, getattr(county, who), Ending(**told)).execute()

    def test_a_disclosure_is_not_repealed(self, county: County):
        page = publish(county, draft_piece(county))
        with pytest.raises(StandingRefused, match="Only a policy"):
            EndAction(
                page, county.signatory, Ending(ChangeReason.REPEALED, date(2026, 7, 1))
            ).execute()

    def test_a_correction_of_the_text_does_not_revive_it(self, county: County):
        page = publish(county, draft_pair(county)[0])
        EndAction(page, county.signatory, Ending(ChangeReason.REPEALED, date(2026, 7, 1))).execute()
        draft = fresh(page).get_latest_revision_as_object()
        draft.correction_note, draft.summary = "补上摘要。", "摘要"
        draft.save_revision(user=county.drafter)
        assert publish(county, fresh(page)).ending == "repealed"


class TestByTheClock:
    def test_an_expired_piece_leaves_with_a_row(self, county: County, client):
        page = draft_piece(county, expire_at=timezone.now() + timedelta(days=1))
        page = publish(county, page)
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            call_command("publish_scheduled")
            assert rows(page)[-1] == ("expired", "term_over", "")
            assert client.get(page.url).status_code == 410

    def test_a_policy_with_a_date_to_leave_stays_under_a_notice(self, county: County, client):
        page = draft_pair(county, expire_at=timezone.now() + timedelta(days=1))[0]
        page = publish(county, page)
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            call_command("publish_scheduled")
            assert rows(page)[-1][0] == "lapsed"
            assert "已失效" in read(client, page)

    def test_a_policy_past_its_validity_stays_and_is_noted_once(self, county: County, client):
        page = draft_pair(county, expires_on=timezone.localdate() + timedelta(days=3))[0]
        page = publish(county, page)
        with time_machine.travel(timezone.now() + timedelta(days=5)):
            for _minute in range(2):
                call_command("publish_scheduled")
            assert [row[0] for row in rows(page)] == ["published", "lapsed"]
            assert client.get(page.url).status_code == 200


class TestMoving:
    def test_the_old_address_leads_to_the_new_one(self, county: County, client):
        here, there = SectionPage.objects.order_by("path")[:2]
        page = GeneralPage(
            title="公开指南", slug="", organ=county.education,
            written_on=date(2026, 6, 1), body=text("指南"),
        )  # fmt: skip
        from cms.drafting import save_draft

        save_draft(here, page, county.drafter)
        page = publish(county, page)
        old = page.url
        answer = post(
            county.signatory, "workflows_move", page.pk, kind="misplaced", target=there.pk
        )
        assert answer.status_code == 302, answer.content.decode()
        assert client.get(old, follow=True).redirect_chain == [(fresh(page).url, 302)]
        assert rows(page)[-1] == ("moved", "misplaced", "signatory")

    def test_a_disclosure_is_cleared_anew_for_another_item(self, county: County, client):
        page = publish(county, draft_piece(county))
        old, there = page.url, ItemPage.objects.get(item=county.clinics)
        move = {"kind": "misplaced", "target": there.pk}
        refused = post(county.signatory, "workflows_move", page.pk, **move)
        assert "on the ground of where it stands" in refused.content.decode()
        take_down(page, county, ChangeReason.MISPLACED)
        post(county.signatory, "workflows_move", page.pk, **move)
        draft = fresh(page).get_latest_revision_as_object()
        assert draft.item == county.clinics
        draft.organ, draft.correction_note = county.health, "改到医疗机构名录。"
        draft.save_revision(user=county.drafter)
        assert client.get(old).status_code == 410

    def test_what_the_system_moves_is_registered_too(self, county: County, client):
        page = publish(county, draft_piece(county))
        old = page.url
        domain = ItemPage.objects.get(item=county.clinics).get_parent()
        page.get_parent().move(domain, pos="last-child")
        assert rows(page)[-1] == ("moved", "reorganised", "")
        assert client.get(old, follow=True).status_code == 200


class TestCorrection:
    def test_every_note_is_shown_with_its_date(self, county: County, client):
        page = publish(county, draft_piece(county))
        for note in ("更正电话。", "更正地址。"):
            draft = fresh(page).get_latest_revision_as_object()
            draft.correction_note = note
            draft.save_revision(user=county.drafter)
            publish(county, fresh(page))
        body = client.get(page.url).content.decode()
        for entry in RegisterEntry.objects.filter(page_id=page.pk, event="corrected"):
            assert entry.reason in body
            assert f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M}" in body

    def test_the_last_note_does_not_do_again(self, county: County):
        from workflows.rules import SubmissionRefused

        page = publish(county, draft_piece(county))
        for number, expected in enumerate((None, "this time")):
            draft = fresh(page).get_latest_revision_as_object()
            draft.correction_note, draft.summary = "更正电话。", f"摘要{number}"
            draft.save_revision(user=county.drafter)
            if expected is None:
                publish(county, fresh(page))
            else:
                with pytest.raises(SubmissionRefused, match=expected):
                    submit(page, county.drafter)

    def test_a_first_publication_corrects_nothing(self, county: County, client):
        page = publish(county, draft_piece(county, correction_note="无"))
        assert RegisterEntry.objects.get(page_id=page.pk).reason == ""


def publish_now(county: County, page: Page, user: User | None = None, **data: Any) -> Any:
    told = {"reason": "暴雨红色预警", "answered_for": "on"} | data
    return post(user or county.rescuer, "workflows_emergency_publish", page.pk, **told)


class TestEmergency:
    @pytest.fixture
    def page(self, county: County) -> Page:
        page = draft_piece(county, "关于暴雨停课的紧急通知")
        assert publish_now(county, page).status_code == 302
        return fresh(page)

    @pytest.fixture
    def publication(self, page: Page) -> EmergencyPublication:
        return EmergencyPublication.objects.get()

    def review(self, user: User, publication: EmergencyPublication, **data: Any) -> Any:
        return post(user, "workflows_after_review", publication.pk, **data)

    def test_it_is_public_at_once_and_open_on_every_home(self, county: County, client, page):
        assert client.get(page.url).status_code == 200
        assert rows(page) == [("published", "emergency", "rescuer")]
        assert list(drifted_pages()) == []
        assert Clearance.objects.get(page=page).status == ClearanceStatus.APPLIED
        for user in (county.drafter, county.signatory, county.outsider, county.rescuer):
            assert page.title in desk(user).get("/admin/").content.decode()

    def test_a_second_person_confirms_it(self, county: County, client, page, publication):
        answer = self.review(county.reviewer, publication, decision="confirmed", **ANSWERS)
        assert answer.status_code == 302, answer.content.decode()
        assert rows(page)[-1] == ("confirmed", "emergency", "reviewer")
        assert not EmergencyPublication.objects.open().exists()
        assert page.title not in desk(county.drafter).get("/admin/").content.decode()
        again = self.review(county.signatory, publication, decision="confirmed", **ANSWERS)
        assert "reviewed already" in again.content.decode()

    def test_or_takes_it_down(self, county: County, client, page, publication):
        told = {"decision": "taken_down", "kind": "not_confirmed", "opinion": "信息不实"}
        assert self.review(county.reviewer, publication, **told).status_code == 302
        assert client.get(page.url).status_code == 410
        assert rows(page)[-1] == ("unpublished", "not_confirmed", "reviewer")
        assert publication.review is not None
        assert not EmergencyPublication.objects.open().exists()

    @pytest.mark.parametrize(
        ("who", "data", "says"),
        [
            ("rescuer", {}, "This is done by"),
            ("drafter", {}, "This is done by"),
            ("head", {}, "This is done by"),
            ("reviewer", {"touches_none": "", "touches": "state_secret"}, "Return the piece"),
            ("reviewer", {"touches_none": ""}, "confirm that it touches none"),
        ],
    )
    def test_not_by_anyone(self, county: County, page, publication, who, data, says):
        told = {"decision": "confirmed", **ANSWERS} | data
        answer = self.review(getattr(county, who), publication, **told)
        assert says in answer.content.decode()
        assert EmergencyPublication.objects.open().exists()

    def test_never_by_who_published_or_wrote_it(self, county: County):
        for user in (county.rescuer, county.drafter):
            AssignRoleAction(user, Role.SIGNATORY, county.government).execute()
        page = draft_piece(county)
        publish_now(county, page)
        publication = EmergencyPublication.objects.get()
        for user, says in (
            (county.rescuer, "published this yourself"),
            (county.drafter, "drafted"),
        ):
            user = User.objects.get(pk=user.pk)
            answer = self.review(user, publication, decision="confirmed", **ANSWERS)
            assert says in answer.content.decode()
        # Taking it down oneself is allowed, and leaves the review open to another person.
        post(county.rescuer, "workflows_take_down", page.pk, kind="wrong")
        assert not fresh(page).live
        assert EmergencyPublication.objects.open().exists()

    def test_an_overdue_review_raises_an_alarm_that_ends_with_it(
        self, county: County, page, publication
    ):
        assert alarm_on_overdue() == 0
        with time_machine.travel(timezone.now() + timedelta(days=12)):
            assert alarm_on_overdue() == 1
            self.review(county.reviewer, publication, decision="confirmed", **ANSWERS)
            assert not Alarm.objects.filter(ended_at=None).exists()

    @pytest.mark.parametrize(
        ("who", "data", "says"),
        [
            ("rescuer", {"reason": ""}, "This field is required"),
            ("rescuer", {"answered_for": ""}, "This field is required"),
            ("signatory", {}, ""),
            ("drafter", {}, ""),
        ],
    )
    def test_not_without_reason_nor_by_others(self, county: County, who, data, says):
        page = draft_piece(county)
        answer = publish_now(county, page, getattr(county, who), **data)
        assert not fresh(page).live
        assert answer.status_code == 302 or says in answer.content.decode()

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"body": []}, "no content"),
            ({"determination": "on_request", "ground": "internal"}, "proactive disclosure"),
            ({"go_live_at": timezone.now() + timedelta(days=30)}, "remove it first"),
        ],
    )
    def test_an_emergency_lifts_the_review_alone(self, county: County, fields, says):
        page = draft_piece(county, **fields)
        assert says in publish_now(county, page).content.decode()
        assert not fresh(page).live

    def test_a_policy_still_needs_its_interpretation(self, county: County, client):
        policy, interpretation = draft_pair(county)
        assert publish_now(county, policy).status_code == 302
        for page in (policy, interpretation):
            assert client.get(fresh(page).url).status_code == 200
            assert rows(page)[-1][1] == "emergency"
        interpretation_alone = draft_pair(county, "另一份通知")[1]
        assert "reviewed together" in publish_now(county, interpretation_alone).content.decode()
        bare = PolicyPage.objects.get(title="另一份通知")
        interpretation_alone.delete()
        assert "together with its interpretation" in publish_now(county, bare).content.decode()

    def test_it_does_not_bring_back_what_was_taken_down(self, county: County, page):
        take_down(page, county)
        draft = fresh(page).get_latest_revision_as_object()
        draft.correction_note = "更正。"
        draft.save_revision(user=county.drafter)
        assert "through the review only" in publish_now(county, page).content.decode()
        assert not fresh(page).live

    def test_a_file_goes_out_as_its_cleaned_copy(self, county: County, client):
        file = Attachment(title="转移路线", uploaded_by_user=county.drafter)
        file.file.save("路线.txt", ContentFile("南门至体育馆".encode()))
        blocks = [{"type": "attachments", "value": {"files": [{"document": file.pk, "note": ""}]}}]
        page = draft_piece(county, "转移通知", body=[*text("见附件。"), *blocks])
        assert publish_now(county, page).status_code == 302
        answer = client.get(file.url)
        assert b"".join(answer.streaming_content).decode() == "南门至体育馆"

    def test_a_review_under_way_ends(self, county: County):
        page = draft_piece(county)
        submit(page, county.drafter)
        answer = publish_now(county, page)
        assert answer.status_code == 302, answer.content.decode()
        assert fresh(page).live
        assert not fresh(page).under_review

    def test_a_correction_in_an_emergency_carries_its_note(self, county: County, client, page):
        draft = page.get_latest_revision_as_object()
        draft.correction_note = "停课延至周五。"
        draft.save_revision(user=county.drafter)
        publish_now(county, page)
        assert rows(page)[-1][:2] == (RegisterEvent.CORRECTED, "emergency")
        assert "停课延至周五。" in client.get(page.url).content.decode()


@pytest.mark.parametrize(
    "name", ["workflows_pieces", "workflows_emergencies"], ids=["pieces", "emergencies"]
)
def test_lists_cost_the_same_however_long(county: County, name):
    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert desk(county.rescuer).get(reverse(name)).status_code == 200
        return len(found)

    publish(county, draft_piece(county, "公告"))
    draft_piece(county, "草稿")
    publish_now(county, draft_piece(county, "紧急"))
    cost()
    few = cost()
    for number in range(4):
        publish(county, draft_piece(county, f"公告{number}"))
        draft_piece(county, f"草稿{number}")
        publish_now(county, draft_piece(county, f"紧急{number}"))
    assert cost() <= few
