import re

import pytest
from django.utils.html import conditional_escape

from search.highlighting import highlight
from search.queries import reader_query
from tests.search.hostile import HOSTILE

MARKED = [
    ("青禾县义务教育招生方案", "义务教育", "青禾县<mark>义务教育</mark>招生方案"),
    ("农村低保标准", "低保", "农村<mark>低保</mark>标准"),
    ("義務教育", "义务教育", "<mark>義務教育</mark>"),
    ("义务教育", "義務教育", "<mark>义务教育</mark>"),
    ("ＰＤＦ文件", "pdf", "<mark>ＰＤＦ</mark>文件"),
    ("第12号，2012年", "12", "第<mark>12</mark>号，2012年"),
    ("（青政办〔2026〕12号）", "青政办[2026]12号", "（<mark>青政办〔2026〕12号</mark>）"),
    ("根据青政办〔2026〕12号", "青政办(2026)12号", "根据<mark>青政办〔2026〕12号</mark>"),
    ("<b>招生</b>&amp;", "招生", "&lt;b&gt;<mark>招生</mark>&lt;/b&gt;&amp;amp;"),
    ("<script>", "script", "&lt;<mark>script</mark>&gt;"),
    ("招生招生", "招生 生", "<mark>招生</mark><mark>招生</mark>"),
    ("没有", "招生", "没有"),
    ("", "招生", ""),
]


@pytest.mark.parametrize(("text", "query", "expected"), MARKED)
def test_marks(text, query, expected):
    marked = highlight(text, query)
    assert marked == expected
    assert conditional_escape(marked) == marked


def test_snippet_is_where_most_terms_are():
    text = "招生。" + "前言部分。" * 60 + "义务教育阶段学校招生时间为八月。" + "其他内容。" * 60
    snippet = highlight(text, "义务教育 招生", length=60)
    assert "<mark>义务教育</mark>阶段学校<mark>招生</mark>" in snippet
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert len(re.sub("<[^>]+>|…", "", snippet)) == 60


def test_snippet_without_a_match_is_the_beginning():
    assert highlight("甲" * 200, "乙", length=50) == "甲" * 50 + "…"


def test_a_title_is_kept_whole():
    title = "关于" + "很长的" * 60 + "招生通知"
    assert highlight(title, "招生", length=None) == title.replace("招生", "<mark>招生</mark>")


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_but_marks_gets_through(query):
    text = "<i>低保</i> \"招生\" & 'a' " + query[:400]
    marked = highlight(text, query)
    assert "<" not in marked.replace("<mark>", "").replace("</mark>", "")
    assert marked.count("<mark>") == marked.count("</mark>")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("义务教育 招生", "<PlainText '义务教育 招生' operator='and' boost=1>"),
        ('"征地补偿"', "<Phrase '征地补偿'>"),
        ("“征地补偿”", "<Phrase '征地补偿'>"),
        (
            "「征地补偿」公告",
            "<And <Phrase '征地补偿'> <PlainText ' 公告' operator='and' boost=1>>",
        ),
        ('低保"', "<PlainText '低保\"' operator='and' boost=1>"),
        ('"" 低保', "<PlainText '\"\" 低保' operator='and' boost=1>"),
        ("", "<PlainText '' operator='and' boost=1>"),
    ],
)
def test_quotation_marks_ask_for_a_phrase(typed, read):
    assert repr(reader_query(typed)) == read
