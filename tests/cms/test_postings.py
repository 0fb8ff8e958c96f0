"""Channels beyond the website: recorded with evidence, confirmed, then told to the public."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Channel, Edition, EditionItem, ItemChannel
from cms.models import ItemPage, Posting
from cms.obligations import computing
from tests.county import County, draft_piece, publish
from tests.workflows.evidence import browser
from workflows.models import AuditEntry

PLACE = "临江镇政府门口公示栏"


@pytest.fixture
def board(county: County) -> Channel:
    """A notice board that the item requires."""
    channel = Channel.objects.create(code="notice-board", name="村公示栏")
    entry = EditionItem.objects.in_force().get(item=county.admissions)
    edition = Edition.objects.filter(pk=entry.edition_id)
    edition.update(status=EditionStatus.DRAFT)
    ItemChannel.objects.create(edition_item=entry, channel=channel)
    edition.update(status=EditionStatus.IN_FORCE)
    return channel


def photo() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(content, "PNG")
    return SimpleUploadedFile("board.png", content.getvalue(), "image/png")


def told(channel: Channel, **changes: Any) -> dict[str, Any]:
    return {"channel": channel.pk, "posted_on": "2026-06-03", "place": PLACE} | changes


def decide(user: Any, posting: Posting, decision: str, reason: str = "") -> None:
    address = reverse("cms_posting_decision", args=[posting.pk])
    browser(user).post(address, {"decision": decision, "reason": reason})


def test_a_posting_is_public_once_its_head_confirms_it(county: County, board: Channel):
    page = publish(county, draft_piece(county))
    address = reverse("cms_postings", args=[page.pk])
    response = browser(county.drafter).post(address, told(board, photo=photo()))
    assert response.status_code == 302
    posting = Posting.objects.get()
    public, item = Client(), ItemPage.objects.get(item=county.admissions)
    assert PLACE not in public.get(page.url).content.decode()
    # The drafter cannot stand by it alone.
    decide(county.drafter, posting, "confirmed")
    assert PLACE not in public.get(page.url).content.decode()
    home = browser(county.head).get(reverse("wagtailadmin_home"))
    assert "postings" in {panel.name for panel in home.context["panels"]}

    decide(county.head, posting, "confirmed")
    assert PLACE in public.get(page.url).content.decode()
    assert board.name in public.get(item.url).content.decode().rpartition("aside__list")[2]
    assert posting.photo is not None
    photo_url = posting.photo.file.url
    assert public.get(photo_url).status_code == 404, "the photo stays with the desk"
    assert browser(county.head).get(photo_url).status_code == 200
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {
        "posting.recorded",
        "posting.confirmed",
    }


def test_a_declined_posting_stays_inside_and_is_missing_again(county: County, board: Channel):
    page = publish(county, draft_piece(county))
    list(computing.recompute_all())
    drafter = browser(county.drafter)

    def is_missing() -> bool:
        return "duties-missing" in drafter.get(reverse("cms_duties")).content.decode()

    assert is_missing()
    drafter.post(reverse("cms_postings", args=[page.pk]), told(board))
    assert not is_missing()
    posting = Posting.objects.get()
    decide(county.head, posting, "declined")
    assert not hasattr(Posting.objects.get(), "decision"), "declining needs a reason"
    decide(county.head, posting, "declined", "照片不是这一件。")
    assert is_missing()
    assert PLACE not in Client().get(page.url).content.decode()


@pytest.mark.parametrize(
    ("who", "changes", "live"),
    [
        ("drafter", {"posted_on": "2099-01-01"}, True),
        ("drafter", {"place": "张建国家门口，电话13800138000"}, True),
        ("drafter", {"place": ""}, True),
        ("drafter", {"photo": SimpleUploadedFile("a.png", b"no picture", "image/png")}, True),
        ("drafter", {}, False),
        ("outsider", {}, True),
        ("signatory", {}, True),
    ],
)
def test_what_is_not_recorded(
    county: County, board: Channel, who: str, changes: dict[str, Any], live: bool
):
    page = draft_piece(county)
    if live:
        publish(county, page)
    user = getattr(county, who)
    browser(user).post(reverse("cms_postings", args=[page.pk]), told(board, **changes))
    assert not Posting.objects.exists()
