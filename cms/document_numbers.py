"""Document numbers (发文字号) in their one normal form, such as 青政办〔2026〕12号."""

from __future__ import annotations

import re
import unicodedata

_SHAPE = re.compile(
    r"(?P<prefix>[^\s\d〔〕]{1,20})\s*[〔\[（(【<《]\s*(?P<year>\d{4})\s*[〕\]）)】>》]\s*"
    r"(?:第\s*)?(?P<number>\d{1,5})\s*号?"
)


def normalise(text: str) -> str:
    """`text` with 〔〕 brackets, half-width digits and no spaces; unchanged where it is no number."""
    folded = unicodedata.normalize("NFKC", text).strip()
    found = _SHAPE.fullmatch(folded)
    if found is None:
        return text.strip()
    return f"{found['prefix']}〔{found['year']}〕{int(found['number'])}号"
