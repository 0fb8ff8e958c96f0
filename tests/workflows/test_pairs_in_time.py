"""A policy and its interpretation are signed together and go public together, or days apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cms.models import Attachment, InterpretationPage, PolicyPage
from tests.county import (
    County,
    decide,
    draft_pair,
    draft_piece,
    edit_form,
    fresh,
    publish,
    submit,
    text,
)
from workflows.drafts import latest_draft
from workflows.models import Alarm, AlarmKind, AuditEntry, PublicCopy, RegisterEntry
from workflows.rules import PublicationRefused, Refused, SubmissionRefused
from workflows.verification import drifted_pages

CHINA = ZoneInfo("Asia/Shanghai")
SUBMITTED = datetime(2026, 6, 15, 9, tzinfo=CHINA)
#: A Wednesday; Friday the 19th is a holiday, so the third working day after it is Tuesday the 23rd.
POLICY = datetime(2026, 6, 17, 9, tzinfo=CHINA)
Pair = tuple[PolicyPage, InterpretationPage]


def june(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=CHINA)


def on_dates(county: County, policy: datetime | None, interpretation: datetime | None) -> Pair:
    pair = draft_pair(county)
    for page, moment in zip(pair, (policy, interpretation), strict=True):
        draft = latest_draft(fresh(page))
        draft.go_live_at = moment
        draft.save_revision(user=county.drafter)
    return pair


def signed(county: County, policy: datetime | None, interpretation: datetime | None) -> Pair:
    pair = on_dates(county, policy, interpretation)
    publish(county, pair[0])
    return pair


def run_at(moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        call_command("publish_scheduled")


def public(pair: Pair) -> list[bool]:
    return [fresh(page).live for page in pair]


@pytest.fixture(autouse=True)
def submitted_on() -> Any:
    with time_machine.travel(SUBMITTED, tick=True):
        yield


@pytest.mark.parametrize(
    ("policy", "interpretation", "refused"),
    [
        (None, None, False),
        (POLICY, None, False),
        (POLICY, POLICY, False),
        (POLICY, june(18), False),
        (POLICY, june(23, 23), False),
        (POLICY, june(24, 0), True),
        (POLICY, june(17, 8), True),
        (None, june(16), True),
    ],
)
def test_dates_are_within_three_working_days(county, policy, interpretation, refused):
    pair = on_dates(county, policy, interpretation)
    if refused:
        with pytest.raises(SubmissionRefused):
            submit(pair[0], county.drafter)
    else:
        submit(pair[0], county.drafter)


def test_the_form_asks_for_the_date_and_explains_the_refusal(county):
    policy, interpretation = on_dates(county, POLICY, june(24))
    browser = Client()
    browser.force_login(county.drafter)
    for page in (policy, interpretation):
        form = browser.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()
        assert 'name="go_live_at"' in form
    data = edit_form(policy, "通知") | {
        "item": county.admissions.pk, "addressees": "",
        "replaces": "", "replaces_text": "", "no_interpretation_ground": "",
        "go_live_at": "2026-06-17 09:00", "action-submit": "1",
    }  # fmt: skip
    answer = browser.post(reverse("wagtailadmin_pages:edit", args=(policy.pk,)), data)
    assert "2026-06-23" in answer.content.decode()
    assert not fresh(policy).under_review


def test_without_dates_both_are_public_at_the_signature(county):
    assert public(signed(county, None, None)) == [True, True]


@pytest.mark.parametrize("own", [None, POLICY])
def test_one_date_for_both(county, own):
    pair = signed(county, POLICY, own)
    assert public(pair) == [False, False]
    run_at(june(17, 10))
    assert public(pair) == [True, True]
    assert RegisterEntry.objects.count() == 2
    assert list(drifted_pages()) == []


def test_the_interpretation_follows_on_its_own_date(county, client):
    pair = signed(county, POLICY, june(19))
    run_at(june(17, 10))
    assert public(pair) == [True, False]
    assert client.get(fresh(pair[0]).url).status_code == 200
    assert pair[1].title not in client.get(fresh(pair[0]).url).content.decode()
    run_at(june(19, 10))
    assert public(pair) == [True, True]
    assert list(drifted_pages()) == []


def test_a_date_moved_after_the_signature_is_refused(county):
    pair = signed(county, POLICY, june(19))
    run_at(june(17, 10))
    draft = latest_draft(fresh(pair[1]))
    draft.go_live_at = june(24)
    draft.save_revision(user=county.drafter)
    run_at(june(19, 10))
    run_at(june(24, 10))
    assert public(pair) == [True, False]


def changed(county: County, pair: Pair) -> None:
    draft = latest_draft(fresh(pair[1]))
    draft.body = text("改了一个字。")
    draft.save_revision(user=county.drafter)


def swapped(county: County, pair: Pair) -> None:
    interpretation = fresh(pair[1])
    other, _own = draft_pair(county, "另一个政策文件")
    interpretation.move(fresh(other), pos="last-child")


def deleted(county: County, pair: Pair) -> None:
    fresh(pair[1]).delete()


@pytest.mark.parametrize("spoil", [changed, swapped, deleted])
def test_if_one_of_the_two_cannot_go_public_neither_does(county, spoil: Callable[..., None]):
    pair = signed(county, POLICY, None)
    spoil(county, pair)
    run_at(june(17, 10))
    assert not fresh(pair[0]).live
    assert not InterpretationPage.objects.filter(live=True).exists()


def test_at_the_signature_neither_is_public_if_one_may_not_be(county):
    pair = draft_pair(county)
    submit(pair[0], county.drafter)
    decide(pair[0], county.head)
    decide(pair[0], county.reviewer)
    InterpretationPage.objects.filter(pk=pair[1].pk).update(determination="withheld")
    revision = fresh(pair[1]).get_latest_revision()
    revision.content["determination"] = "withheld"
    revision.save()
    with pytest.raises(Refused):
        decide(pair[0], county.signatory)
    assert public(pair) == [False, False]


def with_file_gone(county: County, pair: Pair) -> None:
    # What the public would get is the cleaned copy that was signed.
    copy = PublicCopy.objects.get()
    copy.file.storage.delete(copy.file.name)


@pytest.mark.parametrize("spoil", [changed, with_file_gone])
def test_an_interpretation_that_cannot_follow_is_told_to_everyone(county, spoil):
    from django.core.files.base import ContentFile

    file = Attachment.objects.create(
        title="图解", file=ContentFile("图解".encode(), name="tujie.txt")
    )
    pair = on_dates(county, POLICY, june(19))
    draft = latest_draft(fresh(pair[1]))
    draft.body = [{"type": "attachments", "value": {"files": [{"document": file.pk, "note": ""}]}}]
    draft.save_revision(user=county.drafter)
    publish(county, pair[0])
    run_at(june(17, 10))
    spoil(county, pair)
    run_at(june(19, 10))
    run_at(june(19, 11))
    assert public(pair) == [True, False]
    alarm = Alarm.objects.get(kind=AlarmKind.GO_LIVE, ended_at=None)
    assert alarm.about == str(pair[1].pk)
    assert AuditEntry.objects.filter(action="refused", object_id=str(pair[1].pk)).count() == 1
    browser = Client()
    browser.force_login(county.drafter)
    assert alarm.sentence[:20] in browser.get(reverse("wagtailadmin_home")).content.decode()
    # Its drafter can put it right, and it then goes through review alone.
    edit = browser.get(reverse("wagtailadmin_pages:edit", args=(pair[1].pk,)))
    assert "action-submit" in edit.content.decode()
    draft = latest_draft(fresh(pair[1]))
    draft.body, draft.go_live_at = text("重新写过。"), None
    draft.save_revision(user=county.drafter)
    publish(county, pair[1])
    assert public(pair) == [True, True]
    run_at(june(19, 12))
    assert not Alarm.objects.filter(ended_at=None).exists()


def test_a_refused_page_holds_up_nobody(county):
    pair = signed(county, POLICY, None)
    other = publish(county, draft_piece(county, "别的公告", go_live_at=POLICY))
    changed(county, pair)
    run_at(june(17, 10))
    assert public(pair) == [False, False]
    assert fresh(other).live


def test_a_correction_with_a_date_keeps_what_is_public(county, client):
    page = publish(county, draft_piece(county))
    draft = latest_draft(page)
    draft.body, draft.correction_note = text("更正后的内容。"), "更正"
    draft.go_live_at = POLICY
    draft.save_revision(user=county.drafter)
    publish(county, page)
    assert "更正后的内容" not in client.get(page.url).content.decode()
    assert list(drifted_pages()) == []
    run_at(june(17, 10))
    assert "更正后的内容" in client.get(page.url).content.decode()
    assert list(drifted_pages()) == []


def test_an_interpretation_added_later_goes_through_the_gate_alone(county, client):
    policy, _own = signed(county, None, None)
    from cms.drafting import save_draft

    later = InterpretationPage(
        title="延伸解读", slug="", organ=county.education, written_on=SUBMITTED.astimezone(UTC).date(),
        body=text("答记者问。"),
    )  # fmt: skip
    save_draft(fresh(policy), later, county.drafter)
    with pytest.raises(PublicationRefused):
        later.get_latest_revision().publish()
    assert not fresh(later).live
    publish(county, later)
    assert "延伸解读" in client.get(fresh(policy).url).content.decode()
    assert list(drifted_pages()) == []
