"""The end of an official document: signature, remarks, 附件, 版记 (GB/T 9704-2012, 7.3, 7.4)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from cms.readers.chinese_dates import as_date, split_trailing_date
from cms.readers.chinese_numbers import to_int
from cms.readers.docx_text import Item, Line
from cms.readers.policy_marks import ORGAN_END, chapter, numbered_level
from cms.readers.reading import Table

_MAX_SIGNERS = 20
_REMARK = re.compile(r"[（(].+[)）]")
_IMPRINT = re.compile(
    r"(抄\s*[送报]|主\s*题\s*词|分\s*送)\s*[：:].*|.*\S+日\s*印\s*发|共?印\s*\d+\s*份.*"
)
_NUMERAL = r"(\d{1,2}|[一二三四五六七八九十]{1,3})?"
_MARKER = re.compile(rf"附\s*[件表录]\s*{_NUMERAL}\s*[：:]?")
_TITLED_MARKER = re.compile(rf"附\s*[件表录]\s*{_NUMERAL}\s*[：:\s]\s*(\S.{{0,80}})")
_LISTING = re.compile(rf"附\s*件?\s*{_NUMERAL}\s*[：:]\s*(.*)")


@dataclass(slots=True)
class Close:
    """Where the text ends: `start` is the signature's first item, `end` the first after it."""

    start: int
    end: int
    lines: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()
    written: date | None = None


def find_signature(items: Sequence[Item], begin: int) -> Close | None:
    """The first organ with a date under or beside it; later ones belong to appended texts.

    A date no organ signs counts only when there is no other, as when the seal names the organ.
    """
    unsigned: Close | None = None
    for place in range(begin, len(items)):
        item = items[place]
        if not isinstance(item, Line):
            continue
        beside = split_trailing_date(item.text)
        if beside and _is_signer(beside[0], strictly=True):
            return Close(place, place + 1, beside, _organs([beside[0]]), as_date(beside[1]))
        written = as_date(item.text)
        if written is None:
            continue
        start = place
        while start > begin and place - start < _MAX_SIGNERS:
            above = items[start - 1]
            if not isinstance(above, Line) or not _is_signer(above.text, strictly=start < place):
                break
            start -= 1
        signers = [i.text for i in items[start:place] if isinstance(i, Line)]
        close = Close(start, place + 1, (*signers, item.text), _organs(signers), written)
        if close.organs:
            return close
        unsigned = unsigned or close
    return unsigned


def is_remark(item: Item) -> bool:
    return isinstance(item, Line) and len(item.text) <= 40 and bool(_REMARK.fullmatch(item.text))


def is_imprint(item: Item) -> bool:
    """版记: 抄送 and 印发 lines, alone or in the ruled table they are often set in."""
    if isinstance(item, Line):
        return len(item.text) <= 300 and _IMPRINT.fullmatch(item.text) is not None
    cells = [cell for row in (item.header, *item.rows) for cell in row if cell]
    joined = [" ".join(cell for cell in row if cell) for row in (item.header, *item.rows)]
    if len(cells) > 8 or sum(map(len, cells)) > 600:
        return False
    return any(_IMPRINT.fullmatch(" ".join(text.split())) for text in [*cells, *joined])


@dataclass(slots=True)
class Listing:
    """Titles under 附件： with their numbers, and the items left once they are taken out."""

    named: list[tuple[int | None, str]] = field(default_factory=list)
    rest: list[Item] = field(default_factory=list)


def take_listing(items: Sequence[Item]) -> Listing:
    """Take the 附件： list out of the text before the signature."""
    listing = Listing()
    inside = False
    for item in items:
        text = item.text if isinstance(item, Line) else ""
        match = _LISTING.fullmatch(text)
        if match:
            inside = True
            number = to_int(match[1]) if match[1] else None
            listing.named += [(n if n is not None else number, t) for n, t in _titles(match[2])]
        elif inside and numbered_level(text) == 3:
            listing.named += _titles(text)
        else:
            inside = False
            listing.rest.append(item)
    if len({number for number, _ in listing.named}) < len(listing.named):
        listing.named = [(i, title) for i, (_, title) in enumerate(listing.named, start=1)]
    return listing


def leading_listing(items: Sequence[Item]) -> int:
    """How many items of a 附件： list stand at the start, as in papers that put it last."""
    first = items[0] if items else None
    match = _LISTING.fullmatch(first.text) if isinstance(first, Line) else None
    if match is None:
        return 0
    count = 1
    while count < len(items) and _is_listed(items[count]):
        count += 1
    return count if count == len(items) or re.match(r"\d", match[2]) else 0


def _is_listed(item: Item) -> bool:
    return isinstance(item, Line) and bool(
        numbered_level(item.text) == 3 or _LISTING.fullmatch(item.text)
    )


def marker(item: Item) -> tuple[int | None, str] | None:
    """(number, title) when the line opens an appended attachment: 附件2, 附件：, 附件1：名单."""
    if isinstance(item, Table):
        return None
    match = _MARKER.fullmatch(item.text)
    if match:
        return (to_int(match[1]) if match[1] else None), ""
    match = _TITLED_MARKER.fullmatch(item.text)
    if match and not re.search(r"[。；，]|^\d{1,2}[.．、]", match[2]):
        return (to_int(match[1]) if match[1] else None), match[2]
    return None


def take_title(items: Sequence[Item]) -> tuple[str, int]:
    """The title an appended text begins with, and how many items it takes; ("", 0) for none."""
    pieces: list[str] = []
    for item in items[:4]:
        if not isinstance(item, Line) or not _is_title_line(item.text):
            break
        # Only centred lines are known to belong together.
        if pieces and not item.centred:
            break
        pieces.append(item.text)
        if not item.centred:
            break
    return "".join(pieces), len(pieces)


def _is_title_line(text: str) -> bool:
    return (
        len(text) <= 60
        and not re.search("[。；：，！]$", text)
        and not numbered_level(text)
        and chapter(text) is None
        and not re.match(r"第[一二三四五六七八九十百\d]+条|目\s*录$", text)
        and not (_REMARK.fullmatch(text) and re.search(r"\d年|[〇一二三四五六七八九]年", text))
    )


def _titles(text: str) -> list[tuple[int | None, str]]:
    parts = re.split(r"(?:^|(?<=\s))(\d{1,2})[.．、]\s*(?!\d)", text)
    found = [(None, parts[0])] + [
        (int(n), t) for n, t in zip(parts[1::2], parts[2::2], strict=True)
    ]
    return [(n, t.strip(" 　。；;")) for n, t in found if t.strip(" 　。；;")]


def _is_signer(text: str, strictly: bool) -> bool:
    if (
        len(text) > 60
        or re.search("[。；：，！？、]|^(特此|此致|专此|以上)", text)
        or numbered_level(text)
    ):
        return False
    squeezed = re.sub(r"\s", "", text)
    if re.search(ORGAN_END, squeezed):
        return True
    return not strictly and re.fullmatch("[\u4e00-\u9fff]{2,30}", squeezed) is not None


def _organs(signers: Sequence[str]) -> tuple[str, ...]:
    organs: list[str] = []
    for text in signers:
        pieces = text.split()
        if not re.search(ORGAN_END, "".join(pieces)):
            continue
        # 青禾县教育局　青禾县财政局 are two; 教 育 局 is one, spaced out.
        together = all(len(p) > 2 and re.search(ORGAN_END, p) for p in pieces)
        organs += pieces if together else ["".join(pieces)]
    return tuple(organs)
