"""The user dictionary of the segmenter: words of administration that a general dictionary does not hold.

Other parts of the project register where such words come from (names of catalogue items, organs,
synonyms); the segmenter asks them when it is first used and again after `refresh()`. An outdated
dictionary costs a little order among the results and never a result, for the index also holds
pairs of characters (see streams.py).
"""

import logging
import re
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from rjieba import Jieba

from search.normalising import fold
from search.numbers import HAN

logger = logging.getLogger(__name__)

Provider = Callable[[], Iterable[str]]

LONGEST_WORD = 20
WORDS = Path(__file__).parent / "words"
_RUN = re.compile(rf"[{HAN}]{{2,{LONGEST_WORD}}}")

# Words of this trade, each common in titles and missing from or divided by the general dictionary.
BUILT_IN = (WORDS / "administration.txt").read_text(encoding="utf-8").split()

_providers: dict[str, Provider] = {}
_lock = threading.Lock()
_jieba: Jieba | None = None


def register_words(name: str, provider: Provider) -> None:
    """Let `provider` give words to the dictionary; a second registration under `name` replaces the first."""
    _providers[name] = provider
    refresh()


def refresh() -> None:
    """Build the dictionary anew at its next use, in this process."""
    global _jieba
    with _lock:
        _jieba = None


def segmenter() -> Jieba:
    """The segmenter with every registered word.

    It is built once and then only read: a dictionary that is added to while another thread cuts
    with it fails, so a change builds a new one.
    """
    global _jieba
    current = _jieba
    if current is None:
        with _lock:
            if _jieba is None:
                _jieba = _build()
            current = _jieba
    return current


def _build() -> Jieba:
    jieba = Jieba()
    for word in BUILT_IN:
        jieba.add_word(word, None, None)
    for name, provider in _providers.items():
        try:
            words = list(provider())
        except Exception:
            # Search without a county's own words is better than no search; the cause is in the log.
            logger.exception("The dictionary words of %r could not be read", name)
            continue
        for word in words:
            folded = fold(word).strip()
            if _RUN.fullmatch(folded) and not jieba.has_word(folded):
                jieba.add_word(folded, None, None)
    return jieba
