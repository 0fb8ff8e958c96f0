"""What the index holds of a text: one stream of tokens, the same for every engine.

First the text in its order, each run of Han characters as overlapping pairs and its last character
(征地补偿 → 征地 地补 补偿 偿), other words as they are, and a mark where a sentence ends. A word of
two characters is then one token, a longer one or a phrase a sequence of tokens, a single character
the beginning of a token: whatever stands in the text is found, however it was cut into words.
Then its words (marked, so that 人大 in 法人大会 is a pair but no word) and its numbers: they decide
the order of what is found.
"""

from search.normalising import fold
from search.numbers import find_numbers
from search.segmenting import LONGEST_TOKEN, pieces, words_of_run

# Longer texts are cut: PostgreSQL refuses a text-search vector over 1 MB.
LONGEST_TEXT = 100_000

# Full-text tokenizers take private-use characters for parts of words.
SENTENCE_END = "\ue000"
WORD_MARK = "w"


def word_token(word: str) -> str:
    """The token of a Han word; no pair of characters and no foreign word looks like it."""
    return WORD_MARK + word


def pairs(run: str, *, last: bool = True) -> list[str]:
    """A run of Han characters as overlapping pairs, and with `last` its last character."""
    found = [run[at : at + 2] for at in range(len(run) - 1)]
    return [*found, run[-1]] if last else found


def text_tokens(folded: str) -> list[str]:
    """The first part of the stream: the text in its order."""
    tokens: list[str] = []
    for piece in pieces(folded):
        if piece.kind == "han":
            tokens += pairs(piece.text)
        elif piece.kind == "word":
            tokens.append(piece.text[:LONGEST_TOKEN])
        else:
            tokens.append(SENTENCE_END)
    return tokens


def word_tokens(folded: str) -> list[str]:
    """The second part of the stream: words and numbers."""
    tokens: list[str] = []
    for piece in pieces(folded):
        if piece.kind == "han":
            tokens += [word_token(word) for word in words_of_run(piece.text)]
    for number in find_numbers(folded):
        tokens += number.tokens_for_index()
    return tokens


def index_tokens(text: str) -> list[str]:
    """The whole stream of a text, of which the first `LONGEST_TEXT` characters count."""
    folded = fold(text[:LONGEST_TEXT])
    return [*text_tokens(folded), SENTENCE_END, *word_tokens(folded), SENTENCE_END]
