"""What readers of a Chinese government site type, and what they must find."""

import pytest
from modelsearch.query import MATCH_ALL, Not, Phrase, PlainText
from modelsearch.test.testapp.models import Book

from tests.search.engines.corpus import PIECES
from tests.search.hostile import HOSTILE

FOUND = {
    # words within longer titles
    "义务教育": {"enrolment"},
    "招生": {"enrolment", "kindergarten"},
    "公告": {"land", "tax"},
    "低保": {"allowance", "allowance-list"},
    "征地补偿": {"land"},
    "最低生活保障": {"allowance"},
    # several words, together or apart, partly in the title and partly in the text
    "义务教育招生": {"enrolment"},
    "低保 名单": {"allowance-list"},
    "征地 合理": {"land-law"},
    "怎么查询停水": {"water"},
    # part of a word, wherever the dictionary cuts it
    "务教": {"enrolment"},
    "纳税": {"tax"},
    "县税务": {"tax"},
    # single characters, also the last before a stop
    "税": {"tax"},
    "户": {"allowance-list"},
    # numbers and their units, not parts of numbers
    "203人": {"allowance-list"},
    "3.5公顷": {"land"},
    "20": set(),
    "12345": {"water"},
    # other forms of the same characters
    "義務教育": {"enrolment"},
    "徵地補償": {"land"},
    "１２３４５": {"water"},
    "ｐｄｆ": {"office"},
    "PDF": {"office"},
    "招\u200b生": {"enrolment", "kindergarten"},
    # document numbers in any bracket style, exactly
    "青政办〔2026〕12号": {"allowance"},
    "青政办[2026]12号": {"allowance"},
    "青政办（2026）12号": {"allowance"},
    "青政办【2026】12 号": {"allowance"},
    "青政办 2026 12号": {"allowance"},
    "青政辦〔２０２６〕１２號": {"allowance"},
    "青政办〔2026〕1号": {"office"},
    "政办〔2026〕2号": set(),
    "青教〔2026〕18号": {"enrolment"},
    "〔2026〕18号": {"enrolment"},
    # index numbers and parts of them
    "11330000/202609-00012": {"land"},
    "11330000／202609－00012": {"land"},
    "202609-00012": {"land"},
    "不存在的词语": set(),
}


@pytest.mark.parametrize(("query", "expected"), FOUND.items(), ids=list(FOUND))
def test_finds(find, query, expected):
    assert set(find(query)) == expected


PHRASES = {
    "征地补偿": {"land"},
    "补偿安置方案": {"land"},
    "安置补偿": set(),
    "关于印发《政务公开工作要点》的通知": {"office"},
    # one sentence ends and another begins between the words
    "进行补偿": set(),
    "2026年第5号": {"land"},
    "\u202e": set(),
}


@pytest.mark.parametrize(("phrase", "expected"), PHRASES.items(), ids=list(PHRASES))
def test_phrases(find, phrase, expected):
    assert set(find(Phrase(phrase))) == expected


SUGGESTED = {
    "义务教": {"enrolment"},
    "招生入": {"enrolment"},
    "ywjy": {"enrolment"},
    "zdbc": {"land"},
    "ZDBC": {"land"},
    "zgrd": set(),
    "办公室": {"allowance", "office"},
}


@pytest.mark.parametrize(("typed", "expected"), SUGGESTED.items(), ids=list(SUGGESTED))
def test_suggestions_by_characters_and_pinyin_initials(find, typed, expected):
    assert set(find(typed, autocomplete=True)) == expected


def test_title_before_text(find):
    assert find("低保")[0] == "allowance-list"
    assert find("招生")[0] == "enrolment"


def test_a_word_before_the_same_characters_in_other_words(find):
    assert find("人大") == ["people", "congress"]


def test_title_only(find):
    assert set(find("招生", fields=["title"])) == {"enrolment"}
    assert set(find("招生", fields=["summary"])) == {"enrolment", "kindergarten"}
    assert set(find("名单", fields=["summary"])) == set()


def test_without(find):
    assert set(find(PlainText("招生") & Not(PlainText("义务教育")))) == {"kindergarten"}


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("autocomplete", [False, True])
def test_hostile_queries_are_answered(pieces, db, query, autocomplete):
    for operator in ("and", "or"):
        method = pieces.autocomplete if autocomplete else pieces.search
        results = method(query, Book, operator=operator)
        assert results.count() == len(results.results())
        results.facet("number_of_pages")
    list(pieces.search(Phrase(query), Book))


def test_a_query_of_emoji_finds_nothing_rather_than_everything(find):
    assert find("😀🏳️‍🌈") == []


def test_corpus_is_wholly_indexed(pieces, db):
    assert pieces.search(MATCH_ALL, Book).count() == len(PIECES)
