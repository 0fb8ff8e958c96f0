"""The starter edition as it ships: complete, consistent with itself, and clean to read."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import catalogue_standards
from catalogue_standards.enums import Audience, BasisKind, Level, Method, OrganKind, Stage
from catalogue_standards.limits import parse_time_limit

STARTER = Path(catalogue_standards.__file__).parent / "starter"
SEALS = "建易财安税征房住修环文法振灾药城业保助老户农学医市规"
OWN_ROWS_FROM = 60
USUAL_CHANNELS = 13
REQUIRED = [
    "group",
    "name",
    "source",
    "content_elements",
    "bases",
    "subjects",
    "channels_required",
    "levels",
    "time_limit",
]

_NUMBER = "[一二三四五六七八九十百千零]+"
_ARTICLE = f"第{_NUMBER}条(第（{_NUMBER}）项)?"
ARTICLES = re.compile(f"{_ARTICLE}(、{_ARTICLE})*")

# Traces of the tables the rows came from: half-width marks, remarks, places, past campaigns.
NEVER = re.compile(
    r"[…,;()\[\]【】〈〉*?!]|[一-鿿]:|:[一-鿿]|等$|^[、；，]|[、；，。]$"
    r"|镜像|截断|标题未见|贫困户|建档立卡|奉节|九龙|沙湾|街道办|自治区|区级|区教育局"
)

Row = dict[str, Any]


def rows(name: str, table: str) -> list[Row]:
    found: list[Row] = tomllib.loads((STARTER / name).read_text("utf-8"))[table]
    return found


EDITION = tomllib.loads((STARTER / "edition.toml").read_text("utf-8"))
DOMAINS = rows("domains.toml", "domain")
ORGANS = rows("organs.toml", "organ")
GROUPS = rows("organs.toml", "group")
BASES = rows("bases.toml", "basis")
CHANNELS = rows("channels.toml", "channel")
ITEMS_OF = {d["code"]: rows(f"items/{d['code']}.toml", "item") for d in DOMAINS}
ITEMS = [item for items in ITEMS_OF.values() for item in items]


def codes(table: list[Row]) -> set[str]:
    return {row["code"] for row in table}


def basis_codes(item: Row) -> list[str]:
    return [basis if isinstance(basis, str) else basis["code"] for basis in item["bases"]]


def articles(item: Row) -> list[str]:
    return [basis["article"] for basis in item["bases"] if not isinstance(basis, str)]


def public_texts(item: Row) -> list[str]:
    """What of an item the public reads; its source and what was mended may name places."""
    names = [item["group"], item["name"], item["sub_name"], item["audience_group"]]
    return [*names, item["time_limit"], *item["content_elements"]]


each_domain = pytest.mark.parametrize("domain", DOMAINS, ids=lambda domain: domain["code"])


def test_twenty_six_domains_in_order_with_their_seals() -> None:
    assert [domain["number"] for domain in DOMAINS] == list(range(1, 27))
    assert "".join(domain["seal"] for domain in DOMAINS) == SEALS
    assert len(codes(DOMAINS)) == len({domain["name"] for domain in DOMAINS}) == len(DOMAINS)
    assert all(domain["description"].endswith("。") for domain in DOMAINS)


def test_no_items_file_without_its_domain() -> None:
    assert {path.stem for path in (STARTER / "items").iterdir()} == codes(DOMAINS)


def test_at_least_260_items_each_with_its_own_key() -> None:
    keys = Counter(item["key"] for item in ITEMS)
    assert len(ITEMS) >= 260
    assert [key for key, times in keys.items() if times > 1] == []


def test_the_edition_states_its_year_provenance_and_what_it_left_out() -> None:
    assert EDITION["year"] == 2026
    taken = sum(int(item["key"][-2:]) < OWN_ROWS_FROM for item in ITEMS)
    for figure in (len(ITEMS), taken, len(ITEMS) - taken, len(EDITION["left_out"])):
        assert str(figure) in EDITION["provenance"]
    left_out = {row["key"] for row in EDITION["left_out"]}
    assert not left_out & {item["key"] for item in ITEMS}
    assert all(row["reason"] for row in EDITION["left_out"])


@each_domain
def test_a_domain_has_at_least_six_items_told_apart_by_name(domain: Row) -> None:
    items = ITEMS_OF[domain["code"]]
    names = Counter((item["group"], item["name"], item["sub_name"]) for item in items)
    assert len(items) >= 6
    assert [name for name, times in names.items() if times > 1] == []
    pattern = re.compile(re.escape(domain["code"]) + r"-(0[1-9]|[1-9]\d)")
    assert [item["key"] for item in items if not pattern.fullmatch(item["key"])] == []


@each_domain
def test_items_of_one_group_stand_together(domain: Row) -> None:
    groups = [item["group"] for item in ITEMS_OF[domain["code"]]]
    changes = sum(here != before for here, before in zip(groups[1:], groups, strict=False))
    assert changes + 1 == len(set(groups))


@each_domain
def test_an_item_says_what_who_when_where_and_why(domain: Row) -> None:
    for item in ITEMS_OF[domain["code"]]:
        empty = [key for key in REQUIRED if not item[key]]
        assert not empty, (item["key"], empty)
        assert set(item["levels"]) <= set(Level), item["key"]
        assert item["method"] in Method.values, item["key"]
        assert item["stage"] in Stage.values, item["key"]
        assert item["audience"] in Audience.values, item["key"]
        assert bool(item["audience_group"]) == (item["audience"] == Audience.GROUP), item["key"]


@each_domain
def test_what_an_item_refers_to_exists_and_is_named_once(domain: Row) -> None:
    for item in ITEMS_OF[domain["code"]]:
        for named, known in (
            (basis_codes(item), codes(BASES)),
            (item["subjects"], codes(ORGANS) | codes(GROUPS)),
            (item["channels_required"] + item["channels_optional"], codes(CHANNELS)),
            (item["content_elements"], set(item["content_elements"])),
        ):
            assert set(named) <= known, item["key"]
            assert len(set(named)) == len(named), item["key"]


@each_domain
def test_the_levels_of_an_item_fit_its_subjects(domain: Row) -> None:
    for item in ITEMS_OF[domain["code"]]:
        if Level.COUNTY in item["levels"]:
            assert set(item["subjects"]) - {"@townships"}, item["key"]
        by_townships = bool({"@townships", "@all"} & set(item["subjects"]))
        assert by_townships == (Level.TOWNSHIP in item["levels"]), item["key"]


@each_domain
def test_every_time_limit_is_read_without_remainder(domain: Row) -> None:
    limits = [parse_time_limit(item["time_limit"]) for item in ITEMS_OF[domain["code"]]]
    assert [limit.text for limit in limits if not limit.understood] == []


@each_domain
def test_what_the_public_reads_is_clean(domain: Row) -> None:
    for item in ITEMS_OF[domain["code"]]:
        for text in public_texts(item):
            assert text == text.strip()
            assert not NEVER.search(text), (item["key"], text)
            for opening, closing in ("（）", "《》", "“”"):
                assert text.count(opening) == text.count(closing), (item["key"], text)


@each_domain
def test_an_article_is_cited_by_its_full_number(domain: Row) -> None:
    for item in ITEMS_OF[domain["code"]]:
        for article in articles(item):
            assert ARTICLES.fullmatch(article), (item["key"], article)


@each_domain
def test_what_is_given_on_request_names_who_may_ask(domain: Row) -> None:
    for item in ITEMS_OF[domain["code"]]:
        if item["method"] == Method.ON_REQUEST:
            assert item["audience"] == Audience.GROUP, item["key"]


def test_bases_are_single_acts_and_every_one_is_cited() -> None:
    assert all(basis["kind"] in BasisKind.values for basis in BASES)
    assert not [b for b in BASES if re.search("[《》…,;()]", b["title"] + b["document_number"])]
    assert codes(BASES) == {code for item in ITEMS for code in basis_codes(item)}


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (BASES, ["title"]),
        (ORGANS + GROUPS, ["name", "short_name"]),
        (CHANNELS, ["name"]),
    ],
    ids=["bases", "organs", "channels"],
)
def test_a_name_or_alias_leads_to_one_row(table: list[Row], names: list[str]) -> None:
    leads_to: dict[str, str] = {}
    assert len(codes(table)) == len(table)
    for row in table:
        for name in [row[key] for key in names if key in row] + row["aliases"]:
            assert leads_to.setdefault(name, row["code"]) == row["code"], name
        assert len(set(row["aliases"])) == len(row["aliases"]), row["code"]


def test_organs_hang_under_the_county_government() -> None:
    roots = [organ["code"] for organ in ORGANS if not organ["parent"]]
    assert roots == ["government"]
    assert all(organ["kind"] in OrganKind.values for organ in ORGANS)
    assert {organ["parent"] for organ in ORGANS} - {""} <= codes(ORGANS)
    assert codes(GROUPS) == {"@townships", "@departments", "@all"}


def test_the_thirteen_usual_channels_come_first() -> None:
    assert [channel["number"] for channel in CHANNELS] == list(range(1, len(CHANNELS) + 1))
    assert len(CHANNELS) > USUAL_CHANNELS
    usual = [channel["name"] for channel in CHANNELS[:USUAL_CHANNELS]]
    assert usual[0] == "政府网站" and usual[-1] == "其他"
