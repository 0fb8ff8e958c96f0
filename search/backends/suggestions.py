"""What suggestions are made of: the text's own tokens, and its pinyin initials."""

from search.pinyin import pinyin_initials
from search.streams import index_tokens
from search.terms import INITIALS_MARK


def suggestion_words(texts: list[str]) -> list[str]:
    words: list[str] = []
    for text in texts:
        words += [token.text for token in index_tokens(text)]
        words += [INITIALS_MARK + initials for initials in pinyin_initials(text)]
    return words


def suggestion_tokens(texts: list[str]) -> str:
    return " ".join(suggestion_words(texts))
