import pytest

from search.dictionary import refresh, register_words
from search.normalising import fold, fold_with_origins
from search.numbers import find_numbers_in_query
from search.pinyin import pinyin_initials
from search.segmenting import segment_for_index, segment_for_query
from search.terms import LONGEST_QUERY, MOST_TERMS, parse_terms
from tests.search.hostile import HOSTILE

FOLDED = [
    ("ＡＢＣ１２３", "abc123"),
    ("臺灣義務教育", "台湾义务教育"),
    ("（试行）", "(试行)"),
    ("《办法》", "办法"),
    ("Café", "cafe"),
    ("2026—2030年", "2026-2030年"),
    ("招\u200b生\u202e\ufeff", "招生"),
    ("一\r二\x00三", "一\n二 三"),
    ("a\ud800b", "ab"),
    ("㎡", "m2"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_folding(text, expected):
    assert fold(text) == expected


@pytest.mark.parametrize("text", [text for text, _ in FOLDED] + HOSTILE)
def test_folding_can_be_led_back(text):
    folded, origins = fold_with_origins(text)
    assert folded == fold(text) == fold(folded)
    assert len(folded) == len(origins)
    assert origins == sorted(origins)


@pytest.mark.parametrize(
    ("query", "token"),
    [
        ("青政办〔2026〕12号", "青政办2026号12"),
        ("青政办[2026]12号", "青政办2026号12"),
        ("青政办（2026）12号", "青政办2026号12"),
        ("青政办【2026】第012号", "青政办2026号12"),
        ("青政办 〔 2026 〕 12 号", "青政办2026号12"),
        ("青政办 2026 12号", "青政办2026号12"),
        ("青政办2026 12 号", "青政办2026号12"),
        ("青政办 2026 12", "青政办2026号12"),
        ("青政辦〔２０２６〕１２號", "青政办2026号12"),
        ("查询青政办〔2026〕12号", "青政办2026号12"),
        ("〔2026〕12号", "2026号12"),
        ("青政办〔2026〕12", "青政办2026号12"),
        ("11330000/202609-00012", "11330000x202609x00012"),
        ("１１３３００００／２０２６０９—０００１２", "11330000x202609x00012"),
        ("11330000MB1A23456X/2026-00012", "11330000mb1a23456xx2026x00012"),
    ],
)
def test_a_number_is_one_token_however_it_is_written(query, token):
    assert [number.token for number in find_numbers_in_query(fold(query))] == [token]


@pytest.mark.parametrize(
    "query",
    ["2026年9月12号", "义务教育2026 12月", "第12号公告", "2026-09-12", "1/2-3", "〔26〕12号"],
)
def test_what_is_not_a_number(query):
    assert find_numbers_in_query(fold(query)) == []


def test_index_has_words_within_words_and_numbers_with_their_parts():
    words = segment_for_index("关于义务教育的通知（青政办〔2026〕12号）").split()
    assert {"义务", "教育", "义务教育", "青政办2026号12", "2026", "12"} <= set(words)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("义务教育招生", ["义务教育", "招生"]),
        ("怎么申请低保", ["申请", "低保"]),
        ("招生 招生", ["招生"]),
        ("的", ["的"]),
        ("😀", []),
        ("查询青政办[2026]12号", ["青政办2026号12"]),
    ],
)
def test_words_of_a_query(query, words):
    assert segment_for_query(query) == words


def test_registered_words_are_words_and_can_change():
    words = {"first": ["青禾润泽计划", "x", "a" * 90, "润\ue000泽"]}
    register_words("test", lambda: words["first"])
    assert "青禾润泽计划" in segment_for_query("青禾润泽计划实施")
    words["first"] = []
    refresh()
    assert "青禾润泽计划" not in segment_for_query("青禾润泽计划实施")


def test_a_provider_that_fails_leaves_the_others():
    def fails():
        raise RuntimeError

    register_words("test", fails)
    register_words("test-2", lambda: ["青禾润泽计划"])
    assert segment_for_query("青禾润泽计划") == ["青禾润泽计划"]
    register_words("test", list)
    register_words("test-2", list)


def test_pinyin_initials_from_every_word():
    assert pinyin_initials("义务教育招生") == ["ywjyzs", "zs"]
    assert pinyin_initials("2026 PDF") == []


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_terms_of_hostile_queries_are_few_and_harmless(query):
    terms = parse_terms(query)
    assert len(terms) <= MOST_TERMS
    tokens = [token for term in terms for each in term.alternatives for token in each.tokens]
    assert sum(map(len, tokens)) <= 8 * LONGEST_QUERY
    assert all(token.isalnum() for token in tokens)
