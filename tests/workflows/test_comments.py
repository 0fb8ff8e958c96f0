"""The review screen's passages: what changed is marked, comments are pinned and come back answered."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.county import County, decide, draft_piece, fresh, publish, submit, text
from tests.workflows.evidence import browser
from workflows.models import AuditEntry, CommentAnswer, PassageComment, Submission

FIRST = "乡镇人民政府应当在三十日内完成审核。"
SECOND = "经办人张建国，电话13800138000。"
THIRD = "本办法由县教育局负责解释。"


def submission_of(page) -> Submission:
    return Submission.objects.of_page(page).latest("submitted_at")


def screen(user, submission: Submission, page, **query: str) -> str:
    address = reverse("workflows_review", args=[submission.pk])
    response = browser(user).get(address, {"read": page.pk, **query})
    assert response.status_code == 200
    return response.content.decode()


def comment(user, submission: Submission, page, number: int, words: str, **more: int):
    data = {"page": page.pk, "passage": number, f"text-{number}": words, **more}
    return browser(user).post(reverse("workflows_comment", args=[submission.pk]), data)


def reply(user, submission: Submission, row: PassageComment, **data: str):
    address = reverse("workflows_answer_comment", args=[submission.pk, row.pk])
    return browser(user).post(address, {"page": row.page_id, **data})


def edit(county: County, page, *paragraphs: str, **fields: str):
    draft = fresh(page).get_latest_revision_as_object()
    draft.body = text(*paragraphs)
    for name, value in {"correction_note": "更正", **fields}.items():
        setattr(draft, name, value)
    draft.save_revision(user=county.drafter)
    return fresh(page)


def test_what_changed_since_it_became_public_is_marked(county: County):
    page = publish(county, draft_piece(county, body=text(FIRST, THIRD)))
    changed = FIRST.replace("三十日", "二十个工作日")
    page = edit(county, page, changed, SECOND, title="2026年秋季招生办法")
    submit(page, county.drafter)
    html = screen(county.head, submission_of(page), page)
    for part in ("<del>三十", "<ins>二十", f"<ins>{SECOND}</ins>"):
        assert part in html
    assert f"<del>{THIRD}</del>" in html
    assert "<ins>2026年秋季招生办法</ins>" in html
    assert "<del>" not in screen(county.head, submission_of(page), page, against="nothing")


def test_a_returned_piece_is_compared_with_what_was_submitted_before(county: County):
    page = draft_piece(county, body=text(FIRST, THIRD))
    submit(page, county.drafter)
    assert "<ins>" not in screen(county.head, submission_of(page), page)
    decide(page, county.head, "reject", opinion="期限不对。")
    submit(edit(county, page, FIRST.replace("三十日", "十日"), THIRD), county.drafter)
    html = screen(county.head, submission_of(page), page, against="submitted")
    assert "<del>三十" in html


def test_a_comment_comes_back_with_the_return_and_is_answered(county: County):
    page = draft_piece(county, body=text(FIRST, SECOND, THIRD))
    submit(page, county.drafter)
    first = submission_of(page)
    # Passage 0 is the title.
    assert comment(county.head, first, page, 1, "与第八条不一致。").status_code == 302
    comment(county.head, first, page, 2, "电话不要公开。")
    limit, phone = PassageComment.objects.all()
    assert (limit.quote, limit.user_name, limit.step) == (FIRST, "head", "department")
    assert "13800138000" not in phone.quote, "the evidence of a review keeps no telephone"
    # A return whose reasons stand beside the text needs no others.
    address = reverse("workflows_review", args=[first.pk])
    browser(county.head).post(address, {"decision": "returned", "opinion": ""})
    assert "与第八条不一致。" in first.sign_offs.get().opinion
    html = screen(county.drafter, first, page)
    assert "与第八条不一致。" in html
    assert 'name="state"' in html
    edit_screen = browser(county.drafter).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "电话不要公开。" in edit_screen.content.decode()

    reply(county.drafter, first, limit, state="done")
    reply(county.drafter, first, phone, state="kept")
    assert CommentAnswer.objects.count() == 1, "what is kept needs a reason"
    # The sentence with the telephone goes, the other moves down and stays recognisable.
    submit(edit(county, page, THIRD, FIRST), county.drafter)
    html = screen(county.head, submission_of(page), page)
    moved = html.index('id="passage-2"')
    assert html.index(f'id="comment-{limit.pk}"') > moved
    assert html.index(f'id="comment-{phone.pk}"') < moved, "shown as no longer there, above"
    assert AuditEntry.objects.filter(action__startswith="comment.").count() == 3


@pytest.mark.parametrize(
    ("who", "number", "words"),
    [
        ("reviewer", 1, "还没轮到。"),
        ("drafter", 1, "自己的稿子。"),
        ("outsider", 1, "别的部门。"),
        ("head", 99, "没有这一段。"),
        ("head", 1, "  "),
        ("head", 1, "长" * 501),
    ],
)
def test_only_the_reviewer_of_this_step_comments_on_a_passage(
    county: County, who: str, number: int, words: str
):
    page = draft_piece(county, body=text(FIRST))
    submit(page, county.drafter)
    comment(getattr(county, who), submission_of(page), page, number, words)
    assert not PassageComment.objects.exists()


def test_a_comment_quotes_what_was_selected(county: County):
    page = draft_piece(county, body=text(FIRST))
    submit(page, county.drafter)
    at = FIRST.index("三十日")
    comment(
        county.head, submission_of(page), page, 1, "改为二十个工作日。",
        **{"start-1": at, "end-1": at + 3},
    )  # fmt: skip
    assert PassageComment.objects.get().quote == "三十日"
    head = county.head
    assert reply(head, submission_of(page), PassageComment.objects.get(), state="done")
    assert not CommentAnswer.objects.exists(), "reviewers do not answer themselves"
