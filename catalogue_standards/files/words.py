"""The words of catalogue tables (words.toml), ready to be looked up."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
STARTER = _HERE.parent / "starter"
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")

WORDS: dict[str, Any] = tomllib.loads((_HERE / "words.toml").read_text(encoding="utf-8"))
CELLS: dict[str, list[str]] = WORDS["cells"]
MARKED_FIELDS = ("channels", "audience", "method", "levels")  # may have a column for each value


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """`text` for comparison: widths evened out (NFKC), no white space, no case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def heading_key(text: str) -> str:
    """A heading for comparison: as `plain`, without its notes in brackets and end punctuation."""
    key = plain(text)
    bare = _BRACKETED.sub("", key).strip(':*;,。.、“”"')
    return bare or key


FIELD_OF_HEADING = {
    heading_key(heading): name
    for name, headings in WORDS["headings"].items()
    for heading in headings
}
VALUE_OF_HEADING = {
    name: {heading_key(h): value for value, headings in values.items() for h in headings}
    for name, values in WORDS["values"].items()
}


@cache
def starter_domains() -> tuple[str, ...]:
    """The names, present and former, of the domains of the starter edition."""
    rows = tomllib.loads((STARTER / "domains.toml").read_text(encoding="utf-8"))["domain"]
    return tuple(n for row in rows for n in (row["name"], row.get("former_name", "")) if n)


@cache
def usual_channels() -> frozenset[str]:
    """Names and other names of the usual channels, as `heading_key` writes them."""
    rows = tomllib.loads((STARTER / "channels.toml").read_text(encoding="utf-8"))["channel"]
    return frozenset(heading_key(n) for row in rows for n in (row["name"], *row.get("aliases", [])))
