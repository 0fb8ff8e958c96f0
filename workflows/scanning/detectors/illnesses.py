"""The words for illnesses and disabilities."""

import re
from functools import cache

from ..words import words


@cache
def illness_word() -> re.Pattern[str]:
    """The listed words alone, longest first."""
    longest_first = sorted(words("illnesses"), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)))


@cache
def illness() -> re.Pattern[str]:
    """The listed words, and forms built from them: any cancer, syndrome or graded disability."""
    return re.compile(
        illness_word().pattern
        + r"|(?:(?![患因为了做系有得、])[\u4e00-\u9fff]){1,3}癌|[\u4e00-\u9fff]{1,4}综合征"
        r"|(?:肢体|智力|精神|视力|听力|言语|多重)[一二三四1-4]级(?:残疾)?|[一二三四1-4]级(?:伤残|残疾)"
    )
