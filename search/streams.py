"""What the index holds of a text: one stream of tokens, the same for every engine.

First the text in its order, each run of Han characters as overlapping pairs and its last character
(征地补偿 → 征地 地补 补偿 偿), other words as they are, and a mark where a sentence ends. A word of
two characters is then one token, a longer one or a phrase a sequence of tokens, a single character
the beginning of a token: whatever stands in the text is found, however it was cut into words.
Then its words (marked, so that 人大 in 法人大会 is a pair but no word) and its numbers: they decide
the order of what is found.
"""

from dataclasses import dataclass

from search.dictionary import segmenter
from search.normalising import fold
from search.numbers import find_numbers
from search.segmenting import LONGEST_TOKEN, pieces

# What a text has after so many characters is not searched.
LONGEST_TEXT = 100_000

# Full-text tokenizers take private-use characters for parts of words.
SENTENCE_END = "\ue000"
WORD_MARK = "w"


@dataclass(frozen=True, slots=True)
class Token:
    """One token and its place in the stream, from 1; a word has the place of its first character."""

    text: str
    position: int


def word_token(word: str) -> str:
    """The token of a Han word; no pair of characters and no foreign word looks like it."""
    return WORD_MARK + word


def pairs(run: str, *, last: bool = True) -> list[str]:
    """A run of Han characters as overlapping pairs, and with `last` its last character."""
    found = [run[at : at + 2] for at in range(len(run) - 1)]
    return [*found, run[-1]] if last else found


def index_tokens(text: str) -> list[Token]:
    """The whole stream of a text, of which the first `LONGEST_TEXT` characters count."""
    folded = fold(text[:LONGEST_TEXT])
    cut = segmenter()
    in_order: list[Token] = []
    words: list[Token] = []
    positions: dict[int, int] = {}
    for piece in pieces(folded):
        position = positions[piece.start] = len(in_order) + 1
        if piece.kind == "han":
            in_order += [Token(pair, position + at) for at, pair in enumerate(pairs(piece.text))]
            words += [
                Token(word_token(word), position + start)
                for word, start, _end in cut.tokenize(piece.text, mode="search")
            ]
        else:
            token = piece.text[:LONGEST_TOKEN] if piece.kind == "word" else SENTENCE_END
            in_order.append(Token(token, position))
    end = Token(SENTENCE_END, len(in_order) + 1)
    for number in find_numbers(folded):
        position = next((positions[at] for at in range(number.start, -1, -1) if at in positions), 1)
        words += [Token(token, position) for token in number.tokens_for_index()]
    return [*in_order, end, *words]


def token_texts(text: str) -> str:
    """The stream as one text with blanks between tokens, for engines that count places themselves."""
    return " ".join(token.text for token in index_tokens(text))
