"""The head of an official document: number, title, addressees, labelled particulars (GB/T 9704)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from cms.document_numbers import normalise
from cms.readers.chinese_dates import as_date, first_date
from cms.readers.docx_text import Item, Line
from cms.readers.policy_marks import ORGAN_END, numbered_level
from cms.readers.reading import Table

_NUMBER = re.compile(
    r"(?:发文字号|文号)?:?\(?"
    r"(?!根据|按照|依据|依照|参照|现将|详见)(?P<word>[\u4e00-\u9fff]{1,20})[\[〔({【<〈《](?P<year>(?:19|20)\d\d)[\]〕)}】>〉》]"
    r"(?P<serial>第?\d{1,5})号\)?(?:签发人:?.*)?"
)
_ORDER_NUMBER = re.compile(r"(?:(?:19|20)\d\d年)?第\d{1,5}号")
_LABELS = {
    "索引号": "index_number", "主题分类": "topic", "信息分类": "topic", "主题": "topic",
    "发文机关": "organ", "发布机构": "organ", "发文单位": "organ", "制发机关": "organ",
    "标题": "title", "名称": "title", "信息名称": "title",
    "发文字号": "document_number", "文号": "document_number",
    "成文日期": "written", "生成日期": "written",
    # Known, and no part of the text, but not asked for here.
    "发布日期": "", "公开日期": "", "生效日期": "", "废止日期": "", "有效性": "", "时效": "",
    "关键词": "", "主题词": "", "体裁": "", "体裁分类": "", "公开方式": "", "公开形式": "",
    "内容概述": "", "来源": "", "签发人": "", "密级": "", "份号": "", "紧急程度": "",
}  # fmt: skip
_MARKS = re.compile(r"(绝密|机密|秘密)(★.*)?|特急|加急|急件|平急|特提|0\d{4,6}|[★☆\-—_━─=]+")
_MAX_HEAD_LINES = 30
_MAX_TITLE_LINE = 60
_MAX_TITLE_LINES = 6
_RED = r".*文\s*件"


@dataclass(slots=True)
class Head:
    """What stands above the text; `end` is the index of the first item after it."""

    labels: dict[str, str] = field(default_factory=dict)
    document_number: str | None = None
    title: str | None = None
    organs: tuple[str, ...] = ()
    adopted: date | None = None
    addressees: tuple[str, ...] = ()
    end: int = 0


def as_document_number(text: str) -> str | None:
    """The normalised number when the line is one and nothing else: 国办发[2018]71号; or None."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    match = _NUMBER.fullmatch(plain)
    if match:
        return normalise(f"{match['word']}〔{match['year']}〕{match['serial']}号")
    return plain if _ORDER_NUMBER.fullmatch(plain) else None


def read_head(items: Sequence[Item]) -> Head:
    """Read from the top until the text begins."""
    head = Head()
    title: list[Line] = []
    complete = False
    for item in items[:_MAX_HEAD_LINES]:
        labelled = _labelled(item)
        if labelled is not None:
            head.labels |= labelled
        elif isinstance(item, Table):
            break
        elif number := as_document_number(item.text):
            head.document_number = number
            # The red head stands above the number and the title below; or the title above.
            if all(_organ_in_red(line.text) for line in title):
                head.organs = tuple(filter(None, (_organ_in_red(line.text) for line in title)))
                title = []
            else:
                complete = True
        elif _is_note(item.text):
            head.adopted = first_date(item.text)
        elif not _MARKS.fullmatch(item.text.replace(" ", "")):
            if complete or _begins_text(item, title):
                break
            title.append(item)
        head.end += 1
    while len(title) > 1 and re.fullmatch(_RED, title[0].text):
        head.organs += (_organ_in_red(title.pop(0).text),)
    pieces = "".join(line.text for line in title)
    head.title = re.sub(r"(?<=[^ -~])\s+(?=[^ -~])", "", pieces) or None
    if head.end < len(items):
        _read_addressees(head, items[head.end])
    return head


def _organ_in_red(text: str) -> str:
    """The organ a line of a red head names: 青禾县教育局文件, or the organ alone; otherwise ""."""
    squeezed = re.sub(r"\s", "", text)
    name = re.sub(r"文件$", "", squeezed)
    named = name != squeezed or re.search(ORGAN_END, name)
    return name if named and "关于" not in name else ""


def _read_addressees(head: Head, item: Item) -> None:
    if not isinstance(item, Line) or not item.text.endswith(("：", ":")):
        return
    text = item.text[:-1]
    if len(text) > 200 or re.search(r"[。；：:]|如下$|^现|附件|^附$", text) or numbered_level(text):
        return
    head.addressees = tuple(part.strip() for part in re.split("[，,]", text) if part.strip())
    head.end += 1


def _begins_text(line: Line, title: Sequence[Line]) -> bool:
    text = line.text
    if line.is_title:
        return False
    if len(title) == _MAX_TITLE_LINES:
        return True
    if title and title[-1].centred and not line.centred and not re.fullmatch(_RED, title[-1].text):
        return True
    return (
        text.endswith(("。", "；", "：", ":", "！", "，"))
        or len(text) > _MAX_TITLE_LINE
        or numbered_level(text) > 0
        or re.fullmatch(r"目\s*录", text) is not None
        or re.match(r"第[一二三四五六七八九十百\d]+[编章节条]", text) is not None
    )


def _is_note(text: str) -> bool:
    """A bare date, or brackets with one: （2026年3月1日县人民政府常务会议通过）."""
    bracketed = re.fullmatch(r"[（(].+[)）]", text)
    return (first_date(text) if bracketed else as_date(text)) is not None


def _labelled(item: Item) -> dict[str, str] | None:
    """Labels and values of 索引号：… lines and of the table government sites print above a text."""
    if isinstance(item, Line):
        pair = _pair(item.text)
        return None if pair is None else dict([pair])
    found: dict[str, str] = {}
    cells = [cell for row in (item.header, *item.rows) for cell in row]
    known = 0
    for cell, value in zip(cells, [*cells[1:], ""], strict=True):
        pair = _pair(cell)
        if pair is None and (key := _label(cell.rstrip("：:"))) is not None:
            pair = (key, value if _label(value.rstrip("：:")) is None else "")
        if pair is not None:
            known += 1
            if pair[1] and pair[0] not in found:
                found[pair[0]] = pair[1]
    return found if known > 1 else None


def _pair(text: str) -> tuple[str, str] | None:
    label, colon, value = re.sub(":", "：", text, count=1).partition("：")
    key = _label(label) if colon else None
    return None if key is None else (key, value.strip())


def _label(text: str) -> str | None:
    return _LABELS.get(re.sub(r"\s", "", text))
