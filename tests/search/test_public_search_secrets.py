"""Nothing that is not public is found, counted, suggested or marked, wherever a secret is planted."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, PageViewRestriction

from cms.models import DisclosurePage, ItemPage
from search import entries
from search.checking import nightly
from search.delivering import deliver
from search.models import Entry, UnsentChange
from tests.county import County, decide, draft_pair, draft_piece, publish, submit, take_down, text
from workflows.actions.take_down import ExpireAction
from workflows.enums import ClearanceStatus
from workflows.models import Clearance

SECRET = "紫貂计划"
PUBLIC = "公开的招生内容"


@pytest.fixture
def seen(client, engine):
    """Whether any public door of the search shows anything for the secret.

    A search server is asked before it is told of changes and after; nothing may be seen at either time.
    """

    def is_seen() -> bool:
        before = shows()
        deliver(seconds=0)
        assert not UnsentChange.objects.exists()
        return shows() or before

    def shows() -> bool:
        page = client.get("/search/", {"q": SECRET})
        counted = sum(option.count for facet in page.context["facets"] for option in facet.options)
        everything = client.get("/search/", {"format": "csv"}).content.decode()
        feed = client.get("/search/", {"q": SECRET, "format": "rss"}).content.decode()
        suggested = client.get("/search/suggest/", {"q": SECRET}).json()["suggestions"]
        return bool(
            page.context["total"]
            or counted
            or suggested
            or SECRET in everything
            or "<item>" in feed
            or Entry.objects.filter(title__contains=SECRET).exists()
        )

    return is_seen


def published(county: County, title: str = f"{SECRET}公告") -> DisclosurePage:
    return publish(county, draft_piece(county, title, body=text(PUBLIC)))


def test_what_is_public_is_seen(county, seen):
    published(county)
    assert seen()


def draft(county: County) -> None:
    draft_piece(county, f"{SECRET}公告", summary=SECRET, keywords=SECRET, body=text(SECRET))


def under_review(county: County) -> None:
    page = draft_piece(county, f"{SECRET}公告")
    submit(page, county.drafter)
    decide(page, county.head)


def new_draft_of_a_public_page(county: County) -> None:
    page = published(county, "招生公告")
    edited = page.get_latest_revision_as_object()
    edited.title, edited.summary, edited.body = f"{SECRET}公告", SECRET, text(SECRET)
    edited.correction_note = SECRET
    edited.save_revision(user=county.drafter)


def interpretation_of_a_draft(county: County) -> None:
    draft_pair(county, f"{SECRET}办法")


def taken_down(county: County) -> None:
    take_down(published(county), county)


def expired(county: County) -> None:
    ExpireAction(published(county)).execute()


def restricted(county: County) -> None:
    page = published(county)
    PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")


def below_a_restricted_page(county: County) -> None:
    page = published(county)
    PageViewRestriction.objects.create(
        page=page.get_parent().get_parent(), restriction_type="password", password="x"
    )


def published_below_a_restricted_page(county: County) -> None:
    parent = ItemPage.objects.get(item=county.admissions)
    PageViewRestriction.objects.create(page=parent.page_ptr, restriction_type="login")
    published(county)


def moved_below_a_restricted_page(county: County) -> None:
    item_page = published(county).get_parent()
    domain_page = ItemPage.objects.get(item=county.clinics).get_parent()
    PageViewRestriction.objects.create(page=domain_page, restriction_type="login")
    item_page.move(domain_page, pos="last-child")


@pytest.mark.parametrize(
    "plant",
    [
        draft,
        under_review,
        new_draft_of_a_public_page,
        interpretation_of_a_draft,
        taken_down,
        expired,
        restricted,
        below_a_restricted_page,
        published_below_a_restricted_page,
        moved_below_a_restricted_page,
    ],
    ids=lambda plant: plant.__name__,
)
def test_a_secret_is_never_seen(county, seen, plant):
    plant(county)
    assert not seen()


@pytest.mark.parametrize("below", [False, True])
def test_a_restriction_that_ends_brings_its_pages_back(county, seen, below):
    page = published(county)
    place = page.get_parent() if below else page.page_ptr
    restriction = PageViewRestriction.objects.create(page=place, restriction_type="login")
    assert not seen()
    restriction.delete()
    assert seen()


def test_a_publication_that_is_undone_leaves_nothing(county, seen):
    from django.db import transaction

    page = draft_piece(county, f"{SECRET}公告")
    submit(page, county.drafter)
    decide(page, county.head)
    decide(page, county.reviewer)
    with transaction.atomic():
        decide(page, county.signatory)
        assert Entry.objects.filter(pk=page.pk).exists()
        transaction.set_rollback(True)
    assert not seen()


def test_a_correction_replaces_what_was_found(county, client, engine):
    page = published(county)
    edited = page.get_latest_revision_as_object()
    edited.title, edited.correction_note = "招生公告", "更正标题"
    edited.save_revision(user=county.drafter)
    publish(county, edited)
    deliver(seconds=0)
    results = client.get("/search/", {"q": "招生公告"}).context["results"]
    assert [result.title for result in results] == ["招生公告"]
    assert client.get("/search/", {"q": SECRET}).context["total"] == 0


def test_the_check_finds_and_mends_every_difference(county):
    """Whatever went past the signals is found by comparing with what is public."""
    lost, stale, surplus = (published(county, f"公告{n}") for n in range(3))
    entries.sync_pages(ItemPage.objects.values_list("pk", flat=True))
    call_command("search_check", dry_run=True)
    Entry.objects.filter(pk=lost.pk).delete()
    Entry.objects.filter(pk=stale.pk).update(title=SECRET, revision=1)
    Clearance.objects.filter(page=surplus.pk).update(status=ClearanceStatus.REVOKED)
    Page.objects.filter(pk=surplus.pk).update(live=False)
    unindexed = Entry.objects.get(page__in=ItemPage.objects.filter(item=county.clinics))
    unindexed.index_entries.all().delete()
    with pytest.raises(CommandError):
        call_command("search_check", dry_run=True)
    nightly()
    call_command("search_check", dry_run=True)
    assert set(Entry.objects.filter(title__startswith="公告").values_list("pk", flat=True)) == {
        lost.pk,
        stale.pk,
    }


def test_a_rebuild_makes_everything_anew(county, client):
    page = published(county)
    Entry.objects.all().delete()
    call_command("rebuild_search")
    assert Entry.objects.get(pk=page.pk).title == page.title
    assert client.get("/search/", {"q": SECRET}).context["total"] == 1
