"""What a scan finds is shown, settled one by one, and kept; nothing leaves before."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from docx import Document

from cms.blocks import table_value
from cms.models import Attachment, Picture
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
from tests.scanning import hostile
from tests.scanning.corpus import docx_files, image_files, pdf_files, xlsx_files
from tests.scanning.test_rewriting import holds
from tests.workflows.evidence import browser, officer
from workflows.enums import FindingKind, Outcome, Role, ScanStatus, ShownGround
from workflows.models import AuditEntry, Finding, RegisterEntry, Scan, Settlement, Submission
from workflows.scans import request_scan
from workflows.settling import findings_of

ID_CARD = docx_files.SECRET
PHONE = "13800138000"
TEXT = f"补贴对象张建国，身份证号{ID_CARD}，电话{PHONE}。"


def attached(county: County, name: str, content: bytes) -> Attachment:
    file = Attachment(title="补贴名单", uploaded_by_user=county.drafter)
    file.file.save(name, ContentFile(content))
    return file


def picture(content: bytes) -> Picture:
    return Picture.objects.create(title="现场", file=ImageFile(io.BytesIO(content), "a.jpg"))


def with_file(file: Attachment) -> list[dict]:
    return [
        *text("见附件。"),
        {"type": "attachments", "value": {"files": [{"document": file.pk, "note": ""}]}},
    ]


def in_review(county: County, page) -> Submission:
    """Submitted, and through department review."""
    submit(page, county.drafter)
    decide(page, county.head)
    return Submission.objects.open().of_page(page).get()


def found(submission: Submission) -> list[Finding]:
    return list(findings_of(submission))


def settle(client: Client, submission: Submission, findings, outcome: str, **data: str):
    return client.post(
        reverse("workflows_settle", args=[submission.pk]),
        {"finding": [f.pk for f in findings], "outcome": outcome, **data},
        follow=True,
    ).content.decode()


def approve(client: Client, submission: Submission):
    form = {
        "decision": "approved", "determination": "proactive", "extent": "full",
        "touches_none": "on", "aggregation_risk": "none",
    }  # fmt: skip
    url = reverse("workflows_review", args=[submission.pk])
    return client.post(url, form, follow=True).content.decode()


TABLE = {
    "type": "table",
    "value": {
        "data": [["姓名", "身份证号"], ["张建国", ID_CARD]],
        "first_row_is_table_header": True,
        "table_caption": "名单",
    },
}
PLACES = [
    ({"summary": TEXT}, "id_card"),
    ({"title": f"关于{PHONE}的公告"}, "mobile"),
    ({"body": text(TEXT)}, "id_card"),
    ({"body": text(f"身份证{ID_CARD[:6]}<b>{ID_CARD[6:]}</b>")}, "id_card"),
    ({"body": text('详见<a href="mailto:zhang3@qq.com">这里</a>')}, "email"),
    ({"body": [TABLE]}, "id_card"),
    ({"body": [{"type": "questions", "value": {"pairs": [
        {"question": "问", "answer": f"<p>{TEXT}</p>"}]}}]}, "mobile"),
    ({"withheld": f"隐去{PHONE}", "extent": "partial", "ground": "privacy"}, "mobile"),
    ({"body": text("机密★10年")}, "secret_mark"),
    ({"body": text("内部资料，不得外传")}, "internal_mark"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "kind"), PLACES)
def test_every_part_of_a_page_is_looked_through(county: County, fields, kind):
    page = draft_piece(county, **fields)
    submit(page, county.drafter)
    findings = found(Submission.objects.get())
    assert kind in {f.kind for f in findings}
    shown = json.dumps([[f.excerpt, f.message, f.where] for f in findings], ensure_ascii=False)
    assert ID_CARD not in shown and "13800138000" not in shown


FILES = [
    ("a.docx", docx_files.comment, {"hidden_content", "metadata", "id_card"}),
    ("a.xlsx", xlsx_files.everywhere, {"hidden_content", "id_card", "mobile"}),
    ("a.pdf", pdf_files.everywhere, {"hidden_content", "id_card", "mobile"}),
    (f"张建国{PHONE}.txt", lambda: b"ok", {"mobile"}),
]


@pytest.mark.parametrize(("name", "make", "kinds"), FILES, ids=[row[0] for row in FILES])
def test_files_are_looked_through(county: County, name, make, kinds):
    page = draft_piece(county, body=with_file(attached(county, name, make())))
    submit(page, county.drafter)
    assert kinds <= {f.kind for f in found(Submission.objects.get())}


PEOPLE = ["张建国", "李秀英", "王德福", "赵桂兰"]


def roll(column: str, *values: str) -> list[dict]:
    rows = list(zip(PEOPLE, values, strict=True))
    return [{"type": "table", "value": table_value(["姓名", column], rows)}]


def test_the_same_people_in_another_public_list_are_told_of(county: County):
    place = roll("所在村组", "一组", "二组", "三组", "四组")
    listed = publish(county, draft_piece(county, "临江村村民代表名单", body=place))
    sums = roll("补贴金额", "100", "200", "300", "400")
    unseen = draft_piece(county, "尚未公开的名单", body=place)
    submit(unseen, county.drafter)
    linked = [f for f in found(in_review(county, draft_piece(county, "补贴名单", body=sums)))
              if f.rule == "aggregation.linkage"]  # fmt: skip
    assert len(linked) == 1
    assert listed.title in linked[0].message and unseen.title not in linked[0].message
    assert not any(name in linked[0].message + linked[0].excerpt for name in PEOPLE)


def test_the_paired_page_is_looked_through_as_well(county: County):
    policy, interpretation = draft_pair(county)
    draft = interpretation.get_latest_revision_as_object()
    draft.body = text(TEXT)
    draft.save_revision(user=county.drafter)
    submit(policy, county.drafter)
    assert {f.scan.page_id for f in found(Submission.objects.get())} == {interpretation.pk}


HOSTILE = [
    ("a.zip", hostile.zip_bomb, "unreadable.bomb"),
    ("a.zip", hostile.nested_zips, "unreadable.nested"),
    ("a.docx", hostile.entity_bomb, "unreadable.entities"),
    ("a.pdf", hostile.truncated_pdf, "unreadable.truncated"),
    ("a.pdf", hostile.looping_pdf, "unreadable.broken"),
    ("a.pdf", pdf_files.password, "unreadable.password"),
    ("a.pdf", pdf_files.picture_only, "unreadable.picture_only"),
    ("a.pdf", hostile.wrong_ending, "unreadable.wrong_ending"),
    ("a.doc", hostile.old_office, "unreadable.old_office"),
]


def test_hostile_files_stop_at_the_review_and_stop_no_worker(county: County):
    """Each with its outcome; the process that runs the scans goes on to the next."""
    files = [attached(county, name, make()) for name, make, _rule in HOSTILE]
    body = [*text("见附件。"), {"type": "attachments", "value": {
        "files": [{"document": file.pk, "note": ""} for file in files]}}]  # fmt: skip
    submission = in_review(county, draft_piece(county, body=body))
    rules = {f.file_id: [] for f in found(submission)}
    for finding in found(submission):
        rules[finding.file_id].append(finding.rule)
    for file, (name, _make, rule) in zip(files, HOSTILE, strict=True):
        assert rule in rules[file.pk], name
    desk = browser(county.reviewer)
    assert "can be" not in approve(desk, submission)
    assert submission.sign_offs.count() == 1
    bomb = [f for f in found(submission) if f.rule == "unreadable.bomb"]
    by_hand = {"ground": ShownGround.CHECKED_BY_HAND, "note": "逐页看过"}
    settle(desk, submission, bomb, Outcome.JUSTIFIED, **by_hand)
    settle(desk, submission, bomb, Outcome.NOT_A_FINDING)
    assert not Settlement.objects.filter(finding__in=bomb).exists()
    images = [f for f in found(submission) if f.rule == "unreadable.picture_only"]
    settle(desk, submission, images, Outcome.JUSTIFIED, ground=ShownGround.CHECKED_BY_HAND)
    assert not Settlement.objects.filter(finding__in=images).exists()
    settle(desk, submission, images, Outcome.JUSTIFIED, **by_hand)
    assert Settlement.objects.get(finding__in=images).user_name == "reviewer"


def test_approval_waits_for_the_last_finding_and_names_it(county: County, client):
    submission = in_review(county, page := draft_piece(county, body=text(TEXT)))
    desk = browser(county.reviewer)
    screen = desk.get(reverse("workflows_review", args=[submission.pk])).content.decode()
    assert "410***********0018" in screen and ID_CARD not in screen
    assert approve(desk, submission) and submission.sign_offs.count() == 1
    *others, last = found(submission)
    settle(desk, submission, others, Outcome.JUSTIFIED, ground=ShownGround.PENALTY)
    refusal = approve(desk, submission)
    assert submission.sign_offs.count() == 1 and str(FindingKind(last.kind).label) in refusal
    settle(desk, submission, [last], Outcome.NOT_A_FINDING)
    approve(desk, submission)
    assert submission.sign_offs.count() == 2
    decide(page, county.signatory)
    assert client.get(fresh(page).url).status_code == 200
    assert AuditEntry.objects.filter(action="finding.settled").count() == 2


@pytest.mark.parametrize(
    ("who", "outcome", "data", "kind"),
    [
        ("head", "not_a_finding", {}, "mobile"),
        ("signatory", "not_a_finding", {}, "mobile"),
        ("drafter", "not_a_finding", {}, "mobile"),
        ("reviewer", "justified", {}, "mobile"),
        ("reviewer", "justified", {"ground": "by_hand"}, "mobile"),
        ("reviewer", "justified", {"ground": "because"}, "mobile"),
        ("reviewer", "nothing", {}, "mobile"),
        ("reviewer", "justified", {"ground": "penalty"}, "secret_mark"),
        ("reviewer", "masked", {}, "secret_mark"),
    ],
)
def test_what_does_not_settle(county: County, who, outcome, data, kind):
    submission = in_review(county, draft_piece(county, body=text(TEXT, "秘密★1年")))
    findings = [f for f in found(submission) if f.kind == kind]
    assert findings
    settle(browser(getattr(county, who)), submission, findings, outcome, **data)
    assert not Settlement.objects.exists()


def test_a_decision_is_remembered_shown_and_reopened(county: County):
    page = draft_piece(county, body=text(TEXT))
    submission = in_review(county, page)
    desk = browser(county.reviewer)
    settle(desk, submission, found(submission), "justified", ground="mandatory", note="信息披露")
    decide(page, county.reviewer, "reject", opinion="再加一段。")
    draft = fresh(page).get_latest_revision_as_object()
    draft.body.append(("text", "<p>另有电话13900139000。</p>"))
    draft.save_revision(user=county.drafter)
    again = in_review(county, page)
    states = {f.kind: (f.outcome, f.carried is not None) for f in found(again)}
    assert states["id_card"] == ("justified", True)
    assert [f.where for f in findings_of(again).open()] != []
    screen = desk.get(reverse("workflows_review", args=[again.pk])).content.decode()
    assert "信息披露" in screen
    kept = [f for f in found(again) if f.outcome == "justified"]
    settle(desk, again, kept[:1], "", again="1")
    assert findings_of(again).get(pk=kept[0].pk).outcome == Outcome.REOPENED


def test_masking_returns_to_the_drafter_who_takes_it_over(county: County, client):
    upload = docx_files.split_runs()
    file = attached(county, "名单.docx", upload)
    page = draft_piece(county, body=[*text(TEXT), *with_file(file)[1:]])
    submission = in_review(county, page)
    desk = browser(county.reviewer)
    compared = desk.get(reverse("workflows_masked", args=[submission.pk])).content.decode()
    assert ID_CARD in compared and "410***********0018" in compared
    maskable = [f for f in found(submission) if f.kind in ("id_card", "mobile")]
    settle(desk, submission, maskable, Outcome.MASKED)
    others = [f for f in found(submission) if f.outcome is None]
    settle(desk, submission, others, Outcome.NOT_A_FINDING)
    approve(desk, submission)
    assert submission.sign_offs.count() == 1
    desk.post(reverse("workflows_review", args=[submission.pk]), {"decision": "returned"})
    own = browser(county.drafter)
    url = reverse("workflows_check", args=[page.pk])
    assert "checked" in own.get(url).content.decode()
    told = own.post(url, {"mask": "1", "finding": [f.pk for f in maskable]}, follow=True)
    assert ID_CARD not in told.content.decode()
    draft = fresh(page).get_latest_revision_as_object()
    stored = json.dumps(draft.body.get_prep_value())
    assert ID_CARD not in stored and "410***********0018" in stored
    assert (draft.extent, draft.ground) == ("redacted", "privacy")
    masked = draft.body[1].value["files"][0]["document"]
    assert masked.pk != file.pk and not holds(masked.file.read(), ID_CARD)
    again = in_review(county, page)
    left = list(findings_of(again).open())
    settle(desk, again, left, Outcome.NOT_A_FINDING)
    decide(page, county.reviewer, answers=answers(extent="redacted"))
    decide(page, county.signatory)
    html = client.get(fresh(page).url).content.decode()
    assert ID_CARD not in html and "410***********0018" in html
    assert draft.withheld in html
    entry = RegisterEntry.objects.get(page=page)
    assert (entry.extent, entry.ground, entry.withheld) == ("redacted", "privacy", draft.withheld)
    served = b"".join(client.get(masked.url).streaming_content)
    assert not holds(served, ID_CARD) and Document(io.BytesIO(served)).paragraphs
    assert client.get(file.url).status_code == 404
    assert client.get(f"/media/{file.file.name}").status_code == 404


def test_the_drafter_checks_and_masks_before_submission(county: County):
    page = draft_piece(county, body=[TABLE])
    own = browser(county.drafter)
    url = reverse("workflows_check", args=[page.pk])
    screen = own.get(url).content.decode()
    assert "410***********0018" in screen
    assert browser(county.outsider).get(url).status_code in (302, 403)
    own.post(url, {"mask": "1", "finding": list(Finding.objects.values_list("pk", flat=True))})
    rows = fresh(page).get_latest_revision_as_object().body[0].value["data"]
    assert rows == [["姓名", "身份证号"], ["张**", "410***********0018"]]
    submit(page, county.drafter)
    assert not found(Submission.objects.get())


SERVED = [
    ("a.docx", docx_files.comment, [ID_CARD, "李科长"]),
    ("a.xlsx", xlsx_files.hidden_sheet, xlsx_files.PHONES),
    ("a.pdf", pdf_files.info, [ID_CARD, "张建国"]),
]


@pytest.mark.parametrize(("name", "make", "words"), SERVED, ids=[row[0] for row in SERVED])
def test_the_public_gets_the_cleaned_copy(county: County, client, name, make, words):
    upload = make()
    assert any(holds(upload, word) for word in words)
    file = attached(county, name, upload)
    submission = in_review(county, page := draft_piece(county, body=with_file(file)))
    assert any(f.cleaned_away for f in found(submission))
    desk = browser(county.reviewer)
    gone = [f for f in found(submission) if f.cleaned_away]
    settle(desk, submission, gone, Outcome.REMOVED)
    settle(desk, submission, findings_of(submission).open(), "justified", ground="by_law")
    approve(desk, submission)
    decide(page, county.signatory)
    for address in (file.url, f"/media/{file.file.name}", f"{file.url}?original"):
        served = b"".join(client.get(address).streaming_content)
        assert not any(holds(served, word) for word in words)
    assert b"".join(desk.get(f"{file.url}?original").streaming_content) == upload


def test_the_public_gets_pictures_without_their_place(county: County, client):
    upload = image_files.gps_jpeg()
    image = picture(upload)
    block = {"image": image.pk, "alternative_text": "现场", "caption": ""}
    page = draft_piece(county, body=[*text("见图。"), {"type": "image", "value": block}])
    submission = in_review(county, page)
    # Properties that are gone from the copy are settled beforehand, and can be seen.
    assert {f.outcome for f in found(submission)} == {Outcome.REMOVED}
    approve(browser(county.reviewer), submission)
    decide(page, county.signatory)
    rendition = image.get_rendition("width-20")
    for address in (f"/media/{image.file.name}", rendition.url):
        served = b"".join(client.get(address).streaming_content)
        assert holds(upload, "Phone X") and not holds(served, "Phone X")


def test_a_review_waits_for_its_scan_which_the_reviewer_may_start(county: County):
    submission = in_review(county, page := draft_piece(county, body=text(TEXT)))
    # As when the worker is dead: a newer scan that nobody has run.
    waiting = request_scan(page, "submission", submission)
    desk = browser(county.reviewer)
    approve(desk, submission)
    assert submission.sign_offs.count() == 1
    desk.post(reverse("workflows_scan_now", args=[submission.pk]))
    waiting.refresh_from_db()
    assert waiting.status == ScanStatus.DONE and waiting.findings.exists()


def test_a_scan_of_other_content_clears_nothing(county: County):
    submission = in_review(county, draft_piece(county))
    Scan.objects.filter(submission=submission).update(digest="0" * 64)
    approve(browser(county.reviewer), submission)
    assert submission.sign_offs.count() == 1


@pytest.mark.parametrize(
    ("conclusion", "approved"), [("public", True), ("in_part", True), ("not_public", False)]
)
def test_unsure_goes_up_and_the_review_waits(county: County, conclusion, approved):
    submission = in_review(county, draft_piece(county))
    desk = browser(county.reviewer)
    url = reverse("workflows_send_up", args=[submission.pk])
    desk.post(url, {"sent_to": "secrecy_bureau", "question": ""})
    assert not submission.referrals.exists()
    desk.post(url, {"sent_to": "secrecy_bureau", "question": "可否公开坐标？"})
    referral = submission.referrals.get()
    assert (referral.due_on - referral.at.date()).days >= 15
    approve(desk, submission)
    assert submission.sign_offs.count() == 1
    queue = desk.get(reverse("workflows_queue")).content.decode()
    assert str(referral.due_on) in queue
    answer = reverse("workflows_answer", args=[submission.pk, referral.pk])
    desk.post(
        answer, {"conclusion": conclusion, "text": "经研究。", "reference": "保函〔2026〕1号"}
    )
    approve(desk, submission)
    assert submission.sign_offs.count() == (2 if approved else 1)


def test_an_auditor_reads_what_was_decided_and_no_letter_of_it(county: County):
    submission = in_review(county, draft_piece(county, body=text(TEXT)))
    watcher = browser(officer(county, Role.AUDITOR))
    screen = watcher.get(reverse("workflows_review", args=[submission.pk])).content.decode()
    assert str(FindingKind.ID_CARD.label) in screen and "410****" not in screen
    assert watcher.get(reverse("workflows_masked", args=[submission.pk])).status_code in (302, 403)


def test_administrators_see_the_mask_rules(county: County):
    url = reverse("workflows_mask_rules")
    screen = browser(officer(county, Role.SYSTEM_ADMIN)).get(url).content.decode()
    assert "110***********1234" in screen and "欧阳**" in screen
    assert browser(county.drafter).get(url).status_code in (302, 403)


def test_findings_are_marked_in_the_text(county: County):
    submission = in_review(county, page := draft_piece(county, body=text(TEXT)))
    url = reverse("workflows_draft", args=[submission.pk, page.pk])
    finding = next(f for f in found(submission) if f.rule == "id_card.18")
    html = browser(county.reviewer).get(url).content.decode()
    assert f'id="finding-{finding.pk}"' in html and f">{ID_CARD}</mark>" in html
