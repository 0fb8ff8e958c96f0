"""In which order results stand. The words weigh first (search.weights), then what is said here.

1. A piece whose document number or index number was asked for stands before everything else.
2. What no longer binds counts half of what its words would give it, so that policies in force stand
   before repealed ones of the same words.
3. A policy says what holds, its interpretation what it means, a row of the catalogue only what will be
   published: in this order they count more or less than single disclosures. What serves people
   directly (guides, answers: stage 服务公开) counts a little more than reports of what was done.
4. What is new counts a little more than what is old: enough to order what is otherwise equal, as the
   months of one series.

Set by bench/relevance.py, within what the sentences above say: the figures change little around here.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import mul
from typing import TypeAlias

from django.db.models import Case, Expression, F, FloatField, IntegerField, OrderBy, Q, Value, When
from django.utils import timezone

from catalogue_standards.enums import Stage
from cms.enums import Validity
from search.kinds import Kind
from search.normalising import fold
from search.numbers import find_numbers_in_query
from search.validity import conditions

#: Conditions with what each is worth; the first that holds counts, and none means 1.
Factor: TypeAlias = list[tuple[Q, float]]

SCORE = "score"
NO_LONGER_BINDING = 0.5
KINDS = {Kind.POLICY: 1.6, Kind.INTERPRETATION: 1.1, Kind.ITEM: 0.7}
SERVICE = 1.2
#: Days since publication, and what a piece not older than so counts.
FRESHNESS = ((31, 1.2), (92, 1.17), (183, 1.14), (366, 1.1), (731, 1.05))


def asked_numbers(texts: tuple[str, ...]) -> list[str]:
    """The document and index numbers in queries, as entries keep them."""
    return [number.token for text in texts for number in find_numbers_in_query(fold(text))]


def exact_match(texts: tuple[str, ...]) -> Q | None:
    """The entries whose own number was asked for; None where no number was."""
    numbers = asked_numbers(texts)
    return Q(document_key__in=numbers) | Q(index_key__in=numbers) if numbers else None


def factors(day: date) -> list[Factor]:
    """What the score of the words is multiplied with, for every engine."""
    standing = conditions(day)
    midnight = timezone.make_aware(datetime.combine(day, time()))
    past = standing[Validity.REPEALED] | standing[Validity.LAPSED]
    return [
        [(past, NO_LONGER_BINDING)],
        [(Q(kind=kind), worth) for kind, worth in KINDS.items()],
        [(Q(kind=Kind.DISCLOSURE, stage=Stage.SERVICE), SERVICE)],
        [(Q(published_at__gte=midnight - timedelta(days=age)), worth) for age, worth in FRESHNESS],
    ]


def by_relevance(texts: tuple[str, ...], day: date) -> list[OrderBy]:
    """The order of entries that have a score of their words in `SCORE`."""
    order = []
    exact = exact_match(texts)
    if exact is not None:
        rank = Case(When(exact, then=0), default=1, output_field=IntegerField())
        order.append(OrderBy(rank))
    score = reduce(mul, [_as_case(factor) for factor in factors(day)], F(SCORE))
    return [*order, OrderBy(score, descending=True), *by_date()]


def by_date() -> list[OrderBy]:
    """Newest first; what has no date, as catalogue items, last."""
    return [
        OrderBy(F("published_at"), descending=True, nulls_last=True),
        OrderBy(F("pk"), descending=True),
    ]


def _as_case(factor: Factor) -> Expression:
    whens = [When(condition, then=Value(worth)) for condition, worth in factor]
    return Case(*whens, default=Value(1.0), output_field=FloatField())
