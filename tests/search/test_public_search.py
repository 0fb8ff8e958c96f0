"""The public search page: what readers find, in which order, and what the filters say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from time import perf_counter

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.delivering import deliver
from search.models import AskedQuery, Entry, SynonymGroup
from tests.search.conftest import ENGINES
from tests.search.hostile import HOSTILE
from tests.search.pieces import Pieces, publish_pieces
from tests.search.servers import search_server


@pytest.fixture(scope="module")
def pieces(made_county) -> Pieces:
    return publish_pieces(made_county)


@pytest.fixture(scope="module", params=ENGINES)
def engine(request, pieces) -> Iterator[str]:
    """Each engine in turn; a search server has an index with the pieces."""
    if request.param == "database":
        yield request.param
    else:
        with search_server():
            yield request.param


@pytest.fixture
def ask(client, pieces, engine, db):
    """The titles found for a query and parameters, with the response beside them."""

    def asked(query: str = "", **parameters: str):
        response = client.get("/search/", {"q": query, **parameters})
        assert response.status_code == 200
        return [result.title for result in response.context["results"]], response

    return asked


def counts(response, name: str) -> dict[str, int]:
    facet = next(facet for facet in response.context["facets"] if facet.name == name)
    return {option.value: option.count for option in facet.options}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("义务教育", "enrolment"),
        ("义务教育", "policy"),
        ("招生", "enrolment"),
        ("招生 小学", "enrolment"),
        ("小学招生公告", "enrolment"),
        ("招 生 登记", "enrolment"),
        ("低保", "allowance"),
        ("征地补偿", "land"),
        ("征地補償", "land"),
        ("“就近入学”", "enrolment"),
        ("临江小学", "plan"),
        ("招生计划表", "plan"),
        ("安置", "land"),
        ("教育局 低保", "allowance"),
        ("社会救助", "allowance"),
        ("解读", "interpretation"),
    ],
)
def test_finds(ask, pieces, query, name):
    titles, _response = ask(query)
    assert getattr(pieces, name).title in titles


@pytest.mark.parametrize(
    "query",
    ["拆迁", "“登记家长”", "“低保” 征地", "禾教规〔2026〕13号", "13812345678"],
)
def test_finds_nothing_else(ask, query):
    titles, response = ask(query)
    assert titles == []
    assert not response.context["is_broadened"]


def test_where_not_all_words_are_found_any_word_will_do(ask, pieces):
    """The best match stands first, and the reader is told."""
    titles, response = ask("农村低保 飞行汽车")
    assert titles[0] == pieces.allowance.title
    assert response.context["is_broadened"]
    assert response.context["total"] == len(titles) == sum(counts(response, "kind").values())
    assert not ask("农村低保")[1].context["is_broadened"]


@pytest.mark.parametrize(
    "number",
    [
        "禾教规〔2026〕12号",
        "禾教规[2026]12号",
        "禾教规（2026）12号",
        "禾教规【2026】第12号",
        "禾教规〔２０２６〕１２号",
        "禾教规 2026 12号",
    ],
)
def test_a_document_number_in_any_brackets_comes_first(ask, pieces, number):
    titles, response = ask(number)
    assert titles[0] == pieces.policy.title
    assert response.context["results"][0].document_number == "禾教规〔2026〕12号"


def test_an_index_number_finds_its_piece(ask, pieces):
    titles, _response = ask(pieces.land.index_number)
    assert titles == [pieces.land.title]


def test_a_repealed_policy_stands_behind_the_one_in_force(ask, pieces):
    titles, response = ask("招生入学管理办法", kind="policy")
    assert titles == [pieces.policy.title, pieces.repealed.title]
    labels = [str(result.validity_label) for result in response.context["results"]]
    assert len(set(labels)) == 2


def test_what_is_found_is_marked_and_safe(ask):
    _titles, response = ask("低保标准")
    result = response.context["results"][0]
    assert "<mark>低保</mark>" in result.title_html
    assert "<mark>低保</mark>" in result.snippet_html
    response = ask("<script>alert(1)</script>")[1]
    assert b"<script>alert" not in response.content


def test_without_words_the_newest_come_first(ask, pieces):
    titles, response = ask("", kind="disclosure")
    assert titles == [
        pieces.land.title, pieces.allowance.title, pieces.plan.title, pieces.enrolment.title,
    ]  # fmt: skip
    assert not response.context["sort"]


FILTERS = [
    ("kind", "policy", {"policy", "repealed"}),
    ("kind", "interpretation", {"interpretation"}),
    ("domain", "land", {"land"}),
    ("domain", "assistance", {"allowance"}),
    ("organ", "education", {"enrolment", "plan", "allowance", "land", "interpretation"}),
    ("organ", "government", {"policy", "repealed"}),
    ("stage", "service", {"enrolment"}),
    ("year", "2025", {"enrolment"}),
    ("validity", "in_force", {"policy"}),
    ("validity", "repealed", {"repealed"}),
    ("level", "township", {"allowance"}),
    ("channel", "website", {"enrolment", "policy", "land"}),
    ("organ", "nobody", set()),
    ("year", "٢٠٢٥", set()),
]


@pytest.mark.parametrize(("name", "code", "expected"), FILTERS)
def test_a_filter_leaves_what_it_says_and_counts_it(ask, pieces, name, code, expected):
    titles, response = ask("", **{name: code})
    found = {getattr(pieces, key).title for key in expected}
    published = {getattr(pieces, key).title for key in vars(pieces)} & set(titles)
    assert found <= published
    if name != "channel":
        assert found == published
    # The filter's own count is the number of results, chosen or not.
    assert response.context["total"] == len(titles)
    assert counts(response, name).get(code, 0) == len(titles)
    assert counts(ask("")[1], name).get(code, 0) == len(titles)


def test_filters_count_under_each_other(ask):
    _titles, response = ask("招生", domain="education")
    by_kind = counts(response, "kind")
    assert sum(by_kind.values()) == response.context["total"]
    for kind, number in by_kind.items():
        assert ask("招生", domain="education", kind=kind)[1].context["total"] == number


def test_each_option_leads_to_its_state_and_back(ask, client):
    _titles, response = ask("招生")
    facet = next(facet for facet in response.context["facets"] if facet.name == "kind")
    chosen = client.get("/search/" + facet.options[0].url)
    assert chosen.context["total"] == facet.options[0].count
    again = next(facet for facet in chosen.context["facets"] if facet.name == "kind")
    assert again.options[0].selected
    assert (
        client.get("/search/" + again.options[0].url).context["total"] == response.context["total"]
    )


def test_titles_only(ask, pieces):
    assert pieces.plan.title in ask("临江小学")[0]
    assert pieces.plan.title not in ask("临江小学", **{"in": "title"})[0]
    assert pieces.enrolment.title in ask("招生公告", **{"in": "title"})[0]


def test_search_within_results(ask, pieces):
    titles, _response = ask("登记", within="招生")
    assert titles == [pieces.enrolment.title]


def test_by_date(ask, pieces):
    titles, _response = ask("招生", sort="date", kind="disclosure")
    assert titles == [pieces.plan.title, pieces.enrolment.title]


def test_synonyms_count_at_once(ask, pieces):
    assert ask("困难补助")[0] == []
    SynonymGroup.objects.create(words="低保 困难补助")
    titles, response = ask("城市困难补助")
    assert titles == [pieces.allowance.title]
    assert "<mark>低保</mark>" in response.context["results"][0].title_html
    assert ask("“困难补助” 城市")[0] == []


def test_a_word_of_two_groups_means_both(ask, pieces):
    SynonymGroup.objects.create(words="征地 飞行汽车")
    titles, _response = ask("征地")
    assert pieces.land.title in titles  # 征地 = 土地征收 is known from the beginning.
    assert ask("飞行汽车")[0] == titles


@pytest.mark.parametrize(("slip", "meant"), [("义务较育", "义务教育"), ("正地补偿", "征地补偿")])
def test_did_you_mean(ask, slip, meant):
    _titles, response = ask(slip)
    assert response.context["did_you_mean"] == meant


def test_queries_are_counted_without_personal_data(ask):
    for query in ("低保", "低保", "  低保 ", "没有的事", "13812345678", "34010119900307457X 低保"):
        ask(query)
    ask("低保", kind="policy")
    noted = {row.text: (row.times, row.found > 0) for row in AskedQuery.objects.all()}
    assert noted == {"低保": (3, True), "没有的事": (1, False)}


def test_what_answers_some_words_stands_below_what_answers_all(ask, pieces):
    titles, response = ask("农村低保 保障")
    below = [result.title for result in response.context["more"]]
    assert titles[0] == pieces.allowance.title
    assert not response.context["is_broadened"]
    assert not set(titles) & set(below)
    assert ask("“农村低保” 标准")[1].context["more"] == []


@pytest.mark.parametrize(
    "question", ["请问怎么申请低保呢？", "低保需要什么材料", "我想问一下低保多少钱", "在哪里办低保"]
)
def test_words_of_asking_are_not_searched(ask, pieces, question):
    assert pieces.allowance.title in ask(question)[0]


def test_every_narrowing_can_be_taken_back(ask, client):
    response = ask("登记", within="招生", kind="disclosure", **{"in": "title"})[1]
    narrowings = response.context["narrowings"]
    assert len(narrowings) == 3
    for narrowing in narrowings:
        wider = client.get("/search/" + narrowing.url).context
        assert len(wider["narrowings"]) == 2
    assert client.get("/search/" + response.context["clear_url"]).context["narrowings"] == []


def test_searching_within_keeps_what_was_asked(ask, pieces):
    response = ask("招生", kind="disclosure")[1]
    fields = dict(response.context["fields_within"])
    assert fields == {"within": "招生", "kind": "disclosure"}
    assert ask("登记", **fields)[0] == [pieces.enrolment.title]


def test_who_finds_nothing_is_told_where_else(ask, county):
    response = ask("“教育局飞行汽车”", kind="policy")[1]
    steps = response.context["next_steps"]
    page = response.content.decode()
    assert [organ.code for organ in steps.organs] == ["education"]
    assert steps.catalogue_url in page
    assert len(steps.domains) == 4
    assert response.context["clear_url"] in page.replace("&amp;", "&")


def test_htmx_gets_the_results_alone(ask, client):
    whole = client.get("/search/", {"q": "招生"})
    part = client.get("/search/", {"q": "招生"}, headers={"HX-Request": "true"})
    assert "HX-Request" in whole.headers["Vary"]
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert 'id="narrow"' in part.content.decode()


def test_the_page_takes_no_more_queries_for_more_rows(ask, pieces):
    """20 at the most, with 10 or 1,000 rows."""
    few = _queries(ask)
    _multiply(pieces.enrolment.pk, 1000)
    titles, response = ask("招生")
    assert response.context["total"] > 1000
    assert len(titles) == 20
    assert _queries(ask) == few <= 20


def _queries(ask) -> int:
    ask("招生")  # The dictionary is built at its first use.
    with CaptureQueriesContext(
        connection,
    ) as context:
        ask("招生")
    return len(context)


def _multiply(pk: int, number: int) -> None:
    """Entries like one there is, with pages of the system's own, which need no review."""
    from wagtail.models import Page

    from search import indexing

    page, entry = Page.objects.get(pk=pk), Entry.objects.get(pk=pk)
    parent = page.get_parent()
    pages = [
        Page(
            title=page.title,
            slug=f"more-{n}",
            path=f"{parent.path}{n:04}",
            depth=page.depth,
            url_path=f"{parent.url_path}more-{n}/",
            content_type=parent.content_type,
            locale=page.locale,
            live=True,
        )
        for n in range(1000, 1000 + number)
    ]
    rows = []
    for made in Page.objects.bulk_create(pages):
        entry.page = made
        rows.append(Entry(**{f.attname: getattr(entry, f.attname) for f in Entry._meta.fields}))
    indexing.write(Entry.objects.bulk_create(rows))
    while deliver(seconds=0):
        pass


TYPED = [*HOSTILE, "低保" * 5000, "“" * 5000, "义务较育 " * 50, "\ufffe\uffff低保", "=1+1"]


@pytest.mark.parametrize("query", TYPED, ids=range(len(TYPED)))
def test_no_query_is_an_error_or_slow(client, pieces, engine, db, query):
    query = query.encode(errors="replace").decode()  # Half a character has no address.
    started = perf_counter()
    cache.clear()
    for address in ("/search/", "/search/suggest/", "/api/search"):
        for name in ("q", "within", "organ"):
            assert client.get(address, {name: query}).status_code == 200
    for form in ("csv", "rss"):
        assert client.get("/search/", {"q": query, "format": form}).status_code == 200
    assert perf_counter() - started < 20  # Eleven answers, on a machine busy with other tests.


@pytest.mark.parametrize("page", ["0", "-1", "999999", "x", "１", "%00", "9" * 400])
def test_no_address_is_an_error(ask, page):
    _titles, response = ask("招生", page=page, sort=page, kind="'; DROP TABLE", year=page)
    assert re.search(r"<h1", response.content.decode())
