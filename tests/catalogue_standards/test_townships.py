"""Townships take a part of the county's catalogue: proposed there, approved above, followed on."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission
from wagtail.users.models import UserProfile

from catalogue_standards.actions.begin import CopyEditionAction
from catalogue_standards.actions.force import PutInForceAction
from catalogue_standards.actions.reorganise import SplitItemAction
from catalogue_standards.answering import answering
from catalogue_standards.enums import EditionStatus, SubjectGroup
from catalogue_standards.limit_comparing import is_no_looser
from catalogue_standards.limits import parse_time_limit
from catalogue_standards.models import (
    Channel,
    Edition,
    EditionItem,
    Item,
    Organ,
    TownshipChoice,
)
from catalogue_standards.starter_loader import write_limits
from cms.models import CataloguePage, ItemPage
from cms.structure import sync_catalogue
from tests.county import County, add_item, draft_piece, publish
from workflows.actions.assign import AssignRoleAction
from workflows.enums import Role

TWENTY = "信息形成或变更之日起20个工作日内"


def client_of(name: str, role: Role, organ: Organ) -> Client:
    """Someone whose desk speaks English."""
    user = User.objects.create_user(name, last_name=name)
    AssignRoleAction(user, role, organ).execute()
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "en"
    profile.save()
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def town(county: County) -> Organ:
    return Organ.objects.get(code="linjiang")


@pytest.fixture
def subsidies(county: County) -> Item:
    """An item of every township, in a domain of its own."""
    Edition.objects.update(status=EditionStatus.DRAFT)
    edition = Edition.objects.get()
    item = add_item(edition, "farming", "涉农补贴", "补贴发放结果", SubjectGroup.TOWNSHIPS)
    Edition.objects.update(status=EditionStatus.IN_FORCE)
    list(sync_catalogue())
    return item


@pytest.fixture
def clerk(town: Organ, subsidies: Item) -> Client:
    return client_of("xiangzhen", Role.TOWNSHIP_CATALOGUE, town)


@pytest.fixture
def county_desk(county: County) -> Client:
    return client_of("mulu", Role.CATALOGUE_ADMIN, county.government)


def url(name: str, *args: Any) -> str:
    return reverse(f"catalogue_townships:{name}", args=args)


def propose(clerk: Client, town: Organ, about: Any, **data: Any) -> str:
    kind = "choose_item" if isinstance(about, Item) else "choose_domain"
    given = {"is_involved": "yes", **data}
    return clerk.post(url(kind, town.pk, about.pk), given, follow=True).content.decode()


def decide(desk: Client, town: Organ, act: str = "approve", **data: str) -> str:
    waiting = TownshipChoice.objects.proposed().filter(organ=town)
    given = {"act": act, "choice": [choice.pk for choice in waiting], **data}
    return desk.post(url("township", town.pk), given, follow=True).content.decode()


def public(client: Client, town: Organ, show: str = "") -> str:
    address = f"{CataloguePage.objects.get().url}townships/{town.code}/"
    return client.get(f"{address}?show={show}").content.decode()


def answered(town: Organ) -> list[str]:
    return [entry.name for entry in EditionItem.objects.in_force().answered_by(town)]


def put_in_force(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(
        status=EditionStatus.APPROVED, in_force_from=timezone.localdate()
    )
    assert PutInForceAction(Edition.objects.get(pk=edition.pk)).execute()


def test_an_item_is_left_out_once_the_county_approves(
    clerk, county_desk, client, town, subsidies, county
):
    AssignRoleAction(User.objects.create_user("zhen"), Role.DRAFTER, town).execute()
    page = ItemPage.objects.get(item=subsidies)
    may_draft = GroupPagePermission.objects.filter(page=page, group=town.drafters_group.group)
    decide(county_desk, town)  # nothing waits
    propose(clerk, town, subsidies, is_involved="no", reason="本镇无耕地")
    assert answered(town) == ["补贴发放结果"], "a proposal binds nobody"
    decide(county_desk, town)
    assert answered(town) == []
    assert not may_draft.exists()
    assert "补贴发放结果" not in public(client, town)
    left_out = public(client, town, "not_handled")
    assert "补贴发放结果" in left_out and "本镇无耕地" in left_out
    propose(clerk, town, subsidies)
    decide(county_desk, town)
    assert answered(town) == ["补贴发放结果"]
    assert may_draft.exists()


def test_a_domain_left_out_covers_what_is_added_later(
    clerk, county_desk, client, town, subsidies, county
):
    domain = subsidies.in_editions.get().edition_domain.domain
    propose(clerk, town, domain, is_involved="no", reason="本镇无农业")
    decide(county_desk, town)
    user = User.objects.get(username="mulu")
    draft = CopyEditionAction(2027, "2027年版", user, Edition.objects.in_force()).execute()
    add_item(draft, "farming", "涉农补贴", "农机补贴", SubjectGroup.TOWNSHIPS)
    assert answering(draft)[town.pk] == set()
    put_in_force(draft)
    assert answered(town) == []
    left_out = public(client, town, "not_handled")
    assert "涉农补贴" in left_out and "本镇无农业" in left_out
    propose(clerk, town, subsidies, time_limit_text="信息形成或变更之日起5个工作日内")
    decide(county_desk, town)
    assert answered(town) == ["补贴发放结果"], "a choice about an item goes before its domain's"


def test_an_item_that_is_split_hands_its_choice_on(clerk, county_desk, town, subsidies, county):
    propose(clerk, town, subsidies, is_involved="no", reason="本镇无耕地")
    decide(county_desk, town)
    user = User.objects.get(username="mulu")
    draft = CopyEditionAction(2027, "2027年版", user, Edition.objects.in_force()).execute()
    SplitItemAction(draft.items.get(item=subsidies), user, ["种粮补贴", "农机补贴"]).execute()
    coming = answering(draft)[town.pk]
    put_in_force(draft)
    assert answered(town) == []
    assert coming == answering(Edition.objects.in_force())[town.pk] == set()


def test_a_limit_is_tightened_and_gives_way_to_a_tighter_county(
    clerk, county_desk, client, town, subsidies
):
    propose(
        clerk,
        town,
        subsidies,
        time_limit_text="信息形成或变更之日起5个工作日内",
        channels=[Channel.objects.create(code="board", name="村公示栏").pk],
    )
    decide(county_desk, town)
    body = public(client, town)
    assert "起5个工作日内" in body and "村公示栏" in body and "badge--kept" in body
    user = User.objects.get(username="mulu")
    draft = CopyEditionAction(2027, "2027年版", user, Edition.objects.in_force()).execute()
    entry = draft.items.get(item=subsidies)
    entry.time_limit_text = "信息形成或变更之日起3个工作日内"
    entry.save()
    entry.limits.all().delete()
    write_limits(entry)
    put_in_force(draft)
    body = public(client, town)
    assert "起3个工作日内" in body and "起5个工作日内" not in body


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"is_involved": "no"}, "Say why the township does not handle it"),
        ({"time_limit_text": "信息形成或变更之日起30个工作日内"}, "may only tighten"),
        ({"time_limit_text": "收到申请之日起5个工作日内"}, "may only tighten"),
        ({"time_limit_text": TWENTY}, "no tighter than the county"),
        ({"time_limit_text": "看情况而定"}, "was not understood"),
        ({"is_involved": "no", "reason": "无", "time_limit_text": TWENTY}, "clear them"),
        ({}, "how it stands already"),
    ],
)
def test_what_a_township_may_not_choose_is_explained(clerk, town, subsidies, data, sentence):
    assert sentence in propose(clerk, town, subsidies, **data)
    assert not TownshipChoice.objects.exists()


@pytest.mark.parametrize(
    ("own", "county", "no_looser"),
    [
        ("信息形成之日起3个工作日内", "信息形成之日起20个工作日内", True),
        ("信息形成之日起20个工作日内", "信息形成之日起20个工作日内", True),
        ("信息形成之日起20日内", "信息形成之日起20个工作日内", True),
        ("信息形成之日起20个工作日内", "信息形成之日起20日内", False),
        ("信息形成之日起1个月内", "信息形成之日起20个工作日内", False),
        ("信息形成之日起24小时内", "信息形成之日起3个工作日内", True),
        ("每月更新", "每季度更新", True),
        ("每年更新", "每季度更新", False),
        ("信息形成之日起3个工作日内", "及时公开", True),
        ("公示10日", "公示7日", True),
        ("公示5日", "公示7日", False),
        ("实时公开", "信息形成之日起3个工作日内", True),
    ],
)
def test_tighter_is_earlier_on_every_day_of_the_year(own, county, no_looser):
    clauses = [parse_time_limit(text).clauses for text in (own, county)]
    assert all(clauses), "both are read"
    assert is_no_looser(*clauses) is no_looser


def test_nobody_decides_alone_and_nobody_reaches_beyond_his_own(
    clerk, county_desk, county, town, subsidies
):
    other = Organ.objects.get(pk=county.government.pk).add_child(
        code="shan", name="青山镇人民政府", short_name="青山镇", kind="township"
    )
    propose(clerk, town, subsidies, is_involved="no", reason="本镇无耕地")
    assert "Your account may not" in decide(clerk, town)
    assert clerk.get(url("township", other.pk)).status_code in (302, 403)
    assert "does not" not in propose(clerk, other, subsidies, is_involved="no", reason="无")
    assert "Only the catalogue administrator of" in propose(
        county_desk, town, subsidies, is_involved="no", reason="无"
    )
    assert "Say why it is returned" in decide(county_desk, town, "return")
    decide(county_desk, town, "return", answer="该镇仍有耕地")
    assert TownshipChoice.objects.get().answer == "该镇仍有耕地"
    history = clerk.get(url("history", town.pk)).content.decode()
    assert "该镇仍有耕地" in history and "mulu" in history
    assert clerk.get(reverse("catalogue_editions:index")).status_code == 302


def test_the_lists_take_as_many_queries_for_many_items(county_desk, client, town, subsidies):
    TownshipChoice.objects.create(organ=town, item=subsidies, status="binding", reason="x")
    addresses = [url("index"), url("township", town.pk)]

    def queries() -> list[int]:
        found = []
        for desk, address in [
            *((county_desk, each) for each in addresses),
            (client, f"{CataloguePage.objects.get().url}townships/{town.code}/"),
        ]:
            desk.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert desk.get(address).status_code == 200
            found.append(len(captured))
        return found

    few = queries()
    Edition.objects.update(status=EditionStatus.DRAFT)
    for number in range(20):
        item = add_item(
            Edition.objects.get(), "farming", "涉农补贴", f"补贴{number}", SubjectGroup.TOWNSHIPS
        )
        TownshipChoice.objects.create(organ=town, item=item, status="binding", reason="x")
    Edition.objects.update(status=EditionStatus.IN_FORCE)
    list(sync_catalogue())
    assert queries() == few


def test_a_piece_shows_the_edition_under_which_it_was_cleared(county, client):
    piece = publish(county, draft_piece(county))
    first = Edition.objects.in_force()
    put_in_force(CopyEditionAction(2027, "2027年版", None, first).execute())
    assert f"“{first.title}”" in client.get(piece.url).content.decode()
