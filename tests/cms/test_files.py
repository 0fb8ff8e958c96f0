"""A file is public while a public page uses it, and at no other time, by any address."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cms.models import Attachment, Picture
from tests.county import County, draft_piece, fresh, publish, submit, take_down, text
from workflows.copies import public_copy


@pytest.fixture(autouse=True)
def no_rendition_of_an_undone_test() -> None:
    cache.clear()


def attachment(county: County, name: str = "名单.txt", content: bytes = b"secret") -> Attachment:
    file = Attachment(title="名单", uploaded_by_user=county.drafter)
    file.file.save(name, ContentFile(content))
    return file


def picture() -> Picture:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(buffer, "PNG")
    buffer.seek(0)
    return Picture.objects.create(title="图", file=ImageFile(buffer, "tu.png"))


def addresses(file: Attachment, image: Picture) -> list[str]:
    rendition = image.get_rendition("width-20")
    return [file.url, f"/media/{file.file.name}", f"/media/{image.file.name}", rendition.url]


def body(file: Attachment, image: Picture) -> list[dict]:
    return [
        *text("见附件。"),
        {"type": "attachments", "value": {"files": [{"document": file.pk, "note": ""}]}},
        {
            "type": "image",
            "value": {"image": image.pk, "alternative_text": "红色方块", "caption": ""},
        },
    ]


def test_files_come_and_go_with_their_page(county: County, client):
    file, image = attachment(county), picture()
    assert [client.get(a).status_code for a in addresses(file, image)] == [404] * 4
    page = draft_piece(county, body=body(file, image))
    assert [client.get(a).status_code for a in addresses(file, image)] == [404] * 4
    submit(page, county.drafter)
    assert [client.get(a).status_code for a in addresses(file, image)] == [404] * 4
    fresh(page).current_workflow_state.cancel(user=county.drafter)
    publish(county, page)
    assert [client.get(a).status_code for a in addresses(file, image)] == [200] * 4
    take_down(page, county)
    assert [client.get(a).status_code for a in addresses(file, image)] == [404] * 4


def test_the_desk_reads_files_of_drafts(county: County):
    file, image = attachment(county), picture()
    draft_piece(county, body=body(file, image))
    browser = Client()
    browser.force_login(county.reviewer)
    assert [browser.get(a).status_code for a in addresses(file, image)] == [200] * 4


def test_no_file_is_ever_run(county: County, client):
    file, image = attachment(county, "说明.txt", b"<script>alert(1)</script>"), picture()
    publish(county, draft_piece(county, body=body(file, image)))
    for address in addresses(file, image)[:2]:
        response = client.get(address)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize("path", ["../settings/base.py", "documents/", "nothing.pdf"])
def test_only_known_files_are_served(county: County, client, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_what_was_signed_stays_as_it_is(county: County):
    file, image = attachment(county), picture()
    publish(county, draft_piece(county, body=body(file, image)))
    file.file.save("换过的.txt", ContentFile(b"other"), save=False)
    with pytest.raises(ValidationError):
        file.full_clean()


def test_a_file_changed_on_disk_is_noticed(county: County):
    from workflows.verification import drifted_pages

    file, image = attachment(county), picture()
    page = publish(county, draft_piece(county, body=body(file, image)))
    assert list(drifted_pages()) == []
    Path(public_copy(file).file.path).write_bytes(b"tampered")
    assert [drift.page_id for drift in drifted_pages()] == [page.pk]


def test_an_upload_is_not_overwritten_through_the_desk(county: County):
    file, image = attachment(county), picture()
    publish(county, draft_piece(county, body=body(file, image)))
    browser = Client()
    browser.force_login(county.drafter)
    url = reverse("wagtaildocs:edit", args=(file.pk,))
    upload = ContentFile(b"other", name="other.txt")
    browser.post(url, {"title": "名单", "file": upload, "collection": file.collection_id})
    file.refresh_from_db()
    assert file.file.read() == b"secret"
