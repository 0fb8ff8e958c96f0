"""No picture goes public without words for those who cannot see it, unless it only adorns."""

from __future__ import annotations

import io

import pytest
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cms.models import ItemPage, Picture
from cms.picture_rules import untold
from tests.cms.test_bad_input import TYPED, create
from tests.county import County, draft_piece, publish
from workflows.digest import content_digest


@pytest.mark.parametrize(
    ("said", "adorns", "is_told"),
    [
        ("申请流程：先到村委会，再到镇政府", False, True),
        ("", False, False),
        ("  ", False, False),
        ("", True, True),
        ("IMG_20260601", False, False),
        ("微信图片.JPG", False, False),
        ("图片", False, False),
        ("一张图片说明办理地点", False, True),
    ],
)
def test_what_tells_something(said, adorns, is_told):
    assert (untold(said, is_decorative=adorns) is None) == is_told


def png() -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(content, "PNG")
    content.seek(0)
    return content


def picture(description: str = "") -> Picture:
    return Picture.objects.create(
        title="图", description=description, file=ImageFile(png(), "tu.png")
    )


def block(image: Picture, said: str = "", **more: str) -> dict[str, str]:
    fields = {"type": "image", "order": "0", "deleted": "", "id": ""}
    values = {"image": str(image.pk), "alternative_text": said, "caption": ""} | more
    found = {f"body-0-{name}": value for name, value in fields.items()}
    return found | {f"body-0-value-{name}": value for name, value in values.items()}


@pytest.mark.parametrize(
    ("description", "said", "more", "refused"),
    [
        ("", "", {}, True),
        ("", "图片", {}, True),
        ("", "办事流程图", {}, False),
        ("办事流程图", "", {}, False),
        ("", "", {"decorative": "on"}, False),
    ],
)
def test_the_form_asks_for_words(county: County, description, said, more, refused):
    parent = ItemPage.objects.get(item=county.admissions)
    answer = create(
        county, "disclosurepage", parent.pk, **block(picture(description), said, **more)
    )
    assert ("w-field__errors" in answer and TYPED in answer) == refused


def test_a_picture_is_described_when_it_is_uploaded(county: County):
    browser = Client()
    browser.force_login(county.drafter)
    address = reverse("wagtailimages_chooser:create")

    def upload(said: str) -> int:
        file = SimpleUploadedFile("tu.png", png().read(), "image/png")
        fields = {"image-chooser-upload-title": "图", "image-chooser-upload-description": said}
        browser.post(address, fields | {"image-chooser-upload-file": file})
        return Picture.objects.count()

    assert upload("") == upload("tu.png") == 0
    assert upload("红色的方块") == 1


def test_readers_get_the_words_or_nothing_to_read(county: County, client):
    images = [
        {"image": picture().pk, "alternative_text": "红色的方块", "caption": ""},
        {"image": picture().pk, "alternative_text": "", "caption": "", "decorative": True},
    ]
    body = [{"type": "image", "value": image} for image in images]
    html = client.get(publish(county, draft_piece(county, body=body)).url).content.decode()
    assert 'alt="红色的方块"' in html and 'alt=""' in html


def test_pictures_signed_before_are_signed_still(county: County):
    """A stored image without the newer field has the digest that it had."""
    old = {"image": picture().pk, "alternative_text": "红色的方块", "caption": ""}
    [stored] = draft_piece(county, body=[{"type": "image", "value": old}]).body.get_prep_value()
    assert stored["value"] == old
    page = draft_piece(county, "二", body=[{"type": "image", "value": old | {"decorative": True}}])
    same = draft_piece(county, "二", body=[{"type": "image", "value": old}])
    assert content_digest(page) != content_digest(same)
