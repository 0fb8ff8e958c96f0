"""A policy is read beside the one that it replaces, as far as both are public."""

from __future__ import annotations

from datetime import date

import pytest

from tests.county import County, draft_pair, fresh, publish, take_down, text

OLD = text("第一条　为规范低保工作，制定本办法。", "第二条　乡镇应当在三十日内完成审核。")
NEW = text(
    "第一条　为规范低保工作，制定本办法。",
    "第二条　县民政局负责统筹协调和监督检查。",
    "第三条　乡镇应当在二十日内完成审核。",
)


def published(county: County, title: str, **fields):
    policy, _interpretation = draft_pair(county, title, **fields)
    return publish(county, policy)


@pytest.fixture
def old(county: County):
    return published(
        county, "低保办法", body=OLD, effective_on=date(2026, 6, 2), repealed_on=date(2026, 7, 1)
    )


@pytest.fixture
def new(county: County, old):
    return published(county, "低保实施办法", body=NEW, replaces=old)


def test_the_texts_stand_side_by_side_with_the_changed_words_marked(client, old, new):
    address = f"/compare/{old.pk}/{new.pk}/"
    for page in (old, new):
        assert address in client.get(page.url).content.decode()
    body = client.get(address).content.decode()
    assert "<del>三十日</del>" in body and "<ins>二十日</ins>" in body
    assert "<ins>第二条　县民政局负责统筹协调和监督检查。</ins>" in body
    assert body.count("第一条　为规范低保工作，制定本办法。") == 2
    changes = client.get(f"{address}?show=changes").content.decode()
    assert "<ins>二十日</ins>" in changes and "第一条" not in changes


def test_only_public_texts_that_follow_one_another_are_compared(county: County, client, old, new):
    other = published(county, "养老办法", body=OLD)
    draft, _interpretation = draft_pair(county, "低保办法修订", body=NEW, replaces=new)
    for pair in ((new, old), (old, other), (old, old), (new, fresh(draft))):
        assert client.get(f"/compare/{pair[0].pk}/{pair[1].pk}/").status_code == 404, pair
    take_down(new, county)
    assert client.get(f"/compare/{old.pk}/{new.pk}/").status_code == 404
    assert "/compare/" not in client.get(old.url).content.decode()
