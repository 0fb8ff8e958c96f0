"""How much of each kind stays readable: the rules that administrators see, and masking a text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from .kinds import Kind
from .words import words

STAR = "*"


class Span(Protocol):
    """A kind at a stretch of text; both hits and findings are."""

    @property
    def kind(self) -> Kind: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def rule(self) -> str: ...


@dataclass(frozen=True, slots=True)
class MaskRule:
    """Of the letters and digits, the first `head` and the last `tail` stay; separators stay too."""

    head: int = 0
    tail: int = 0


MASK_RULES: dict[Kind, MaskRule] = {
    Kind.ID_CARD: MaskRule(3, 4),
    Kind.MOBILE: MaskRule(3, 4),
    Kind.BANK_CARD: MaskRule(0, 4),
    Kind.PASSPORT: MaskRule(1, 2),
    Kind.PLATE: MaskRule(2, 2),
    Kind.EMAIL: MaskRule(1, 0),
    Kind.ADDRESS: MaskRule(),
    Kind.MINOR: MaskRule(1, 0),
    Kind.ILLNESS: MaskRule(1, 0),
    Kind.DICTIONARY: MaskRule(),
}
"""Of an e-mail only the part before the @ is masked; of a name the family name stays, which may
have two characters; of an address everything down to the street, village or estate stays."""

NAME_BESIDE = "name_beside"
_UNITS = re.compile(
    r".*(?:省|自治区|市|州|盟|区|县|旗|镇|乡|街道|办事处|村|社区|屯|小区|花园|家园|公寓|苑|"
    r"家属院|大道|大街|路|街|巷|胡同|弄)(?=.*[\d一二三四五六七八九十])"
)
_TRUNK = re.compile(r"\+?(?:00)?86[ \-]?(?=1)")


def is_maskable(kind: Kind) -> bool:
    """True for kinds of which a part can be blotted out; marks and hidden parts cannot."""
    return kind in MASK_RULES


def _starred(text: str, head: int, tail: int) -> str:
    places = [index for index, char in enumerate(text) if char.isalnum()]
    hidden = set(places[head : len(places) - tail if tail else None])
    return "".join(STAR if index in hidden else char for index, char in enumerate(text))


def mask_name(name: str) -> str:
    """The family name and stars: 欧阳娜娜 becomes 欧阳**."""
    head = 2 if name[:2] in words("compound_surnames") and len(name) > 2 else 1
    return _starred(name, head, 0)


def mask_value(value: str, kind: Kind, rule: str = "") -> str:
    """`value` as it may be shown, with as many characters as before.

    Raises:
        KeyError: nothing of this kind can be masked (see `is_maskable`).
    """
    if rule.endswith(NAME_BESIDE) or kind in (Kind.MINOR, Kind.ILLNESS):
        return mask_name(value)
    if kind is Kind.EMAIL:
        cut = re.search(r"\s?(?:[@#＠]|[\[(（]\s?(?:at|AT)| at )", value)
        at = cut.start() if cut else len(value)
        return _starred(value[:at], 1, 0) + value[at:]
    if kind is Kind.ADDRESS:
        open_part = _UNITS.match(value)
        kept = open_part.end() if open_part else 0
        return value[:kept] + _starred(value[kept:], 0, 0)
    trunk = _TRUNK.match(value) if kind is Kind.MOBILE else None
    kept = trunk.end() if trunk else 0
    shape = MASK_RULES[kind]
    return value[:kept] + _starred(value[kept:], shape.head, shape.tail)


def mask_text(text: str, findings: Iterable[Span]) -> str:
    """`text` with every maskable finding masked in place; its length does not change.

    Offsets are those of the findings (characters of this very text). Kinds that cannot be masked
    are left alone: they are settled by removing or by a ground.

    Raises:
        ValueError: a finding lies outside the text, so it belongs to another text.
    """
    pieces = list(text)
    for span in findings:
        if not is_maskable(span.kind):
            continue
        if not 0 <= span.start <= span.end <= len(text):
            raise ValueError(f"finding at {span.start}:{span.end} is outside a text of {len(text)}")
        masked = mask_value(text[span.start : span.end], span.kind, span.rule)
        for offset, char in enumerate(masked, span.start):
            if char == STAR:
                pieces[offset] = STAR
    return "".join(pieces)


def excerpt(text: str, spans: Sequence[Span], start: int, end: int, around: int = 8) -> str:
    """The stretch `start:end` of `text` and a little around it, everything personal masked.

    Terms of the dictionary stay readable: the reviewer has to judge them.
    """
    left = max(0, start - around)
    right = min(len(text), end + around)
    touching = [
        s for s in spans if s.start < right and s.end > left and s.kind is not Kind.DICTIONARY
    ]
    low = min([left, *(span.start for span in touching)])
    high = max([right, *(span.end for span in touching)])
    local = [_Shifted(s.kind, s.start - low, s.end - low, s.rule) for s in touching]
    masked = mask_text(text[low:high], local)
    return " ".join(masked[left - low : right - low].split())


@dataclass(frozen=True, slots=True)
class _Shifted:
    kind: Kind
    start: int
    end: int
    rule: str
