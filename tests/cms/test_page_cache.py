"""A kept page is never an old one, and never somebody else's."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Edition, Organ
from cms.models import HomePage, SiteIdentity
from cms.page_cache import sharing
from cms.page_cache.changes import is_public_write
from cms.page_cache.turning import next_turn
from tests.county import (
    PASSWORD,
    County,
    draft_piece,
    fresh,
    publish,
)


@pytest.fixture(autouse=True)
def kept_pages(settings) -> Iterator[None]:
    settings.PAGE_CACHE_SECONDS = 600
    caches["pages"].clear()
    sharing.forget()
    yield
    caches["pages"].clear()
    sharing.forget()


def read(url: str) -> str:
    """What a reader is given; a commit came before, which ends what waited for it."""
    connection.run_on_commit.clear()
    return Client().get(url).content.decode()


def is_kept(url: str) -> bool:
    """Whether the next answer is a kept one: it asks the database for nothing but the version."""
    with CaptureQueriesContext(connection) as captured:
        Client().get(url)
    return len(captured) == 1


def rename_site() -> None:
    SiteIdentity.for_site(Site.objects.get()).delete()
    SiteIdentity.objects.create(site=Site.objects.get(), name="另一个名字")


def rename_in_bulk() -> None:
    Organ.objects.update(name="另一个名字")


def rename_by_sql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_standards_editiondomain SET name = '另一个名字'")


def put_in_force() -> None:
    Edition.objects.update(status=EditionStatus.SUPERSEDED)
    Edition.objects.create(year=2027, title="另一个名字", status=EditionStatus.IN_FORCE)


@pytest.mark.parametrize("change", [rename_site, rename_in_bulk, rename_by_sql, put_in_force])
def test_every_way_to_change_what_is_public_is_noticed(county: County, change: Callable[[], None]):
    catalogue = "/catalogue/"
    read(catalogue)
    assert "另一个名字" not in read(catalogue)
    assert is_kept(catalogue)
    with pytest.raises(RuntimeError), transaction.atomic():
        change()
        raise RuntimeError
    assert is_kept(catalogue), "what was undone changed nothing"
    with transaction.atomic():
        Organ.objects.filter(code="health").update(phone="1")
        with pytest.raises(RuntimeError), transaction.atomic():
            change()
            raise RuntimeError
        change()
    assert "另一个名字" in read(catalogue)


def test_others_pages_are_neither_given_nor_kept(county: County):
    page = publish(county, draft_piece(county, "招生公告"))
    for _twice in range(2):
        read(page.url)
    assert is_kept(page.url)
    draft = fresh(page).get_latest_revision_as_object()
    draft.title, draft.correction_note = "改过的标题", "改了"
    draft.save_revision(user=county.drafter)

    desk = Client()
    desk.login(username="drafter", password=PASSWORD)
    preview = desk.get(f"/admin/pages/{page.pk}/view_draft/")
    assert "改过的标题" in preview.content.decode()
    # Wagtail makes previews up without cookies too, where no reader asked for them.
    assert "改过的标题" in draft.make_preview_request().content.decode()
    assert "改过的标题" not in read(page.url)

    own = desk.get(page.url)
    assert own["Cache-Control"].startswith("private")
    for address in ("/admin/", f"/admin/pages/{page.pk}/edit/"):
        assert "s-maxage" not in desk.get(address).get("Cache-Control", "")
        assert Client().get(address).status_code == 302
    read(page.url)  # The desk may have made the row of settings that a new site lacks.
    assert is_kept(page.url)
    with CaptureQueriesContext(connection) as captured:
        Client().get(page.url, headers={"HX-Request": "true"})
    assert len(captured) > 1


def test_how_a_kept_page_is_sent(county: County):
    url = HomePage.objects.get().url
    read(url)
    for kind in ("made", "kept"):
        plain = Client().get(url)
        assert "s-maxage=1" in plain["Cache-Control"], kind
        assert plain["Vary"] == "Accept-Encoding", kind
        assert not plain.cookies, kind
        packed = Client().get(url, headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(packed.content) == plain.content, kind
        again = Client().get(url, headers={"If-None-Match": packed["ETag"]})
        assert (again.status_code, again.content) == (304, b""), kind


def test_no_page_is_kept_past_the_moment_at_which_it_ends(county: County):
    page = publish(county, draft_piece(county, "招生公告"))
    now = timezone.localtime()
    soon = now + timedelta(seconds=5)
    Page.objects.filter(pk=page.pk).update(expire_at=soon)
    assert next_turn(now) <= soon
    Page.objects.filter(pk=page.pk).update(expire_at=None)
    before_midnight = now.replace(hour=23, minute=59, second=0, microsecond=0)
    assert next_turn(before_midnight) == before_midnight + timedelta(seconds=60)
    morning = now.replace(hour=9, minute=0, second=0, microsecond=0)
    assert next_turn(morning) == morning + timedelta(seconds=600)


@pytest.mark.parametrize(
    ("sql", "is_public"),
    [
        (
            'UPDATE "wagtailcore_page" SET "draft_title" = %s, "latest_revision_id" = 3 WHERE 1',
            False,
        ),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s, "title" = %s WHERE 1', True),
        ('UPDATE "wagtailcore_page" SET "path" = concat("path", %s) WHERE 1', True),
        ("insert into a_table_to_come values (1)", True),
        ('DELETE FROM "wagtailcore_pageviewrestriction" WHERE 1', True),
        ('INSERT INTO "django_session" VALUES (1)', False),
        ('SELECT 1 FROM "cms_policypage"', False),
    ],
)
def test_which_statements_count(sql: str, is_public: bool):
    assert is_public_write(sql) is is_public


def test_without_kept_pages_their_parts_are_shared_and_never_old(county: County, settings):
    settings.PAGE_CACHE_SECONDS, settings.SHARE_PARTS = 0, True
    page = publish(county, draft_piece(county, "招生公告"))
    asked = []
    for _visit in range(2):
        with CaptureQueriesContext(connection) as captured:
            read(page.url)
        asked.append(len(captured))
    assert 1 < asked[1] < asked[0]
    rename_site()
    assert "另一个名字" in read(page.url)
