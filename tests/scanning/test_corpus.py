"""The labelled corpus: enough of it, and the scanner does on it what issue 7 asks."""

import pytest

from .corpus.build import load
from .corpus.measure import CONTEXTUAL, STRUCTURED, Score, measure


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return measure(load())[0]


def test_holds_400_positive_and_400_negative_passages():
    passages = load()
    positive = sum(bool(passage.spans) for passage in passages)
    assert positive >= 400
    assert len(passages) - positive >= 400
    assert {kind for passage in passages for kind, _, _ in passage.spans} >= {
        *STRUCTURED,
        *CONTEXTUAL,
    }


@pytest.mark.parametrize("kind", STRUCTURED)
def test_kinds_with_structure(scores, kind):
    assert scores[kind].recall >= 0.99
    assert scores[kind].precision >= 0.98


@pytest.mark.parametrize("kind", CONTEXTUAL)
def test_kinds_that_need_context(scores, kind):
    assert scores[kind].recall >= 0.9
    assert scores[kind].precision >= 0.85
