"""A reader's query as terms, each with the sequences of tokens (streams.py) that answer it.

Engines join the terms (all of them, or any), and within a term any alternative will do. No engine
ever sees the text of a query, only tokens made of letters and digits, so nothing a reader types
can be taken for an operator.
"""

from dataclasses import dataclass

from search.normalising import fold
from search.numbers import find_numbers_in_query
from search.pinyin import LONGEST_INITIALS
from search.segmenting import LONGEST_TOKEN, STOP_WORDS, Piece, exact_words_of_run, pieces
from search.streams import SENTENCE_END, pairs, word_token

LONGEST_QUERY = 256
MOST_TERMS = 24
INITIALS_MARK = "p"

# What readers write before a number.
NUMBER_WORDS = frozenset(
    ["文号", "字号", "发文", "发文字号", "索引号", "索引", "文件", "编号", "号"]
)
# Between two parts of one expression: 2026-09-08, 3.5, l'amour.
_JOINERS = frozenset("-./:_'’@&+")


@dataclass(frozen=True)
class Sequence:
    """Tokens that stand one after another; with `prefix` the last need only begin so."""

    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True)
class Term:
    """One thing a reader asks for: `parts` as folded text (for highlighting), and what finds it."""

    parts: tuple[str, ...]
    alternatives: tuple[Sequence, ...]
    number: str = ""

    @property
    def text(self) -> str:
        return "".join(self.parts)


def parse_terms(query: str, *, unfinished: bool = False) -> list[Term]:
    """The terms of a query, without repetition, at most `MOST_TERMS`.

    With `unfinished` the last word may be the beginning of one, and a word of Latin letters may be
    pinyin initials: for suggestions. Words of grammar, and single characters that the segmenter left
    over between words (打, 办, 县 …), are dropped where other terms remain.
    """
    terms, telling = _parsed(query, unfinished=unfinished)
    return (telling or terms)[:MOST_TERMS]


def has_telling_terms(query: str) -> bool:
    """Whether a query has anything but words of grammar and characters left over."""
    return bool(_parsed(query, unfinished=False)[1])


def _parsed(query: str, *, unfinished: bool) -> tuple[list[Term], list[Term]]:
    """All terms of a query, and those of them that say what is looked for."""
    folded = fold(query[:LONGEST_QUERY])
    terms: list[Term] = []
    if not unfinished:
        for number in reversed(find_numbers_in_query(folded)):
            alternative = Sequence((number.token,))
            terms.append(Term((folded[number.start : number.end],), (alternative,), number.token))
            folded = folded[: number.start] + " " + folded[number.end :]
    untold = STOP_WORDS | NUMBER_WORDS if terms else STOP_WORDS
    expressions = _expressions(folded)
    if not unfinished:
        untold |= {parts[0].text for parts in expressions if _is_left_over(parts, folded)}
    for place, parts in enumerate(expressions):
        is_last = place == len(expressions) - 1
        terms.append(_term(parts, unfinished=unfinished and is_last))
    terms = list(dict.fromkeys(terms))
    return terms, [term for term in terms if term.text not in untold]


def parse_phrase(phrase: str) -> Term | None:
    """The phrase as one term that stands in a text as it is, or None when it has no letter or digit."""
    found = list(pieces(fold(phrase[:LONGEST_QUERY])))
    while found and found[0].kind == "stop":
        found.pop(0)
    while found and found[-1].kind == "stop":
        found.pop()
    if not found:
        return None
    parts = tuple(piece.text for piece in found)
    return Term(parts, (_sequence(found),))


def _expressions(folded: str) -> list[tuple[Piece, ...]]:
    """Words, and what belongs to one word: 2026年, 12号, 3.5, 2026-09-08."""
    expressions: list[tuple[Piece, ...]] = []
    for piece in pieces(folded):
        if piece.kind == "stop":
            continue
        if piece.kind == "han":
            at = piece.start
            for word in exact_words_of_run(piece.text):
                part = Piece("han", word, at, at + len(word))
                at = part.end
                if len(word) == 1 and _touches(expressions, part):
                    expressions[-1] += (part,)
                else:
                    expressions.append((part,))
        elif _is_joined(expressions, piece, folded):
            expressions[-1] += (piece,)
        else:
            expressions.append((piece,))
    return expressions


def _is_left_over(parts: tuple[Piece, ...], folded: str) -> bool:
    """Whether this is a single Han character with others beside it; one typed by itself is meant."""
    piece = parts[0]
    if len(parts) > 1 or piece.kind != "han" or len(piece.text) > 1:
        return False
    beside = folded[max(0, piece.start - 1) : piece.start] + folded[piece.end : piece.end + 1]
    return any(each.kind == "han" for each in pieces(beside))


def _touches(expressions: list[tuple[Piece, ...]], part: Piece) -> bool:
    """Whether the part directly follows a number or foreign word."""
    return bool(expressions) and (
        expressions[-1][-1].kind == "word" and expressions[-1][-1].end == part.start
    )


def _is_joined(expressions: list[tuple[Piece, ...]], piece: Piece, folded: str) -> bool:
    if not expressions or expressions[-1][-1].kind != "word":
        return False
    before = expressions[-1][-1]
    return piece.start - before.end == 1 and folded[before.end] in _JOINERS


def _term(parts: tuple[Piece, ...], *, unfinished: bool) -> Term:
    texts = tuple(piece.text for piece in parts)
    alternatives = [_sequence(list(parts), unfinished=unfinished)]
    only = parts[0] if len(parts) == 1 else None
    if only and only.kind == "han":
        alternatives.append(Sequence((word_token(only.text),)))
    elif only and unfinished and only.text.isascii() and only.text.isalpha():
        initials = INITIALS_MARK + only.text[:LONGEST_INITIALS]
        alternatives.append(Sequence((initials,), prefix=True))
    return Term(texts, tuple(alternatives))


def _sequence(parts: list[Piece], *, unfinished: bool = False) -> Sequence:
    tokens: list[str] = []
    prefix = False
    for place, piece in enumerate(parts):
        is_last = place == len(parts) - 1
        if piece.kind == "stop":
            tokens.append(SENTENCE_END)
        elif piece.kind == "word":
            tokens.append(piece.text[:LONGEST_TOKEN])
            prefix = is_last and unfinished
        else:
            # What follows the run in the text is unknown, so its last character alone is left out,
            # and a run of one character is the beginning of whatever pair it opens.
            prefix = is_last and len(piece.text) == 1
            tokens += [piece.text] if prefix else pairs(piece.text, last=not is_last)
    return Sequence(tuple(tokens), prefix)
