"""Dates, numerals and document numbers as they are written in documents."""

from datetime import date

import pytest

from cms.readers.chinese_dates import as_date, first_date
from cms.readers.chinese_numbers import to_chinese, to_int
from cms.readers.policy_head import as_document_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018年12月4日", date(2018, 12, 4)),
        ("２０１８ 年 12 月 4 日", date(2018, 12, 4)),
        ("二〇一八年十二月四日", date(2018, 12, 4)),
        ("二○一八年十月三十一日", date(2018, 10, 31)),
        ("二Ｏ二〇年二月廿九日", date(2020, 2, 29)),
        ("一九九七年四月八日", date(1997, 4, 8)),
        ("二0一八年十二月四日", date(2018, 12, 4)),
        ("2018-12-04", date(2018, 12, 4)),
        ("二〇一九年二月二十九日", None),
        ("一九九七年", None),
        ("2018年12月", None),
        ("2018年12月4日印发", None),
    ],
)
def test_dates(text, expected):
    assert as_date(text) == expected


def test_first_date_in_a_sentence():
    assert first_date("（民政部　一九九七年一月二十八日）") == date(1997, 1, 28)
    assert first_date("从2018年12月底开始") is None


@pytest.mark.parametrize("number", [1, 9, 10, 11, 20, 23, 100, 101, 110, 123, 999, 1001, 1010])
def test_numerals_read_back(number):
    assert to_int(to_chinese(number)) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("国办发[2018]115号", "国办发〔2018〕115号"),
        ("国办函［2018］71号", "国办函〔2018〕71号"),
        ("青政办(2026)3号", "青政办〔2026〕3号"),
        ("青政办【 2026 】 3 号", "青政办〔2026〕3号"),
        ("青政公告2026年第3号", None),
        ("2026年第3号", "2026年第3号"),
        ("根据国办发〔2018〕115号", None),
        ("青政办〔2026〕3号文件精神", None),
    ],
)
def test_document_numbers(text, expected):
    assert as_document_number(text) == expected
