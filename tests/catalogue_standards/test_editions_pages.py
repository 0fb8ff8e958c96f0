"""What the public finds after an edition takes force: nothing published is lost."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupPagePermission

from catalogue_standards.actions.begin import AmendEditionAction, CopyEditionAction
from catalogue_standards.actions.force import PutInForceAction
from catalogue_standards.actions.reorganise import (
    DropItemAction,
    ReplaceItemAction,
    SplitItemAction,
)
from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Edition, ItemSubject
from cms.models import DomainPage, ItemPage
from cms.succession import lead_on
from tests.county import County, draft_piece, publish
from workflows.actions.assign import AssignRoleAction
from workflows.enums import Role


@pytest.fixture
def admin(county: County) -> User:
    user = User.objects.create_user("mulu", last_name="mulu")
    AssignRoleAction(user, Role.CATALOGUE_ADMIN, county.government).execute()
    return User.objects.get(pk=user.pk)


@pytest.fixture
def draft(county: County, admin: User) -> Edition:
    return CopyEditionAction(2027, "2027年版", admin, Edition.objects.in_force()).execute()


def put_in_force(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(
        status=EditionStatus.APPROVED, in_force_from=timezone.localdate()
    )
    edition.refresh_from_db()
    assert PutInForceAction(edition).execute()


def page_of(item) -> ItemPage:
    return ItemPage.objects.get(item=item)


def test_pages_are_renamed_moved_and_made(draft, county, client):
    entry = draft.items.get(item=county.admissions)
    old_address = page_of(county.admissions).url
    draft.items.filter(pk=entry.pk).update(
        name="入学招生", edition_domain=draft.domains.get(domain__code="health")
    )
    put_in_force(draft)
    page = page_of(county.admissions)
    assert page.title == "入学招生"
    assert page.get_parent().specific == DomainPage.objects.get(domain__code="health")
    assert client.get(page.url).status_code == 200
    assert client.get(old_address, follow=True).redirect_chain[-1][0] == page.url


def test_an_empty_page_of_a_replaced_item_redirects(draft, county, admin, client):
    old_address = page_of(county.admissions).url
    target = draft.items.get(item=county.clinics)
    ReplaceItemAction(draft.items.get(item=county.admissions), admin, target).execute()
    put_in_force(draft)
    answer = client.get(old_address)
    assert (answer.status_code, answer["Location"]) == (302, page_of(county.clinics).url)


def test_what_was_published_under_a_split_item_stays(draft, county, admin, client):
    piece = publish(county, draft_piece(county))
    former = page_of(county.admissions)
    made = SplitItemAction(
        draft.items.get(item=county.admissions), admin, ["小学招生", "初中招生"]
    ).execute()
    put_in_force(draft)
    assert client.get(piece.url).status_code == 200
    body = client.get(former.url).content.decode()
    assert piece.url in body
    for entry in made:
        assert page_of(entry.item).url in body, "the notice names every successor"


def test_the_page_of_a_dropped_item_stays_readable(draft, county, admin, client):
    piece = publish(county, draft_piece(county))
    DropItemAction(draft.items.get(item=county.admissions), admin).execute()
    put_in_force(draft)
    assert client.get(piece.url).status_code == 200
    answer = client.get(page_of(county.admissions).url)
    assert answer.status_code == 200
    assert piece.url in answer.content.decode()


def test_taking_a_change_back_brings_the_page_back(draft, county, admin, client):
    first = Edition.objects.in_force()
    address = page_of(county.admissions).url
    made = SplitItemAction(draft.items.get(item=county.admissions), admin, ["甲", "乙"]).execute()
    put_in_force(draft)
    assert client.get(address).status_code == 302
    under_new = page_of(made[0].item).url
    put_in_force(AmendEditionAction(draft, admin, "分拆有误", restoring=first).execute())
    assert client.get(address).status_code == 200
    assert not Redirect.objects.filter(redirect_page=page_of(made[0].item)).exists()
    assert client.get(under_new)["Location"] == address, "back to where it came from"


def test_leading_on_again_changes_nothing(draft, county, admin):
    target = draft.items.get(item=county.clinics)
    ReplaceItemAction(draft.items.get(item=county.admissions), admin, target).execute()
    put_in_force(draft)
    assert lead_on() == 0
    assert Redirect.objects.filter(automatically_created=True).count() == 1


def test_drafters_follow_the_responsible_organ(draft, county):
    entry = draft.items.get(item=county.admissions)
    ItemSubject.objects.filter(edition_item=entry).update(organ=county.health)
    group = county.education.drafters_group.group
    page = page_of(county.admissions)
    held = GroupPagePermission.objects.filter(page=page)
    assert held.filter(group=group).exists()
    put_in_force(draft)
    assert not held.filter(group=group).exists()
    assert held.filter(group=county.health.drafters_group.group).exists()


def test_the_old_edition_stays_readable(draft, county):
    former = Edition.objects.in_force()
    before = list(former.items.values_list("name", flat=True))
    draft.items.update(name="改名")
    put_in_force(draft)
    former.refresh_from_db()
    assert former.status == EditionStatus.SUPERSEDED
    assert list(former.items.values_list("name", flat=True)) == before
