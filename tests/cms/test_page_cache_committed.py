"""The life of a piece, committed step by step, under the eyes of a reader who is given kept pages."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.test import Client

from cms.models import HomePage
from cms.page_cache import sharing
from tests.cms.test_page_cache import is_kept, read
from tests.county import (
    decide,
    draft_piece,
    edit_form,
    fresh,
    make_county,
    publish,
    submit,
    take_down,
)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_happens_to_a_piece_is_seen_at_once(settings):
    settings.PAGE_CACHE_SECONDS = 600
    caches["pages"].clear()
    sharing.forget()
    site, home = make_county(), HomePage.objects.get().url
    read(home)  # Makes the row of settings that a new site lacks.
    assert "招生公告" not in read(home)
    assert is_kept(home)
    page = draft_piece(site, "招生公告")
    submit(page, site.drafter)
    for officer in site.officers:
        assert "招生公告" not in read(home)
        decide(page, officer)
    assert "招生公告" in read(home)
    page = fresh(page)
    assert Client().get(page.url).status_code == 200
    assert is_kept(page.url)

    drafter = Client()
    drafter.force_login(site.drafter)
    form = edit_form(page, "更正后的话")
    assert drafter.post(f"/admin/pages/{page.pk}/edit/", form).status_code == 302
    assert is_kept(page.url), "a draft changes nothing that the public sees"
    publish(site, fresh(page))
    assert "更正后的话" in read(page.url)

    take_down(page, site)
    assert Client().get(page.url).status_code == 410
    assert "招生公告" not in read(home)
