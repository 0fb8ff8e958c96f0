"""modelsearch's query classes as one expression of a full-text engine.

Full-text engines cannot match "everything but": a negation is kept outside of the expression as
long as possible, and given to the engine only as "this but not that".
"""

from dataclasses import dataclass, replace
from functools import reduce
from typing import Protocol

from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from search.terms import Sequence, parse_phrase, parse_terms


class Writer(Protocol):
    """How an engine writes its expressions; operands are expressions it wrote."""

    def sequence(self, sequence: Sequence) -> str: ...
    def all_of(self, expressions: list[str]) -> str: ...
    def any_of(self, expressions: list[str]) -> str: ...
    def but_not(self, expression: str, unwanted: str) -> str: ...


@dataclass(frozen=True)
class Match:
    """What matches the expression, or when `negated` what does not; no expression matches nothing."""

    expression: str = ""
    negated: bool = False

    def __invert__(self) -> "Match":
        return replace(self, negated=not self.negated)


NOTHING = Match()
EVERYTHING = ~NOTHING


def match_of(query: SearchQuery, writer: Writer, *, unfinished: bool = False) -> Match:
    """The match of a query; raises NotImplementedError for query classes that need a spelling index."""
    if isinstance(query, MatchAll):
        return EVERYTHING
    if isinstance(query, PlainText):
        terms = parse_terms(query.query_string, unfinished=unfinished)
        found = [
            Match(_any(writer, [writer.sequence(each) for each in term.alternatives]))
            for term in terms
        ]
        return _joined(found, writer, all_of=query.operator == "and") if found else NOTHING
    if isinstance(query, Phrase):
        term = parse_phrase(query.query_string)
        return Match(writer.sequence(term.alternatives[0])) if term else NOTHING
    if isinstance(query, Boost):
        return match_of(query.subquery, writer, unfinished=unfinished)
    if isinstance(query, Not):
        return ~match_of(query.subquery, writer, unfinished=unfinished)
    if isinstance(query, And | Or):
        found = [match_of(part, writer, unfinished=unfinished) for part in query.subqueries]
        return _joined(found, writer, all_of=isinstance(query, And))
    raise NotImplementedError(f"{type(query).__name__} queries are not supported by this engine.")


def _any(writer: Writer, expressions: list[str]) -> str:
    return expressions[0] if len(expressions) == 1 else writer.any_of(expressions)


def _joined(matches: list[Match], writer: Writer, *, all_of: bool) -> Match:
    if all_of:
        return _all(matches, writer) if matches else EVERYTHING
    # One of these = not (none of these).
    return ~_all([~match for match in matches], writer) if matches else NOTHING


def _all(matches: list[Match], writer: Writer) -> Match:
    if NOTHING in matches:
        return NOTHING
    wanted = [match.expression for match in matches if not match.negated]
    unwanted = [match.expression for match in matches if match.negated and match != EVERYTHING]
    if not wanted:
        return Match(_any(writer, unwanted), negated=True) if unwanted else EVERYTHING
    expression = wanted[0] if len(wanted) == 1 else writer.all_of(wanted)
    return Match(reduce(writer.but_not, unwanted, expression))
