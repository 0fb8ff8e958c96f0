"""A video with its transcript: what may be chosen, who answers for it, and how it is played."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from wagtail.blocks.stream_block import StreamBlockValidationError

from cms.blocks import BodyBlock, VideoBlock
from cms.models import Attachment, DisclosurePage
from tests.county import County, decide, draft_piece, fresh, submit
from workflows.actions.settle import SettleFindingsAction
from workflows.copies import public_copy
from workflows.enums import Outcome, ShownGround
from workflows.models import Finding, Submission

MP3 = b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb\x90\x64" + bytes(400)
MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(range(256)) * 8


def stored(county: County, name: str = "入学.mp4", content: bytes = MP4) -> Attachment:
    file = Attachment(title="入学", uploaded_by_user=county.drafter)
    file.file.save(name, ContentFile(content))
    return file


def body(file: Attachment) -> list[dict]:
    value = {
        "title": "怎么入学",
        "video": file.pk,
        "length": "40秒",
        "transcript": "<p>满6周岁。</p>",
    }
    return [{"type": "video", "value": value}]


def seen_through(county: County, blocks: list[dict], rule: str) -> DisclosurePage:
    """A public piece, with what was found settled by the reviewer."""
    page = draft_piece(county, body=blocks)
    submit(page, county.drafter)
    decide(page, county.head)
    submission = Submission.objects.open().of_page(page).get()
    found = Finding.objects.filter(scan__submission=submission)
    assert [each.rule for each in found] == [rule]
    SettleFindingsAction(
        submission,
        [each.pk for each in found],
        county.reviewer,
        Outcome.JUSTIFIED,
        ground=ShownGround.CHECKED_BY_HAND,
        note="从头到尾看过。",
    ).execute()
    decide(page, county.reviewer)
    decide(page, county.signatory)
    assert fresh(page).live
    return fresh(page)


@pytest.fixture
def video(county: County) -> Attachment:
    file = stored(county)
    seen_through(county, body(file), "unreadable.video")
    return file


def test_it_is_public_once_a_person_has_watched_it(video: Attachment, client):
    assert public_copy(video) is not None
    answer = client.get(video.url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "video/mp4")
    assert "attachment" not in answer.get("Content-Disposition", "")
    assert b"".join(answer.streaming_content) == MP4


@pytest.mark.parametrize(
    ("asked", "status", "told", "content"),
    [
        ("bytes=0-3", 206, f"bytes 0-3/{len(MP4)}", MP4[:4]),
        ("bytes=100-", 206, f"bytes 100-{len(MP4) - 1}/{len(MP4)}", MP4[100:]),
        ("bytes=-10", 206, f"bytes {len(MP4) - 10}-{len(MP4) - 1}/{len(MP4)}", MP4[-10:]),
        ("bytes=5-99999", 206, f"bytes 5-{len(MP4) - 1}/{len(MP4)}", MP4[5:]),
        ("bytes=99999-", 416, f"bytes */{len(MP4)}", b""),
        ("bytes=0-1,4-5", 200, None, MP4),
        ("lines=1-2", 200, None, MP4),
    ],
)
def test_a_player_gets_the_part_that_it_asks_for(video, client, asked, status, told, content):
    answer = client.get(video.url, headers={"Range": asked})
    assert (answer.status_code, answer.get("Content-Range")) == (status, told)
    got = b"".join(answer) if status == 416 else b"".join(answer.streaming_content)
    assert got == content
    assert status == 416 or int(answer["Content-Length"]) == len(content)


@pytest.mark.parametrize(
    ("name", "plays"),
    [
        ("a.mp4", True),
        ("a.webm", True),
        ("a.mp3", True),
        ("a.m4a", True),
        ("a.pdf", False),
        ("a.wav", False),
    ],
)
def test_only_what_browsers_play_may_be_chosen(county: County, name: str, plays: bool):
    block = BodyBlock()
    value = block.to_python(body(stored(county, name)))
    if plays:
        assert block.clean(value)
        return
    with pytest.raises(StreamBlockValidationError) as refused:
        block.clean(value)
    assert "mp4" in str(refused.value.as_json_data())


@pytest.mark.parametrize(
    ("name", "content", "rule", "kind"),
    [
        ("入学.mp3", MP3, "unreadable.sound", "audio/mpeg"),
        ("入学.m4a", MP4.replace(b"isom", b"M4A ", 1), "unreadable.video", "audio/mp4"),
    ],
)
def test_sound_alone_is_heard_by_a_person_and_then_by_the_public(
    county: County, client, name: str, content: bytes, rule: str, kind: str
):
    file = stored(county, name, content)
    page = seen_through(county, body(file), rule)
    html = client.get(page.url).content.decode()
    assert f'<audio controls preload="metadata" src="{file.url}"' in " ".join(html.split())
    assert "满6周岁。" in html
    answer = client.get(file.url)
    assert answer["Content-Type"] == kind
    assert b"".join(answer.streaming_content) == content


def test_a_draft_may_be_saved_before_its_video_is_there(county: County, client):
    value = body(stored(county))[0]["value"] | {"video": None}
    block = VideoBlock()
    block.defer_required_validation()
    assert block.clean(block.to_python(value))["video"] is None
    page = draft_piece(county, body=[{"type": "video", "value": value}])
    client.force_login(county.drafter)
    preview = client.get(f"/admin/pages/{page.pk}/view_draft/")
    assert preview.status_code == 200
    assert "满6周岁。" in preview.content.decode()


def test_what_is_called_a_video_and_is_none_says_so(county: County):
    page = draft_piece(county, body=body(stored(county, "a.mp4", b"just words")))
    submit(page, county.drafter)
    rules = Finding.objects.filter(scan__submission__pages__page=page).values_list(
        "rule", flat=True
    )
    assert "unreadable.wrong_ending" in rules
