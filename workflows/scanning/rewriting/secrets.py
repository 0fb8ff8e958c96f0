"""The open texts behind findings, and where they stand in any other text.

A finding says only where; the words are read again from the file itself, so that they are kept
nowhere else.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..items import Passage
from ..kinds import Finding, Kind
from ..limits import Budget, Limits, Unreadable
from ..masking import STAR, is_maskable, mask_value
from ..readers.dispatch import read
from ..words import place


@dataclass(frozen=True, slots=True)
class _Secret:
    raw: str
    masked: str
    pattern: re.Pattern[str]


class Secrets:
    """Texts to be masked; knows which characters of a text have to go."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        longest_first = sorted(dict(pairs).items(), key=lambda pair: -len(pair[0]))
        self._all = [
            _Secret(raw, masked, _pattern(raw)) for raw, masked in longest_first if raw != masked
        ]

    def __bool__(self) -> bool:
        return bool(self._all)

    @property
    def raws(self) -> list[str]:
        return [secret.raw for secret in self._all]

    def positions(self, text: str) -> set[int]:
        """The offsets in `text` of characters to be blotted out."""
        found: set[int] = set()
        for secret in self._all:
            for match in secret.pattern.finditer(text):
                found |= _aligned(secret, text, match.start(), match.end())
        return found

    def masked(self, text: str) -> str:
        """`text` with stars in the place of what has to go."""
        gone = self.positions(text)
        if not gone:
            return text
        return "".join(STAR if index in gone else char for index, char in enumerate(text))

    def leak(self, data: bytes) -> bool:
        """True where one of the texts stands in the bytes in any usual encoding."""
        for raw in self.raws:
            for codec in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
                if raw.encode(codec) in data:
                    return True
        return False


def _pattern(raw: str) -> re.Pattern[str]:
    """Blanks in the text may be any blanks, because lines are broken elsewhere in other parts."""
    return re.compile(r"\s+".join(re.escape(piece) for piece in raw.split()) or r"(?!)")


def _aligned(secret: _Secret, text: str, start: int, end: int) -> set[int]:
    solid = [index for index in range(start, end) if not text[index].isspace()]
    kept = [char for raw, char in zip(secret.raw, secret.masked, strict=True) if not raw.isspace()]
    return {
        index
        for index, char in zip(solid, kept, strict=True)
        if char == STAR and text[index] != STAR
    }


def _texts(data: bytes, name: str, limits: Limits) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in read(data, name, Budget(limits)):
        if isinstance(item, Passage):
            if item.cells:
                for cell in item.cells:
                    found.setdefault(cell.place, []).append(item.text[cell.start : cell.end])
            else:
                found.setdefault(item.place, []).append(item.text)
    return found


def secrets_of(data: bytes, name: str, findings: Sequence[Finding], limits: Limits) -> Secrets:
    """The texts of those findings that can be masked.

    Raises:
        Unreadable: a finding does not fit this file.
    """
    wanted = [f for f in findings if is_maskable(f.kind) and f.place != place("file_name")]
    texts = _texts(data, name, limits) if wanted else {}
    pairs = []
    for finding in wanted:
        pair = next(
            (
                (raw, masked)
                for text in texts.get(finding.place, ())
                for raw in [text[finding.start : finding.end]]
                if raw.strip()
                for masked in [mask_value(raw, finding.kind, finding.rule)]
                for shown in [raw if finding.kind is Kind.DICTIONARY else masked]
                if "".join(shown.split()) in "".join(finding.excerpt.split())
            ),
            None,
        )
        if pair is None:
            raise Unreadable("other_file", place=finding.place)
        pairs.append(pair)
    return Secrets(pairs)


def all_text(data: bytes, name: str, limits: Limits) -> str:
    """Every text a reader can get out of the file, for checking a copy."""
    return "\n".join(text for texts in _texts(data, name, limits).values() for text in texts)
