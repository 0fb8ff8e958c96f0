"""一件事: topics pass the gate, and their items survive the editions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from catalogue_standards.actions.begin import CopyEditionAction
from catalogue_standards.actions.force import PutInForceAction
from catalogue_standards.actions.reorganise import DropItemAction, SplitItemAction
from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Edition, Item
from cms.drafting import save_draft
from cms.models import ItemPage, TopicIndexPage, TopicPage
from tests.county import County, fresh, publish, submit, text
from workflows.actions.assign import AssignRoleAction
from workflows.enums import Role
from workflows.rules import PublicationRefused, SubmissionRefused


def place(item: Item) -> ItemPage:
    return ItemPage.objects.get(item=item, locale=Locale.get_default())


def steps(*items: Item) -> list[dict[str, Any]]:
    entries = [{"page": place(item).pk, "note": "招生"} for item in items]
    return [{"type": "step", "value": {"title": "先看", "entries": entries}}] if items else []


def draft_topic(county: County, *items: Item, title: str = "入学", **fields: Any) -> TopicPage:
    values: dict[str, Any] = {
        "organ": county.education,
        "seal": "学",
        "written_on": date(2026, 6, 1),
        "body": text("先看招生办法。"),
    }
    topic = TopicPage(title=title, slug="", steps=steps(*items), **values | fields)
    save_draft(TopicIndexPage.objects.get(locale=Locale.get_default()), topic, county.drafter)
    return topic


@pytest.fixture
def admin(county: County) -> User:
    user = User.objects.create_user("mulu", last_name="mulu")
    AssignRoleAction(user, Role.CATALOGUE_ADMIN, county.government).execute()
    return User.objects.get(pk=user.pk)


def put_in_force(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(
        status=EditionStatus.APPROVED, in_force_from=timezone.localdate()
    )
    edition.refresh_from_db()
    assert PutInForceAction(edition).execute()


def test_a_topic_is_public_only_when_it_was_cleared(county: County, client):
    topic = draft_topic(county, county.admissions, county.clinics)
    submit(topic, county.drafter)
    assert client.get(fresh(topic).url).status_code == 404
    for address in ("/", "/topics/", "/feed/"):
        assert topic.slug not in client.get(address).content.decode(), address


def test_a_cleared_topic_leads_to_its_items_and_is_found(county: County, client):
    topic = publish(county, draft_topic(county, county.admissions, county.clinics))
    body = client.get(topic.url).content.decode()
    assert place(county.admissions).url in body and place(county.clinics).url in body
    assert topic.index_number in body
    for address in ("/", "/topics/", "/feed/", "/sitemap.xml", "/search/?q=入学&kind=topic"):
        assert topic.slug in client.get(address).content.decode(), address


def test_another_choice_of_items_needs_another_clearance(county: County):
    topic = publish(county, draft_topic(county, county.admissions))
    topic.steps = steps(county.clinics)
    with pytest.raises(PublicationRefused):
        topic.save()
    assert [each.page.item_id for each in fresh(topic).chosen()] == [county.admissions.pk]


def test_a_split_item_leads_to_what_carries_it_on(county: County, client, admin):
    topic = publish(county, draft_topic(county, county.admissions))
    edition = CopyEditionAction(2027, "2027年版", admin, Edition.objects.in_force()).execute()
    heirs = SplitItemAction(
        edition.items.get(item=county.admissions), admin, ["小学招生", "初中招生"]
    ).execute()
    put_in_force(edition)
    body = client.get(topic.url).content.decode()
    for heir in heirs:
        assert place(heir.item).url in body


@pytest.mark.parametrize("case", ["none chosen", "dropped"])
def test_a_topic_names_items_that_the_catalogue_has(county: County, admin, case):
    with translation.override("en"):
        if case == "dropped":
            edition = CopyEditionAction(
                2027, "2027年版", admin, Edition.objects.in_force()
            ).execute()
            DropItemAction(edition.items.get(item=county.admissions), admin).execute()
            put_in_force(edition)
            told = "招生入学"
        else:
            told = "at least one"
        items = [] if case == "none chosen" else [county.admissions]
        with pytest.raises(SubmissionRefused, match=told):
            submit(draft_topic(county, *items), county.drafter)


def test_a_drafter_may_begin_one(county: County):
    UserProfile.objects.update_or_create(user=county.drafter, preferred_language="en")
    desk = Client()
    desk.force_login(county.drafter)
    index = TopicIndexPage.objects.get(locale=Locale.get_default())
    answer = desk.get(reverse("wagtailadmin_pages:add", args=("cms", "topicpage", index.pk)))
    assert answer.status_code == 200
    assert b'data-contentpath="steps"' in answer.content


def test_its_cost_does_not_grow_with_items(county: County, client):
    def queries(topic: TopicPage) -> int:
        url = publish(county, topic).url
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    one = queries(draft_topic(county, county.admissions))
    both = [county.admissions, county.clinics]
    assert queries(draft_topic(county, *both, title="多事项")) == one
