"""Administrators keep synonyms and see what readers ask for; others do neither."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from search.models import AskedQuery, SynonymGroup
from tests.county import County, person
from workflows.enums import Role

ADD = "/admin/search/synonyms/new/"
QUERIES = "/admin/search/queries/"


@pytest.fixture
def administrator(county: County, client):
    client.force_login(person("catalogue", Role.CATALOGUE_ADMIN, county.government))
    return client


def test_synonyms_are_added_at_the_desk(administrator):
    administrator.post(ADD, {"words": "上户口、落户 ", "note": ""})
    assert SynonymGroup.objects.latest("pk").word_list == ["上户口", "落户"]


@pytest.mark.parametrize("words", ["低保", "低保 低保", "低 保", " ".join("一二三四五六七八九")])
def test_words_that_make_no_group_are_refused_and_still_there(administrator, words):
    before = SynonymGroup.objects.count()
    response = administrator.post(ADD, {"words": words, "note": "备注"})
    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors["words"]
    assert form["words"].value() == words
    assert SynonymGroup.objects.count() == before


def test_queries_asked_too_seldom_or_long_ago_are_not_shown(administrator):
    today = timezone.localdate()
    rows = [("低保", 5, 9, 0), ("飞行汽车", 4, 0, 1), ("张三", 2, 0, 0), ("旧词", 9, 0, 40)]
    for text, times, found, age in rows:
        day = today - timedelta(days=age)
        AskedQuery.objects.create(day=day, text=text, times=times, found=found)
    context = administrator.get(QUERIES).context
    assert [(row["text"], row["asked"]) for row in context["popular"]] == [("低保", 5)]
    assert [row["text"] for row in context["failed"]] == ["飞行汽车"]


@pytest.mark.parametrize("address", [ADD, QUERIES])
def test_drafters_do_neither(county: County, client, address):
    client.force_login(county.drafter)
    assert client.get(address).status_code in (302, 403)
