"""Pinyin initials, by which a reader may ask for a suggestion (ywjy finds 义务教育)."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from search.normalising import fold
from search.segmenting import exact_words_of_run, pieces

LONGEST_INITIALS = 12


@lru_cache(maxsize=4096)
def initials_of_word(word: str) -> str:
    """The first letter of each syllable; characters without a reading are left out."""
    letters = lazy_pinyin(word, style=Style.FIRST_LETTER, errors="ignore")
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


def pinyin_initials(text: str) -> list[str]:
    """Initials of the text from the beginning of each of its words, at most `LONGEST_INITIALS` letters each.

    A reader who types the initials of any word, and goes on to the next ones, finds the text.
    """
    found: dict[str, None] = {}
    for piece in pieces(fold(text)):
        if piece.kind != "han":
            continue
        words = [initials_of_word(word) for word in exact_words_of_run(piece.text)]
        for at in range(len(words)):
            if initials := "".join(words[at : at + LONGEST_INITIALS])[:LONGEST_INITIALS]:
                found[initials] = None
    return list(found)
