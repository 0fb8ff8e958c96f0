"""What a scan can find: kinds, severities and the finding itself.

Personal data is masked before disclosure (政府信息公开条例 Art 15; 国办发〔2019〕61号 and local
rules except 惩戒性公示 and 强制性信息披露); marks of secrecy follow 保密法 2024 Art 23 and 35.
"""

import hmac
from dataclasses import asdict, dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The sixteen kinds of issue 7; the values are the ones `manage.py scan --json` prints."""

    ID_CARD = "id_card"
    MOBILE = "mobile"
    BANK_CARD = "bank_card"
    PASSPORT = "passport"
    PLATE = "plate"
    EMAIL = "email"
    ADDRESS = "address"
    MINOR = "minor"
    ILLNESS = "illness"
    SECRET_MARK = "secret_mark"
    INTERNAL_MARK = "internal_mark"
    DICTIONARY = "dictionary"
    HIDDEN_CONTENT = "hidden_content"
    METADATA = "metadata"
    AGGREGATION = "aggregation"
    UNREADABLE = "unreadable"


class Severity(StrEnum):
    """How much harm publication would do; it orders the reviewer's list."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a reviewer has to settle.

    `start` and `end` are offsets in characters into the text that stands at `place`, as it was
    written (before normalisation); both are 0 where there is no text (`unreadable`).
    `excerpt` is already masked; the open text is never part of a finding. `text_hash` tells
    whether two findings are about the same text: a keyed hash, or "" where no key was given.
    """

    file: str
    place: str
    kind: Kind
    severity: Severity
    rule: str
    excerpt: str
    start: int
    end: int
    message: str
    text_hash: str = ""

    def as_dict(self) -> dict[str, str | int]:
        """Plain values, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, str | int]) -> "Finding":
        """The finding that `as_dict` was made from.

        Raises:
            KeyError: a field is missing.
            ValueError: the kind or severity is unknown.
        """
        return cls(
            file=str(values["file"]),
            place=str(values["place"]),
            kind=Kind(str(values["kind"])),
            severity=Severity(str(values["severity"])),
            rule=str(values["rule"]),
            excerpt=str(values["excerpt"]),
            start=int(values["start"]),
            end=int(values["end"]),
            message=str(values["message"]),
            text_hash=str(values.get("text_hash", "")),
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """What a detector reports, in offsets of the text it was given."""

    kind: Kind
    rule: str
    start: int
    end: int
    severity: Severity
    detail: str = ""


def keyed_hash(key: bytes, text: str) -> str:
    """HMAC-SHA-256 of `text` without its blanks, 64 hexadecimal digits; "" without a key.

    Keyed, because a number of eighteen digits is soon guessed from a plain hash.
    """
    if not key:
        return ""
    return hmac.new(key, "".join(text.split()).encode(), "sha256").hexdigest()
